// Text from anywhere: checked, normalised, made safe to show. Unicode questions go to utf8proc.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kenshin {

bool valid_utf8(std::string_view);

// Unicode NFKC. Input that is no UTF-8 comes back with each bad byte replaced by U+FFFD, then normalised.
std::string nfkc(std::string_view);

// One line that cannot disturb the page or terminal that shows it: bad UTF-8 replaced, control, format and
// bidirectional characters removed, line ends and tabs made spaces, cut at `limit` code points with an ellipsis.
std::string one_line(std::string_view, std::size_t limit = 300);

// Columns on a terminal; East Asian wide characters count two.
std::size_t display_width(std::string_view);

// The code points of valid UTF-8; a bad byte yields U+FFFD.
std::u32string code_points(std::string_view);
std::string utf8(std::u32string_view);

std::string lower_ascii(std::string_view);
std::string_view trim(std::string_view);  // spaces, tabs and line ends at both ends
std::vector<std::string_view> split(std::string_view, char separator);
std::vector<std::string_view> lines(std::string_view);  // LF or CRLF ends; the last needs none
std::string join(std::span<const std::string>, std::string_view separator);

// Whether the pattern stands for all of the text: "*" for any run of characters, everything else for itself. At most as
// many steps as the product of their lengths.
bool matches_pattern(std::string_view pattern, std::string_view text);

// The nearest of `known` to a mistyped word, or nothing where none is near (more than a third differs).
std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace kenshin
