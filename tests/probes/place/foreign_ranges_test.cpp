// What providers publish, in files of our own with ranges for examples.
#include "probes/place/foreign_ranges.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

const std::string aws = R"({"syncToken": "1795046400", "createDate": "2026-11-20-21-43-03", "prefixes": [
  {"ip_prefix": "192.0.2.0/24", "region": "ap-northeast-1", "service": "AMAZON", "network_border_group": "ap-northeast-1"},
  {"ip_prefix": "192.0.2.0/24", "region": "ap-northeast-1", "service": "EC2", "network_border_group": "ap-northeast-1"},
  {"ip_prefix": "192.0.2.128/25", "region": "ap-northeast-1", "service": "EC2", "network_border_group": "ap-northeast-1-tpe-1"},
  {"ip_prefix": "198.51.100.0/24", "region": "GLOBAL", "service": "AMAZON", "network_border_group": "GLOBAL"},
  {"ip_prefix": "203.0.113.0/24", "region": "us-east-1", "service": "AMAZON", "network_border_group": "us-east-1"},
  {"ip_prefix": "203.0.113.0/24", "region": "us-east-1", "service": "CLOUDFRONT", "network_border_group": "us-east-1"}],
  "ipv6_prefixes": [{"ipv6_prefix": "2001:db8::/40", "region": "ap-northeast-3", "service": "AMAZON",
                     "network_border_group": "ap-northeast-3"}]})";
const std::string google = R"({"syncToken": "17", "creationTime": "2026-11-19T12:04:50.123456", "prefixes": [
  {"ipv4Prefix": "192.0.2.0/24", "service": "Google Cloud", "scope": "asia-northeast1"},
  {"ipv6Prefix": "2001:db8::/44", "service": "Google Cloud", "scope": "asia-northeast2"},
  {"ipv4Prefix": "198.51.100.0/24", "service": "Google Cloud", "scope": "global"}]})";
const std::string azure = R"({"changeNumber": 331, "cloud": "Public", "values": [
  {"name": "AzureCloud", "id": "AzureCloud", "properties": {"addressPrefixes": ["192.0.0.0/16"]}},
  {"name": "AzureCloud.japaneast", "properties": {"region": "japaneast", "addressPrefixes": ["192.0.2.0/24", "2001:db8::/48"]}},
  {"name": "AzureFrontDoor.Frontend", "properties": {"addressPrefixes": ["198.51.100.0/24"]}},
  {"name": "Storage.japaneast", "properties": {"addressPrefixes": ["203.0.113.0/24"]}}]})";
const std::string oracle = R"({"last_updated_timestamp": "2026-11-18T09:00:00.000000", "regions": [
  {"region": "ap-tokyo-1", "cidrs": [{"cidr": "192.0.2.0/24", "tags": ["OCI"]}, {"cidr": "192.0.2.0/24", "tags": ["OSN"]}]},
  {"region": "ap-osaka-1", "cidrs": [{"cidr": "198.51.100.0/24", "tags": ["OCI"]}]}]})";
const std::string delegated =
    "# a comment\n2.3|apnic|20261119|6|19850701|20261119|+1000\napnic|*|asn|*|1|summary\napnic|*|ipv4|*|4|summary\n"
    "apnic|*|ipv6|*|1|summary\napnic|JP|asn|64496|1|20020801|allocated|A1\n"
    "apnic|JP|ipv4|192.0.2.0|768|20110412|allocated|A1\napnic|KR|ipv4|198.51.100.0|256|20110412|assigned|A2\n"
    "apnic||ipv4|203.0.113.0|128||available|\napnic|ZZ|ipv4|203.0.113.128|128||reserved|\n"
    "apnic|JP|ipv6|2001:db8::|32|20110412|allocated|A1\n";
const std::string plain = "# our fronts\n192.0.2.0/24\n\n2001:db8::/32  # both families\n";

struct Foreign {
  RangeFormat format;
  std::string text;
};
const Foreign all[] = {{RangeFormat::Aws, aws},       {RangeFormat::Google, google},       {RangeFormat::Azure, azure},
                       {RangeFormat::Oracle, oracle}, {RangeFormat::Delegated, delegated}, {RangeFormat::Plain, plain}};

Result<RangeList> read(RangeFormat format, const std::string& text) {
  return read_foreign_ranges(format, {text, "given.json", "ours", "Example CDN", parse_day("2026-11-17").value()});
}
std::string said(const RangeList& list, const char* address) {
  const auto* row = list.find(*parse_ip(address));
  if (row == nullptr) return "-";
  const auto& label = list.labels[row->label];
  return label.region + "/" + label.zone;
}

TEST(ForeignRanges, AreRecognised) {
  for (const auto& one : all) EXPECT_EQ(range_format_of(one.text), one.format) << one.text;
  for (const char* text : {"", "{}", "[]", "hello", "# only a comment", "{\"prefixes\": []}", "2|apnic|1"})
    EXPECT_EQ(range_format_of(text), std::nullopt) << text;
}

TEST(ForeignRanges, OfAwsTellRegionAndBorderGroupAndFronts) {
  const auto list = read(RangeFormat::Aws, aws);
  ASSERT_TRUE(list) << list.error().detail;
  EXPECT_EQ(list->name, "AWS");
  EXPECT_EQ(list->edition, "1795046400");
  EXPECT_EQ(list->as_of, parse_day("2026-11-20").value());
  EXPECT_EQ(said(*list, "192.0.2.1"), "ap-northeast-1/ap-northeast-1");
  EXPECT_EQ(said(*list, "192.0.2.129"), "ap-northeast-1/ap-northeast-1-tpe-1");
  EXPECT_EQ(said(*list, "198.51.100.1"), "*/AMAZON");
  EXPECT_EQ(said(*list, "203.0.113.1"), "*/CLOUDFRONT");
  EXPECT_EQ(said(*list, "2001:db8::1"), "ap-northeast-3/ap-northeast-3");
  EXPECT_EQ(ranges_path(*list), "probes/place/ranges/aws.ranges");
}

TEST(ForeignRanges, OfGoogleTellTheScope) {
  const auto list = read(RangeFormat::Google, google);
  ASSERT_TRUE(list) << list.error().detail;
  EXPECT_EQ(said(*list, "192.0.2.1"), "asia-northeast1/");
  EXPECT_EQ(said(*list, "2001:db8::1"), "asia-northeast2/");
  EXPECT_EQ(said(*list, "198.51.100.1"), "*/");
  EXPECT_EQ(list->as_of, parse_day("2026-11-19").value());
}

TEST(ForeignRanges, OfAzureAreThoseOfRegionsAndFrontDoor) {
  const auto list = read(RangeFormat::Azure, azure);
  ASSERT_TRUE(list) << list.error().detail;
  EXPECT_EQ(said(*list, "192.0.2.1"), "japaneast/");
  EXPECT_EQ(said(*list, "198.51.100.1"), "*/AzureFrontDoor.Frontend");
  EXPECT_EQ(said(*list, "192.0.3.1"), "-");
  EXPECT_EQ(said(*list, "203.0.113.1"), "-");
  EXPECT_EQ(list->edition, "331");
  EXPECT_FALSE(read_foreign_ranges(RangeFormat::Azure, {azure, "a", "ours", "", std::nullopt})) << "of no day";
}

TEST(ForeignRanges, OfOracleTellTheRegion) {
  const auto list = read(RangeFormat::Oracle, oracle);
  ASSERT_TRUE(list) << list.error().detail;
  EXPECT_EQ(said(*list, "192.0.2.1"), "ap-tokyo-1/");
  EXPECT_EQ(said(*list, "198.51.100.1"), "ap-osaka-1/");
}

TEST(ForeignRanges, OfARegistryTellTheHoldersCountry) {
  const auto list = read(RangeFormat::Delegated, delegated);
  ASSERT_TRUE(list) << list.error().detail;
  EXPECT_EQ(list->name, "APNIC");
  EXPECT_EQ(list->kind, PlaceSource::Delegated);
  EXPECT_EQ(list->as_of, parse_day("2026-11-19").value());
  EXPECT_EQ(said(*list, "192.0.4.255"), "JP/") << "768 addresses are no power of two";
  EXPECT_EQ(said(*list, "192.0.5.0"), "-");
  EXPECT_EQ(said(*list, "198.51.100.9"), "KR/");
  EXPECT_EQ(said(*list, "203.0.113.1"), "-");
  EXPECT_EQ(said(*list, "2001:db8:ffff::1"), "JP/");
}

TEST(ForeignRanges, CutShortAreRefused) {
  const auto end = delegated.rfind("apnic|JP|ipv6");
  const auto list = read(RangeFormat::Delegated, delegated.substr(0, end));
  ASSERT_FALSE(list);
  EXPECT_NE(list.error().detail.find("cut short"), std::string::npos) << list.error().detail;
}

TEST(ForeignRanges, OfAFrontBearItsName) {
  const auto list = read(RangeFormat::Plain, plain);
  ASSERT_TRUE(list) << list.error().detail;
  EXPECT_EQ(list->kind, PlaceSource::Front);
  EXPECT_EQ(said(*list, "192.0.2.9"), "*/");
  EXPECT_EQ(ranges_path(*list), "probes/place/ranges/front-example-cdn.ranges");
  EXPECT_FALSE(read_foreign_ranges(RangeFormat::Plain, {plain, "a", "ours", "", parse_day("2026-11-17").value()}));
  EXPECT_FALSE(read_foreign_ranges(RangeFormat::Plain, {plain, "a", "ours", "X", std::nullopt}));
}

TEST(ForeignRanges, OutliveOurOwnForm) {
  for (const auto& one : all) {
    const auto list = read(one.format, one.text);
    ASSERT_TRUE(list) << list.error().detail;
    const auto again = load_ranges(ranges_text(*list), "again");
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(ranges_text(*again), ranges_text(*list));
    EXPECT_EQ(again->as_of, list->as_of);
  }
}

TEST(ForeignRanges, ThatAreBrokenNameTheFile) {
  for (const auto& one : all) {
    std::string text = one.text;
    const auto at = text.find("192.0.2.0");
    text.replace(at, 9, "192.0.2.x");
    const auto list = read(one.format, text);
    ASSERT_FALSE(list) << text;
    EXPECT_EQ(list.error().detail.find("given.json: "), 0U) << list.error().detail;
  }
  for (const char* text : {"[1]", "{}", "{", "{\"prefixes\": 7}", "{\"values\": [{\"name\": \"AzureCloud.x\"}]}"})
    for (const auto format : {RangeFormat::Aws, RangeFormat::Google, RangeFormat::Azure, RangeFormat::Oracle})
      EXPECT_FALSE(read(format, text)) << text;
  std::string region = aws;
  region.replace(region.find("ap-northeast-3"), 14, "ap north\\teast");
  EXPECT_FALSE(read(RangeFormat::Aws, region)) << "no region is spelled so";
}

}  // namespace
}  // namespace kenshin
