#include "reports/criteria/hsts.h"

#include <algorithm>
#include <string>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t longest_header = 4096;
constexpr long long hundred_years = 3'155'760'000;

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

// directive-value: token / quoted-string
std::string_view unquoted(std::string_view text) {
  return text.size() >= 2 && text.front() == '"' && text.back() == '"' ? text.substr(1, text.size() - 2) : text;
}

std::optional<long long> number(std::string_view digits) {
  if (digits.empty()) return std::nullopt;
  long long value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = std::min(value * 10 + (c - '0'), hundred_years);
  }
  return value;
}

}  // namespace

std::optional<std::chrono::seconds> hsts_max_age(std::string_view header) {
  if (header.size() > longest_header) return std::nullopt;
  std::optional<long long> age;
  while (!header.empty()) {
    const auto end = std::min(header.find(';'), header.size());
    const std::string_view directive = trimmed(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    const auto equals = directive.find('=');
    if (lower_ascii(trimmed(directive.substr(0, equals))) != "max-age") continue;
    // RFC 6797 6.1: no directive stands twice, and max-age has a value.
    if (age || equals == std::string_view::npos) return std::nullopt;
    age = number(unquoted(trimmed(directive.substr(equals + 1))));
    if (!age) return std::nullopt;
  }
  if (!age) return std::nullopt;
  return std::chrono::seconds(*age);
}

}  // namespace kenshin
