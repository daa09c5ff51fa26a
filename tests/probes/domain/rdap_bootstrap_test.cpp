#include "probes/domain/rdap_bootstrap.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

std::string table(const std::string& services, const std::string& more = "") {
  return R"({"version": "1.0", "publication": "2026-11-20T01:02:03Z", )" + more + "\"services\": [" + services + "]}";
}

TEST(RdapBootstrap, AsShippedNamesAuthoritiesOfGenericDomainsAndNoneForJp) {
  const auto shipped = read_rdap_bootstrap(DataFiles());
  ASSERT_TRUE(shipped) << shipped.error().detail;
  EXPECT_EQ(rdap_base(*shipped, "example.com"), "https://rdap.verisign.com/com/v1/");
  EXPECT_EQ(rdap_base(*shipped, "example.tokyo"), "https://rdap.gmoregistry.net/rdap/");
  EXPECT_EQ(rdap_base(*shipped, "example.or.jp"), std::nullopt);
  EXPECT_EQ(rdap_base(*shipped, "example.clinic"), std::nullopt);  // its base has moved: no source
  EXPECT_TRUE(shipped->as_of);
}

TEST(RdapBootstrap, MatchesTheLongestSuffix) {
  const auto read = load_rdap_bootstrap(
      table(R"([["test"], ["https://a.test/"]], [["co.test", "or.test"], ["https://b.test/rdap/"]])"), "t.json");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(rdap_base(*read, "example.test"), "https://a.test/");
  EXPECT_EQ(rdap_base(*read, "example.or.test"), "https://b.test/rdap/");
  EXPECT_EQ(rdap_base(*read, "notest"), std::nullopt);
}

TEST(RdapBootstrap, TakesIanasOwnFileWithItsDay) {
  const auto read = load_rdap_bootstrap(
      table(R"([["test"], ["http://a.test/", "https://a.test/"]])", R"("description": "as published", )"), "dns.json");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->edition, "2026-11-20T01:02:03Z");
  EXPECT_EQ(read->as_of, *parse_day("2026-11-20"));
  EXPECT_EQ(rdap_base(*read, "example.test"), "https://a.test/");
}

TEST(RdapBootstrap, AsksNobodyWithoutEncryptionButLoopback) {
  const auto read =
      load_rdap_bootstrap(table(R"([["a"], ["http://a.test/"]], [["b"], ["http://127.0.0.1:8080/"]])"), "t.json");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(rdap_base(*read, "example.a"), std::nullopt);
  EXPECT_EQ(rdap_base(*read, "example.b"), "http://127.0.0.1:8080/");
}

TEST(RdapBootstrap, RefusesWhatIsBrokenWithItsReason) {
  for (const auto& [text, reason] :
       {std::pair{table(R"([["com"], ["https://a.test"]])"), "no base"},
        {table(R"([["com"], ["ftp://a.test/"]])"), "no base"},
        {table(R"([["com"], ["https://user@a.test/"]])"), "no base"},
        {table(R"([["com"]])"), "suffixes and bases"},
        {table(R"([["COM"], ["https://a.test/"]])"), "no top-level"},
        {table(R"([["com"], ["https://a.test/"]], [["com"], ["https://b.test/"]])"), "twice"},
        {std::string(R"({"version": "2.0", "publication": "2026-11-20T01:02:03Z", "services": []})"), "version"},
        {std::string(R"({"version": "1.0", "publication": "today", "services": []})"), "publication"},
        {std::string("{}"), "missing key"}}) {
    const auto read = load_rdap_bootstrap(text, "t.json");
    ASSERT_FALSE(read) << text;
    EXPECT_NE(read.error().detail.find(reason), std::string::npos) << read.error().detail;
    EXPECT_EQ(read.error().detail.find("t.json"), 0U) << read.error().detail;
  }
}

TEST(RdapBootstrap, KnowsABase) {
  for (const char* good : {"https://rdap.test/", "https://rdap.test:8443/v1/", "http://127.0.0.1:80/",
                           "http://[::1]:80/", "http://localhost:80/"})
    EXPECT_TRUE(is_rdap_base(good)) << good;
  for (const char* bad : {"https://rdap.test", "http://rdap.test/", "http://127.0.0.1.test/", "https:///", "rdap.test/",
                          "https://rdap.test/?x=/", "https://rdap.test/ x/", ""})
    EXPECT_FALSE(is_rdap_base(bad)) << bad;
}

}  // namespace
}  // namespace kenshin
