// A table for Excel and other programs: RFC 4180 in UTF-8 with a byte order mark and CRLF, as Excel wants it. No cell
// can be taken for a formula: what begins like one has an apostrophe before it.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "reports/formats/formats.h"

namespace kenshin {

// One cell, cleaned to one line, guarded and quoted where it must be.
std::string csv_cell(std::string_view);

// A row for each finding of each item, for each item without one, and for each finding that answers no item.
void write_csv(const Report&, const Words&, std::ostream&);
// A row for each heading and item of the form, as the clinic declared it.
void write_public_csv(const PublicReport&, const Words&, std::ostream&);

}  // namespace kenshin
