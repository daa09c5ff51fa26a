// Days and seconds in UTC, as RFC 3339 spells them, and the civil day in Japan. No clock is read here.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "probes/base/result.h"

namespace kenshin {

using Day = std::chrono::sys_days;
using Instant = std::chrono::sys_seconds;

std::string to_text(Day);      // 2026-11-22
std::string to_text(Instant);  // 2026-11-22T05:00:00Z

Result<Day> parse_day(std::string_view);          // YYYY-MM-DD, a day that exists
Result<Instant> parse_instant(std::string_view);  // RFC 3339 with Z or an offset; fractions are dropped

// The calendar day in Japan (UTC+09:00, no summer time) at that instant.
Day day_in_japan(Instant);

}  // namespace kenshin
