#include "probes/domain/lookalikes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "probes/domain/public_suffix.h"
#include "tests/lab/dns_tree.h"

namespace kenshin {
namespace {

bool has(const std::vector<std::string>& all, const std::string& name) {
  return std::find(all.begin(), all.end(), name) != all.end();
}

TEST(Lookalikes, AreTheUsualMistakes) {
  EXPECT_TRUE(has(lookalikes_of("example.or.jp"), "example.jp"));
  const auto names = lookalikes_of("my-clinic.jp");
  for (const char* name : {"my-clinic.co.jp", "my-clinic.com", "myclinic.jp", "m-clinic.jp", "my-cllinic.jp",
                           "my-cilnic.jp", "my-cli-nic.jp"})
    EXPECT_TRUE(has(names, name)) << name;
  EXPECT_FALSE(has(names, "my-clinic.jp"));
}

TEST(Lookalikes, AreFewDifferentAndOnesARegistryCouldHold) {
  for (const char* name : {"example.jp", "a-rather-long-name-of-some-clinic-by-the-sea.jp", "a.jp", "co.com",
                           "x-y.or.jp", "example.chuo.tokyo.jp"}) {
    const auto all = lookalikes_of(name);
    EXPECT_LE(all.size(), 60U);
    EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size()) << name;
    for (const auto& it : all) EXPECT_EQ(registry_name(it), it);
  }
  EXPECT_TRUE(lookalikes_of("jp").empty());
  EXPECT_EQ(lookalikes_of("xn--r8jz45g.jp"), (std::vector<std::string>{"xn--r8jz45g.co.jp", "xn--r8jz45g.com"}));
}

std::vector<lab::ZoneText> zones() {
  const auto none = lab::Signing::No;
  return {{"exmaple.jp.", "@ IN A 192.0.2.1\n@ IN MX 10 mail.exmaple.jp.\n", none},
          {"exampl.jp.", "@ IN A 192.0.2.1\n@ IN MX 0 .\n", none},
          {"examplle.jp.", "@ IN MX 10 mail.examplle.jp.\n", none},
          {"exxample.jp.", "@ IN TXT \"parked\"\n", none},
          {"co.jp.", "", none},
          {"jp.", "", none},
          {"com.", "", none},
          {".", ""}};
}

TEST(Lookalikes, OfADnsAreThoseThatLive) {
  lab::DnsTree tree(zones());
  tree.serve({"127.0.0.1"});
  const auto seen = live_lookalikes("example.jp", {"examplle.jp", "example.jp"}, tree.session());
  ASSERT_TRUE(seen) << seen.error().detail;
  ASSERT_EQ(seen->live.size(), 2U);
  EXPECT_EQ(seen->live[0].name, "exmaple.jp") << "mail comes first";
  EXPECT_EQ(seen->live[0].mail, DnsFound::Records);
  EXPECT_EQ(seen->live[1].name, "exampl.jp");
  EXPECT_EQ(seen->live[1].mail, DnsFound::NoRecords) << "MX 0 . takes none";
  EXPECT_TRUE(seen->untold.empty()) << seen->untold.front();
  EXPECT_EQ(seen->asked + 1, static_cast<int>(lookalikes_of("example.jp").size())) << "one is the operator's own";
}

TEST(Lookalikes, OfASilentDnsAreNotKnownToBeNone) {
  const lab::SilentPort silent;
  Session session;
  session.now = [] { return Instant{}; };
  session.resolver = "127.0.0.1:" + std::to_string(silent.port());
  session.timeout = std::chrono::milliseconds(300);
  const auto seen = live_lookalikes("example.jp", {}, session);
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().kind, Error::Kind::Timeout);
}

}  // namespace
}  // namespace kenshin
