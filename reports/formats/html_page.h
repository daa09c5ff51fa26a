// The report page: one self-contained HTML file for the clinic's reader, Japanese or English. No script, no request to
// anywhere; it prints on A4 and reads on a telephone. Words for the reader: docs/user-guide.md, wording/page.*.json.
#pragma once

#include <iosfwd>

#include "reports/formats/formats.h"

namespace kenshin {

void write_html(const Report&, const Words&, std::ostream&);
// What a clinic posts on its web page: the form in its own words, and one sentence on the automatic check.
void write_public_html(const PublicReport&, const Words&, std::ostream&);

}  // namespace kenshin
