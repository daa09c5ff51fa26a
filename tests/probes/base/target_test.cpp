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

TEST(Endpoint, UnderstandsOtherSchemes) {
  EXPECT_EQ(shown("smtp://Mail.example.jp:587"), "smtp://mail.example.jp:587");
  EXPECT_EQ(shown("SMTP://mail.example.jp"), "smtp://mail.example.jp:25");
  EXPECT_EQ(shown("imap://[2001:db8::1]"), "imap://[2001:db8::1]:143@2001:db8::1");
  EXPECT_EQ(shown("lmtp://mail.example.jp:24"), "lmtp://mail.example.jp:24");
  EXPECT_EQ(shown("postgresql://db.example.jp/patients"), "postgres://db.example.jp:5432");
  EXPECT_EQ(shown("xmpp://chat.example.jp@127.0.0.1:5222"), "xmpp://chat.example.jp:5222@127.0.0.1");
  EXPECT_EQ(shown("wss://tele.example.jp/signal"), "tele.example.jp:443");
  EXPECT_EQ(shown("imaps://mail.example.jp"), "mail.example.jp:993");
  EXPECT_EQ(shown("smtps://mail.example.jp"), "mail.example.jp:465");
  EXPECT_EQ(shown("turns:turn.example.jp?transport=tcp"), "turn.example.jp:5349");
  EXPECT_EQ(shown("turns:turn.example.jp:443"), "turn.example.jp:443");
  EXPECT_EQ(shown("stuns:turn.example.jp"), "turn.example.jp:5349");
  EXPECT_EQ(shown("turns:443"), "turns:443");
}

TEST(Endpoint, TurnsJapaneseNamesIntoALabels) { EXPECT_EQ(shown("https://日本語.jp"), "xn--wgv71a119e.jp:443"); }

TEST(Endpoint, RefusesWhatItCannotAsk) {
  for (const auto bad : {"",
                         "http://tele.example.jp",
                         "tele.example.jp:",
                         "tele.example.jp:0",
                         "tele.example.jp:65536",
                         "tele.example.jp:44x",
                         "[::1",
                         "[::1]x",
                         "name@host.example.jp:443",
                         "@127.0.0.1:443",
                         "999.1.1.1",
                         "a b.jp",
                         "a..jp",
                         "a.jp..",
                         "-x.jp",
                         "gopher://tele.example.jp",
                         "lmtp://mail.example.jp",
                         "smtp://mail.example.jp:0",
                         "smtp:mail.example.jp",
                         "a\xFF.jp"})
    EXPECT_FALSE(parse_endpoint(bad)) << bad;
}

TEST(Target, ReadsBackWhatItWrites) {
  for (const auto text : {"tele.example.jp:443", "[2001:db8::1]:8443", "smtp://mail.example.jp:587",
                          "ldap://[2001:db8::1]:389", "postgres://db.example.jp:5432"}) {
    const auto target = parse_target(TargetKind::Endpoint, text);
    ASSERT_TRUE(target) << text;
    EXPECT_EQ(target_text(*target), text);
  }
}

TEST(Target, KnowsProtocolsThatBeginWithStarttlsAlone) {
  EXPECT_EQ(parse_target(TargetKind::Endpoint, "imap://mail.example.jp:143")->protocol, Protocol::Imap);
  for (const auto bad : {"https://tele.example.jp:443", "gopher://tele.example.jp:70", "smtp://mail.example.jp"})
    EXPECT_FALSE(parse_target(TargetKind::Endpoint, bad)) << bad;
}

TEST(PlainHttp, WritesThePortOut) {
  EXPECT_EQ(*parse_plain_http("http://Tele.example.jp"), "http://tele.example.jp:80");
  EXPECT_EQ(*parse_plain_http("http://tele.example.jp:8080/"), "http://tele.example.jp:8080");
  for (const auto bad : {"tele.example.jp", "https://tele.example.jp", "http://", "http://tele.example.jp/page"})
    EXPECT_FALSE(parse_plain_http(bad)) << bad;
}

TEST(Address, TellsLoopbackAndPrivateFromPublic) {
  for (const auto inside :
       {"127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.1.1", "::1", "fd00::1", "fe80::1"})
    EXPECT_TRUE(is_loopback_or_private(inside)) << inside;
  for (const auto outside : {"192.0.2.1", "172.32.0.1", "2001:db8::1", "tele.example.jp"})
    EXPECT_FALSE(is_loopback_or_private(outside)) << outside;
}

TEST(Address, LeadsInsideHoweverItIsWritten) {
  for (const auto inside :
       {"127.0.0.1",   "127.1",      "127.1.",       "0x7f.1",          "2130706433",        "0",
        "0.0.0.0",     "10.1.2.3",   "100.64.0.1",   "100.127.255.255", "169.254.169.254",   "192.0.0.8",
        "224.0.0.1",   "::1",        "::",           "::127.0.0.1",     "::ffff:192.0.2.1",  "::FFFF:127.0.0.1",
        "fe80::1%lo",  "fec0::1",    "fd00::1",      "ff02::1",         "64:ff9b::10.0.0.1", "64:FF9B::7f00:1",
        "64:ff9b:1::", "2002:a00::", "2002:7f00:1::"})
    EXPECT_TRUE(leads_inside(inside)) << inside;
  for (const auto inside : {"localhost", "LOCALHOST.", "a.localhost", "ip6-localhost", "ip6-loopback", "router",
                            "localhost.localdomain", "nas.local", "printer.home.arpa", "ca.internal", "", "."})
    EXPECT_TRUE(leads_inside(inside)) << inside;
  for (const auto outside :
       {"192.0.2.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "223.255.255.255", "2001:db8::1", "64:ff9b::192.0.2.1",
        "2002:c000:201::", "crl.example.jp", "crl.example.jp.", "localhost.example.jp", "mylocal.example"})
    EXPECT_FALSE(leads_inside(outside)) << outside;
}

TEST(CanonicalHost, IsNothingThatMappingLeavesEmptyOrANumber) {
  for (const char* name : {"\xCD\x8F", "\xEF\xBC\x91\xEF\xBC\x92", "\xC2\xAD."})
    EXPECT_FALSE(canonical_host(name)) << name;
  const auto wide = canonical_host("\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x97.0.0.1");
  ASSERT_TRUE(wide);
  EXPECT_EQ(*wide, "127.0.0.1");
}

}  // namespace
}  // namespace kenshin
