// What the DNS said, as rows of text for engineers (reports/formats/observe_text.h).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "probes/facts.h"

namespace kenshin {

// Label and text; foreign text is not yet made safe to show.
using TextRows = std::vector<std::pair<std::string, std::string>>;

TextRows dns_rows(const DomainDns&);
TextRows dns_rows(const DomainDelegation&);
TextRows dns_rows(const DomainDependents&);

}  // namespace kenshin
