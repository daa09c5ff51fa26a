// What the terminal says after a scan: the verdict in a line, the counts, the things to do. The caller adds where the
// files are.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "reports/formats/formats.h"

namespace kenshin {

// At most 80 columns, East Asian wide characters counted as two; escape sequences only where `colour` says so.
void write_summary(const Report&, const Words&, bool colour, std::ostream&);

// Breaks text into lines of at most `columns`: at spaces, and between wide characters where Japanese allows it (a line
// starts with no closing mark). A longer word stays whole.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

}  // namespace kenshin
