#include "probes/base/calendar.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

using namespace std::chrono;

TEST(Calendar, SpellsDaysAndInstantsAsRfc3339) {
  const Day day = year{2026} / 11 / 22;
  EXPECT_EQ(to_text(day), "2026-11-22");
  EXPECT_EQ(to_text(Instant{day + hours{5} + seconds{7}}), "2026-11-22T05:00:07Z");
}

TEST(Calendar, ReadsOffsetsAndDropsFractions) {
  EXPECT_EQ(to_text(*parse_instant("2026-11-22T09:30:00.25+09:00")), "2026-11-22T00:30:00Z");
  EXPECT_EQ(to_text(*parse_instant("2026-11-21T20:00:00-05:00")), "2026-11-22T01:00:00Z");
}

TEST(Calendar, RefusesDaysThatDoNotExist) {
  for (const auto bad : {"2026-02-29", "2026-13-01", "2026-1-1", "20261122", "2026-11-22x", "", "2026-11-2２"})
    EXPECT_FALSE(parse_day(bad)) << bad;
  EXPECT_TRUE(parse_day("2028-02-29"));
}

TEST(Calendar, RefusesInstantsWithoutZoneOrWithTrailingText) {
  for (const auto bad : {"2026-11-22T00:00:00", "2026-11-22T24:00:00Z", "2026-11-22T00:60:00Z", "2026-11-22T00:00:00Zx",
                         "2026-11-22T00:00:00+25:00"})
    EXPECT_FALSE(parse_instant(bad)) << bad;
}

TEST(Calendar, TheDayInJapanBeginsAtThreeInTheAfternoonUtc) {
  EXPECT_EQ(to_text(day_in_japan(*parse_instant("2026-11-22T14:59:59Z"))), "2026-11-22");
  EXPECT_EQ(to_text(day_in_japan(*parse_instant("2026-11-22T15:00:00Z"))), "2026-11-23");
}

}  // namespace
}  // namespace kenshin
