// For summaries of CI jobs, wikis and mail: GitHub's Markdown (GFM) without HTML. What data brings is escaped.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "reports/formats/formats.h"

namespace kenshin {

// Text that Markdown and HTML leave as it is, in a table's cell too.
std::string markdown_escape(std::string_view);

// The result in a sentence, the counts, what to do worst first, every item, every finding, what was not examined.
void write_markdown(const Report&, const Words&, std::ostream&);
void write_public_markdown(const PublicReport&, const Words&, std::ostream&);

}  // namespace kenshin
