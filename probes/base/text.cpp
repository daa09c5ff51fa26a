#include "probes/base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace kenshin {

namespace {

constexpr utf8proc_int32_t replacement = 0xFFFD;

// Calls `each(code point)`; a bad byte counts as one U+FFFD. Returns false where there was any.
template <class Each>
bool walk(std::string_view text, Each each) {
  bool good = true;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t point = -1;
    utf8proc_ssize_t used = utf8proc_iterate(at, left, &point);
    if (used <= 0 || point < 0) {
      point = replacement;
      used = 1;
      good = false;
    }
    each(point);
    at += used;
    left -= used;
  }
  return good;
}

void append(std::string& out, utf8proc_int32_t point) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto used = utf8proc_encode_char(point, bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(used));
}

bool is_unseen(utf8proc_int32_t point) {
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return true;
    default: return false;
  }
}

}  // namespace

bool valid_utf8(std::string_view text) {
  return walk(text, [](utf8proc_int32_t) {});
}

std::string nfkc(std::string_view text) {
  std::string clean;
  walk(text, [&](utf8proc_int32_t point) { append(clean, point); });
  utf8proc_uint8_t* mapped = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(clean.data()), static_cast<utf8proc_ssize_t>(clean.size()),
                   &mapped, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE));
  if (size < 0) return clean;
  std::string out(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
  std::free(mapped);
  return out;
}

std::string one_line(std::string_view text, std::size_t limit) {
  std::string out;
  std::size_t count = 0;
  walk(text, [&](utf8proc_int32_t point) {
    if (point == '\n' || point == '\r' || point == '\t') point = ' ';
    if (is_unseen(point) || count > limit) return;
    if (count++ == limit) append(out, 0x2026);
    else append(out, point);
  });
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  walk(text,
       [&](utf8proc_int32_t point) { width += static_cast<std::size_t>(std::max(0, utf8proc_charwidth(point))); });
  return width;
}

std::u32string code_points(std::string_view text) {
  std::u32string out;
  walk(text, [&](utf8proc_int32_t point) { out.push_back(static_cast<char32_t>(point)); });
  return out;
}

std::string utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t point : text) append(out, static_cast<utf8proc_int32_t>(point));
  return out;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::vector<std::string_view> lines(std::string_view text) {
  std::vector<std::string_view> out = split(text, '\n');
  if (!out.empty() && out.back().empty()) out.pop_back();
  for (auto& line : out)
    if (line.ends_with('\r')) line.remove_suffix(1);
  return out;
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

bool matches_pattern(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') star = p++, resume = t;
    else if (p < pattern.size() && pattern[p] == text[t]) ++p, ++t;
    else if (star != std::string_view::npos) p = star + 1, t = ++resume;  // the star takes one more
    else return false;
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> known) {
  std::string_view best;
  std::size_t best_distance = word.size();
  for (const auto candidate : known) {
    // Optimal string alignment, row by row: a letter too many, too few, another, or two in the wrong order.
    std::vector<std::size_t> before, above(candidate.size() + 1), row(candidate.size() + 1);
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      before = std::exchange(above, row);
      row[0] = i;
      for (std::size_t k = 1; k < row.size(); ++k) {
        const bool same = word[i - 1] == candidate[k - 1];
        row[k] = std::min({above[k] + 1, row[k - 1] + 1, above[k - 1] + (same ? 0U : 1U)});
        const bool swapped = i > 1 && k > 1 && word[i - 1] == candidate[k - 2] && word[i - 2] == candidate[k - 1];
        if (swapped) row[k] = std::min(row[k], before[k - 2] + 1);
      }
    }
    if (row.back() < best_distance) {
      best_distance = row.back();
      best = candidate;
    }
  }
  return best_distance <= std::max<std::size_t>(1, word.size() / 3) ? best : std::string_view{};
}

}  // namespace kenshin
