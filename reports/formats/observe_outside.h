// What outside sources said of a domain, as rows of text for engineers (reports/formats/observe_text.h).
#pragma once

#include "probes/domain/outside_facts.h"
#include "reports/formats/text_rows.h"

namespace kenshin {

TextRows outside_rows(const IssuedCertificates&);
TextRows outside_rows(const ArchivedPages&);
TextRows outside_rows(const DomainLookalikes&);

}  // namespace kenshin
