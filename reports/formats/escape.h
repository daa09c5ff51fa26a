// Foreign text in HTML: a certificate's names, a registry's words and a clinic's document must not be able to change
// the page that shows them (HTML Living Standard 13.1.2.3, 13.2.5).
#pragma once

#include <string>
#include <string_view>

namespace kenshin {

// Safe between tags and inside a quoted attribute: one_line()'s rules (probes/base/text.h, nothing cut), then & < > " '
// as references.
std::string html_escape(std::string_view);

// A fragment identifier: letters, digits, '-' and '.' stay, every other byte becomes "_" and two hex digits. Different
// texts give different identifiers.
std::string html_id(std::string_view prefix, std::string_view text);

}  // namespace kenshin
