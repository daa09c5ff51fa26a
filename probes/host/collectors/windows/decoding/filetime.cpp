#include "probes/host/collectors/windows/decoding/filetime.h"

#include <charconv>
#include <cmath>
#include <string>

namespace kenshin::windows {

namespace {

constexpr std::int64_t seconds_1601_to_1970 = 11'644'473'600;
constexpr double days_1899_to_1970 = 25'569;
const Instant first_day_of_10000 = std::chrono::sys_days(std::chrono::year(10000) / 1 / 1);

std::optional<Instant> within(std::int64_t seconds) {
  const Instant at{std::chrono::seconds(seconds)};
  return at < first_day_of_10000 ? std::optional(at) : std::nullopt;
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Instant> instant_of_filetime(std::uint64_t ticks) {
  if (ticks == 0) return std::nullopt;
  return within(static_cast<std::int64_t>(ticks / 10'000'000) - seconds_1601_to_1970);
}

std::optional<Instant> instant_of_date(double days) {
  constexpr double first_of_1980 = 29'221, most = 2'958'466;
  if (!std::isfinite(days) || days < first_of_1980 || days >= most) return std::nullopt;
  return within(static_cast<std::int64_t>(std::llround((days - days_1899_to_1970) * 86'400)));
}

std::optional<Instant> instant_of_cim(std::string_view text) {
  if (text.size() != 25 || text[14] != '.' || (text[21] != '+' && text[21] != '-')) return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t length) { return std::string(text.substr(at, length)); };
  const auto offset = number(text.substr(22));
  if (!offset) return std::nullopt;
  const auto at = parse_instant(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" +
                                part(10, 2) + ":" + part(12, 2) + "Z");
  if (!at) return std::nullopt;
  return *at - std::chrono::minutes(text[21] == '-' ? -*offset : *offset);
}

}  // namespace kenshin::windows
