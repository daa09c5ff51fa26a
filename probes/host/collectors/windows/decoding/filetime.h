// Times as Windows has them: FILETIME counts 100 ns since 1601, a DATE of automation counts days since 1899-12-30, WMI
// writes yyyymmddHHMMSS.mmmmmm+ooo (DSP0004, 5.2.4), all taken as UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "probes/base/calendar.h"

namespace kenshin::windows {

std::optional<Instant> instant_of_filetime(std::uint64_t ticks);    // nothing: 0, or beyond the year 9999
std::optional<Instant> instant_of_date(double days);                // nothing: not a number, before 1980, beyond 9999
std::optional<Instant> instant_of_cim(std::string_view date_time);  // nothing: another form, or no such time

}  // namespace kenshin::windows
