#include "probes/base/calendar.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace kenshin {

using namespace std::chrono;

std::string to_text(Day day) {
  const year_month_day date{day};
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return out.data();
}

std::string to_text(Instant at) {
  const Day day = floor<days>(at);
  const hh_mm_ss time{at - day};
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "T%02d:%02d:%02dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return to_text(day) + out.data();
}

namespace {

// `digits` decimal digits at the front of `rest`, which moves past them; -1 where there are none.
int number(std::string_view& rest, std::size_t digits) {
  int value = 0;
  if (rest.size() < digits) return -1;
  for (const char c : rest.substr(0, digits)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  rest.remove_prefix(digits);
  return value;
}

bool skip(std::string_view& rest, std::string_view one_of) {
  if (rest.empty() || one_of.find(rest.front()) == std::string_view::npos) return false;
  rest.remove_prefix(1);
  return true;
}

// The date at the front of `rest`, or nothing usable.
year_month_day date(std::string_view& rest) {
  const int y = number(rest, 4);
  if (!skip(rest, "-")) return {};
  const int m = number(rest, 2);
  if (!skip(rest, "-")) return {};
  const int d = number(rest, 2);
  if (y < 0 || m < 0 || d < 0) return {};
  return year{y} / month{static_cast<unsigned>(m)} / std::chrono::day{static_cast<unsigned>(d)};
}

}  // namespace

Result<Day> parse_day(std::string_view text) {
  std::string_view rest = text;
  const year_month_day parsed = date(rest);
  if (!parsed.ok() || !rest.empty()) return Error{Error::Kind::Malformed, "not a day YYYY-MM-DD: " + std::string(text)};
  return Day{parsed};
}

Result<Instant> parse_instant(std::string_view text) {
  const Error malformed{Error::Kind::Malformed, "not an RFC 3339 time: " + std::string(text)};
  std::string_view rest = text;
  const year_month_day parsed = date(rest);
  if (!parsed.ok() || !skip(rest, "Tt ")) return malformed;
  const int h = number(rest, 2);
  if (!skip(rest, ":")) return malformed;
  const int m = number(rest, 2);
  if (!skip(rest, ":")) return malformed;
  const int s = number(rest, 2);
  if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 60) return malformed;
  if (skip(rest, "."))
    while (skip(rest, "0123456789")) {
    }
  const Instant local = Day{parsed} + hours{h} + minutes{m} + seconds{s};
  if (skip(rest, "Zz")) return rest.empty() ? Result<Instant>(local) : malformed;
  const int sign = rest.starts_with('-') ? -1 : 1;
  if (!skip(rest, "+-")) return malformed;
  const int offset_hours = number(rest, 2);
  if (!skip(rest, ":")) return malformed;
  const int offset_minutes = number(rest, 2);
  if (offset_hours < 0 || offset_hours > 23 || offset_minutes < 0 || offset_minutes > 59 || !rest.empty())
    return malformed;
  return local - sign * (hours{offset_hours} + minutes{offset_minutes});
}

Day day_in_japan(Instant at) { return floor<days>(at + hours{9}); }

}  // namespace kenshin
