// What the DNS said, as rows of text for engineers (reports/formats/observe_text.h).
#pragma once

#include "probes/facts.h"
#include "reports/formats/text_rows.h"

namespace kenshin {

TextRows dns_rows(const DomainDns&);
TextRows dns_rows(const DomainDelegation&);
TextRows dns_rows(const DomainDependents&);

}  // namespace kenshin
