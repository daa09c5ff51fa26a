// Families of cipher suites that a profile may prohibit, told by the IANA name: "null" "anon" "export" "des" "3des"
// "rc2" "rc4" "static_rsa".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/tls/facts.h"

namespace kenshin {

bool is_suite_family(std::string_view family);
bool belongs_to(SuiteId, std::string_view family);

// The named suites of the list that belong to one of the families.
std::vector<SuiteId> in_families(const std::vector<SuiteId>&, const std::vector<std::string>& families);

}  // namespace kenshin
