// Names that are easily mistaken for a domain, and which of them live in the DNS. Nobody but the DNS is asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/base/result.h"
#include "probes/domain/outside_facts.h"
#include "probes/session.h"

namespace kenshin {

// At most sixty names that a registry could hold, each once, never the name itself: its label below jp, co.jp and com;
// with a letter left out, doubled, swapped with the next; with a hyphen put in or left out. Of a name in letters of
// other scripts (xn--) only the former.
std::vector<std::string> lookalikes_of(std::string_view registry_name);

// Names in `known` are the operator's own and are not asked. Timeout, Unreachable and their like where the DNS told
// nothing at all.
Result<DomainLookalikes> live_lookalikes(const std::string& registry_name, const std::vector<std::string>& known,
                                         const Session&);

}  // namespace kenshin
