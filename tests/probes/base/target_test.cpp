#include "probes/base/target.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

std::string shown(std::string_view typed) {
  const auto parsed = parse_endpoint(typed);
  return parsed ? target_text(parsed->target) + (parsed->address.empty() ? "" : "@" + parsed->address)
                : "error: " + parsed.error().detail;
}

TEST(Endpoint, UnderstandsTheFormsPeopleType) {
  EXPECT_EQ(shown("https://Tele.Example.JP/login?x=1"), "tele.example.jp:443");
  EXPECT_EQ(shown("https://tele.example.jp:8443"), "tele.example.jp:8443");
  EXPECT_EQ(shown("tele.example.jp"), "tele.example.jp:443");
  EXPECT_EQ(shown("tele.example.jp.:443"), "tele.example.jp:443");
  EXPECT_EQ(shown("tele.example.jp@127.0.0.1:4433"), "tele.example.jp:4433@127.0.0.1");
  EXPECT_EQ(shown("tele.example.jp@[::1]:4433"), "tele.example.jp:4433@::1");
  EXPECT_EQ(shown("[2001:DB8::1]:443"), "[2001:db8::1]:443@2001:db8::1");
  EXPECT_EQ(shown("192.0.2.1:8443"), "192.0.2.1:8443@192.0.2.1");
}

TEST(Endpoint, TurnsJapaneseNamesIntoALabels) { EXPECT_EQ(shown("https://日本語.jp"), "xn--wgv71a119e.jp:443"); }

TEST(Endpoint, RefusesWhatItCannotAsk) {
  for (const auto bad : {"", "http://tele.example.jp", "tele.example.jp:", "tele.example.jp:0", "tele.example.jp:65536",
                         "tele.example.jp:44x", "[::1", "[::1]x", "name@host.example.jp:443", "@127.0.0.1:443",
                         "999.1.1.1", "a b.jp", "a..jp", "-x.jp", "wss://tele.example.jp", "a\xFF.jp"})
    EXPECT_FALSE(parse_endpoint(bad)) << bad;
}

TEST(Target, ReadsBackWhatItWrites) {
  for (const auto text : {"tele.example.jp:443", "[2001:db8::1]:8443"}) {
    const auto target = parse_target(TargetKind::Endpoint, text);
    ASSERT_TRUE(target) << text;
    EXPECT_EQ(target_text(*target), text);
  }
}

TEST(Address, TellsLoopbackAndPrivateFromPublic) {
  for (const auto inside :
       {"127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.1.1", "::1", "fd00::1", "fe80::1"})
    EXPECT_TRUE(is_loopback_or_private(inside)) << inside;
  for (const auto outside : {"192.0.2.1", "172.32.0.1", "2001:db8::1", "tele.example.jp"})
    EXPECT_FALSE(is_loopback_or_private(outside)) << outside;
}

}  // namespace
}  // namespace kenshin
