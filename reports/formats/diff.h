// `kenshin diff`: what changed between two results, for a terminal, for the body of a mail (Markdown), and for programs
// (kenshin.diff/1, docs/schema/diff.json).
#pragma once

#include <iosfwd>

#include "reports/changes.h"
#include "reports/formats/formats.h"

namespace kenshin {

void write_diff_text(const Changes&, const Words&, std::ostream&);
void write_diff_markdown(const Changes&, const Words&, std::ostream&);
void write_diff_json(const Changes&, const Words&, std::ostream&);

}  // namespace kenshin
