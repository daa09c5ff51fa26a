// Where an address stands, by lists of our own making. Nobody is asked: the addresses are numbers only.
#include "probes/place/place.h"

#include <gtest/gtest.h>

#include "tests/lab/process.h"
#include "tests/probes/place/country_database.h"

namespace kenshin {
namespace {

constexpr const char* head =
    "kenshin-ranges/1\nname\tExample\nkind\tcloud\nedition\t7\nas_of\t2026-11-20\nsource\tours\nmark\tpolicy\n";

std::string with_rows(int count, const std::string& rows) {
  return head + ("rows\t" + std::to_string(count)) + "\n" + rows;
}

TEST(RangeLists, AreReadAndWrittenAlike) {
  const std::string text = with_rows(3,
                                     "192.0.2.0-192.0.2.127\tap-northeast-1\tap-northeast-1\n"
                                     "192.0.2.128-192.0.2.255\t*\tFRONT\n"
                                     "2001:db8::-2001:db8::ff\tap-northeast-3\t-\n");
  const auto list = load_ranges(text, "a.ranges");
  ASSERT_TRUE(list) << list.error().detail;
  EXPECT_EQ(ranges_text(*list), text);
  EXPECT_EQ(list->labels.at(list->find(*parse_ip("192.0.2.127"))->label).region, "ap-northeast-1");
  EXPECT_EQ(list->labels.at(list->find(*parse_ip("192.0.2.128"))->label).region, "*");
  EXPECT_EQ(list->labels.at(list->find(*parse_ip("2001:db8::ff"))->label).zone, "");
  for (const char* outside : {"192.0.1.255", "192.0.3.0", "2001:db8::100", "0.0.0.0", "ffff::"})
    EXPECT_EQ(list->find(*parse_ip(outside)), nullptr) << outside;
}

TEST(RangeLists, AreReadStrictly) {
  const std::string row = "192.0.2.0-192.0.2.255\tx\t-\n";
  for (const std::string& text :
       {std::string(), std::string("kenshin-ranges/2\n"), with_rows(2, row), with_rows(0, row), with_rows(1, ""),
        with_rows(2, row + row), with_rows(2, row + "192.0.1.0-192.0.1.255\tx\t-\n"),
        with_rows(1, "192.0.2.0/24\tx\t-\n"), with_rows(1, "192.0.2.0-192.0.2.255\tx\n"),
        with_rows(1, "192.0.2.0-192.0.2.255\t\t-\n"), with_rows(1, "192.0.2.0-192.0.2.255\tx y\t-\n"),
        with_rows(1, "192.0.2.9-192.0.2.1\tx\t-\n"), with_rows(1, "192.0.2.0-192.0.2.255\tx\t-\r\n")})
    EXPECT_FALSE(load_ranges(text, "a.ranges")) << text;
  const auto refused = load_ranges(with_rows(1, "nonsense\n"), "a.ranges");
  EXPECT_NE(refused.error().detail.find("a.ranges:9:"), std::string::npos) << refused.error().detail;
  for (const char* change : {"kind\tgeo", "mark\tsure", "as_of\t2026-13-01"}) {
    std::string text = with_rows(1, row);
    const std::string member = std::string(change).substr(0, std::string(change).find('\t') + 1);
    const auto at = text.find(member);
    text.replace(at, text.find('\n', at) - at, change);
    EXPECT_FALSE(load_ranges(text, "a.ranges")) << change;
  }
}

RangeList made(const std::vector<std::pair<const char*, RangeLabel>>& rows) {
  std::vector<SaidRange> said;
  for (const auto& [prefix, label] : rows) said.push_back({*parse_prefix(prefix), label});
  RangeList out;
  EXPECT_TRUE(make_ranges(std::move(said), out));
  return out;
}
std::string region_at(const RangeList& list, const char* address) {
  const auto* row = list.find(*parse_ip(address));
  return row ? list.labels[row->label].region : "";
}

TEST(RangeLists, LetTheLongestPrefixWin) {
  const RangeList list = made({{"192.0.0.0/16", {"wide", ""}},
                               {"192.0.2.0/24", {"narrow", ""}},
                               {"192.0.2.64/26", {"narrowest", ""}},
                               {"192.0.255.0/24", {"last", ""}}});
  EXPECT_EQ(region_at(list, "192.0.0.0"), "wide");
  EXPECT_EQ(region_at(list, "192.0.1.255"), "wide");
  EXPECT_EQ(region_at(list, "192.0.2.0"), "narrow");
  EXPECT_EQ(region_at(list, "192.0.2.64"), "narrowest");
  EXPECT_EQ(region_at(list, "192.0.2.127"), "narrowest");
  EXPECT_EQ(region_at(list, "192.0.2.128"), "narrow");
  EXPECT_EQ(region_at(list, "192.0.3.0"), "wide");
  EXPECT_EQ(region_at(list, "192.0.255.255"), "last");
  EXPECT_EQ(region_at(list, "192.1.0.0"), "");
}

TEST(RangeLists, JoinNeighboursAndSettleWhatIsSaidTwice) {
  const RangeList list = made({{"192.0.2.0/25", {"a", ""}},
                               {"192.0.2.128/25", {"a", ""}},
                               {"198.51.100.0/24", {"a", ""}},
                               {"198.51.100.0/24", {"*", "FRONT"}},
                               {"203.0.113.0/24", {"a", ""}},
                               {"203.0.113.0/24", {"b", ""}},
                               {"ff00::/8", {"end", ""}}});
  EXPECT_EQ(list.ranges.size(), 4U);
  EXPECT_EQ(region_at(list, "198.51.100.1"), "*");
  EXPECT_EQ(region_at(list, "203.0.113.1"), "*");
  EXPECT_EQ(region_at(list, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), "end");
}

TEST(RangeLists, RefuseRangesThatCrossEachOther) {
  RangeList out;
  EXPECT_FALSE(make_ranges(
      {{*parse_ip_range("192.0.2.0-192.0.2.9"), {"a", ""}}, {*parse_ip_range("192.0.2.5-192.0.2.20"), {"b", ""}}},
      out));
}

std::vector<RangeFile> lists() {
  RangeFile cloud{"a.ranges", made({{"11.0.0.0/16", {"ap-northeast-1", "ap-northeast-1"}}})};
  cloud.list.name = "AWS";
  cloud.list.edition = "1";
  cloud.list.as_of = parse_day("2026-11-20").value();
  RangeFile registry{"b.ranges", made({{"11.0.0.0/8", {"JP", ""}}})};
  registry.list.kind = PlaceSource::Delegated;
  registry.list.name = "APNIC";
  registry.list.as_of = parse_day("2026-11-19").value();
  return {cloud, registry, {"c.ranges", {}}};
}

TEST(Place, IsWhatEachListSaysWithItsEdition) {
  const EndpointPlace place = place_of(*parse_ip("11.0.1.2"), lists(), nullptr);
  EXPECT_EQ(place.scope, AddressScope::Public);
  ASSERT_EQ(place.consulted.size(), 2U) << "an empty list is not consulted";
  EXPECT_EQ(place.consulted[0], (PlaceList{PlaceSource::Cloud, "AWS", "1", parse_day("2026-11-20").value()}));
  ASSERT_EQ(place.said.size(), 2U);
  EXPECT_EQ(place.said[0],
            (PlaceSaid{PlaceSource::Cloud, "AWS", "11.0.0.0-11.0.255.255", "ap-northeast-1", "ap-northeast-1", ""}));
  EXPECT_EQ(place.said[1], (PlaceSaid{PlaceSource::Delegated, "APNIC", "11.0.0.0-11.255.255.255", "", "", "JP"}));
}

TEST(Place, IsNotToldOfWhatStandsNowhere) {
  for (const char* address : {"127.0.0.1", "192.168.1.1", "192.0.2.1", "2001:db8::1"}) {
    const EndpointPlace place = place_of(*parse_ip(address), lists(), nullptr);
    EXPECT_TRUE(place.consulted.empty() && place.said.empty()) << address;
    EXPECT_NE(place.scope, AddressScope::Public);
  }
}

TEST(Place, AsShippedConsultsNothing) {
  const auto files = read_ranges(DataFiles());
  ASSERT_TRUE(files) << files.error().detail;
  EXPECT_EQ(files->size(), 10U);
  const EndpointPlace place = place_of(*parse_ip("11.0.1.2"), *files, nullptr);
  EXPECT_TRUE(place.consulted.empty());
}

TEST(Countries, ComeFromTheUsersDatabaseWithItsDay) {
  const lab::Folder folder;
  test::CountryDatabase database;
  database.place("11.0.0.0", 16, "JP").place("2400::", 12, "KR").place("12.0.0.0", 8, "jp");
  lab::write_file(folder.path("countries.mmdb"), database.bytes(1'795'046'400));  // 2026-11-19
  const auto file = CountryFile::open(folder.path("countries.mmdb"));
  ASSERT_TRUE(file) << file.error().detail;
  EXPECT_EQ(file->list().list, "Test-Country");
  EXPECT_EQ(file->list().as_of, parse_day("2026-11-19").value());
  EXPECT_EQ(file->country_of(*parse_ip("11.0.7.7")), "JP");
  EXPECT_EQ(file->country_of(*parse_ip("2400::1")), "KR");
  EXPECT_EQ(file->country_of(*parse_ip("11.1.0.0")), std::nullopt);
  EXPECT_EQ(file->country_of(*parse_ip("12.0.0.1")), std::nullopt) << "no country is spelled so";
  const EndpointPlace place = place_of(*parse_ip("11.0.1.2"), lists(), &*file);
  EXPECT_EQ(place.said.back(), (PlaceSaid{PlaceSource::Geo, "Test-Country", "", "", "", "JP"}));
}

TEST(Countries, OfABrokenFileAreRefusedWithItsName) {
  const lab::Folder folder;
  lab::write_file(folder.path("broken.mmdb"), "no database");
  for (const char* name : {"broken.mmdb", "missing.mmdb", ""}) {
    const auto file = CountryFile::open(folder.path(name));
    ASSERT_FALSE(file) << name;
    EXPECT_NE(file.error().detail.find(folder.path(name)), std::string::npos) << file.error().detail;
  }
}

Session at_noon() {
  Session session;
  session.now = [] { return Instant(std::chrono::seconds(1'795'046'400)); };
  return session;
}

TEST(PlaceProbe, AsksNobody) {
  Session session = at_noon();
  const auto seen = observe_place({{TargetKind::Endpoint, "tele.example.jp", 443}, "11.0.1.2"}, session);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].connections, 0);
  ASSERT_NE(fact_of<EndpointPlace>(seen[0]), nullptr);
  EXPECT_EQ(fact_of<EndpointPlace>(seen[0])->scope, AddressScope::Public);
}

TEST(PlaceProbe, SaysWhyItCouldNotTell) {
  Session session = at_noon();
  EXPECT_FALSE(observe_place({{TargetKind::Endpoint, "tele.example.jp", 443}, "nowhere"}, session)[0].fact);
  session.mmdb = "/nonexistent/countries.mmdb";
  EXPECT_FALSE(observe_place({{TargetKind::Endpoint, "tele.example.jp", 443}, "11.0.1.2"}, session)[0].fact);
}

}  // namespace
}  // namespace kenshin
