// What is said of where an endpoint stands: an address hints, the operator's word is needed, and no database alone
// fails anybody (item 2.5.2-2.i).
#include <gtest/gtest.h>

#include "case.h"
#include "reports/criteria/regions.h"

namespace kenshin {

namespace {

constexpr const char* japan = "place.japan";

EndpointPlace at(std::vector<PlaceSaid> said, const char* as_of = "2026-11-20") {
  EndpointPlace out;
  out.scope = AddressScope::Public;
  for (const PlaceSaid& one : said) out.consulted.push_back({one.kind, one.list, "1", day(as_of)});
  out.said = std::move(said);
  return out;
}
PlaceSaid cloud(const char* provider, const char* region, const char* zone = "") {
  return {PlaceSource::Cloud, provider, "198.51.100.0-198.51.100.255", region, zone, ""};
}
PlaceSaid tokyo() { return cloud("AWS", "ap-northeast-1", "ap-northeast-1"); }
PlaceSaid front() { return {PlaceSource::Front, "Example CDN", "198.51.100.0-198.51.100.255", "*", "", ""}; }
PlaceSaid delegated(const char* country) {
  return {PlaceSource::Delegated, "APNIC", "198.51.100.0-198.51.100.255", "", "", country};
}
PlaceSaid geo(const char* country) { return {PlaceSource::Geo, "Countries", "", "", "", country}; }

World declared(Role role, const char* country) {
  DeclaredEndpoint out;
  out.role = role;
  if (*country != '\0') out.located_in = {country, "事業者", day("2026-11-01")};
  return endpoint().sees(out);
}
World attested(Role role = Role::Consult) { return declared(role, "JP"); }
World silent(Role role = Role::Consult) { return declared(role, ""); }

Case said(World world, EndpointPlace place, Verdict verdict, const char* code) {
  return world.sees(std::move(place), "198.51.100.1").says(japan, verdict, code);
}

EndpointPlace of_scope(AddressScope scope) {
  EndpointPlace out;
  out.scope = scope;
  return out;
}

EndpointPlace unlisted() {
  EndpointPlace out = at({tokyo()});
  out.said.clear();
  return out;
}

}  // namespace

std::vector<Case> place_cases() {
  std::vector<Case> out;
  const auto add = [&](Case it) { out.push_back(std::move(it)); };
  add(said(attested(), at({tokyo()}), Verdict::Met, "place-region-japan"));
  for (const auto& region : {cloud("AWS", "ap-northeast-3", "ap-northeast-3"), cloud("Google", "asia-northeast1"),
                             cloud("Google", "asia-northeast2"), cloud("Azure", "japaneast"),
                             cloud("Azure", "japanwest"), cloud("Oracle", "ap-tokyo-1"), cloud("Oracle", "ap-osaka-1")})
    add(said(attested(), at({region}), Verdict::Met, "place-region-japan"));
  add(said(attested(), at({geo("US"), tokyo()}), Verdict::Met, "place-region-japan"));
  add(said(attested(), at({delegated("JP"), geo("JP")}), Verdict::Met, "place-country-japan"));

  add(said(silent(), at({tokyo()}), Verdict::Attention, "place-not-attested"));
  add(said(silent(), at({delegated("JP"), geo("JP")}), Verdict::Attention, "place-not-attested"));
  add(said(attested(), at({front()}), Verdict::Attention, "place-front"));
  add(said(attested(Role::Data), at({cloud("AWS", "*", "CLOUDFRONT")}), Verdict::Attention, "place-front"));
  add(said(attested(), at({tokyo(), front()}), Verdict::Attention, "place-front"));
  add(said(attested(), at({cloud("AWS", "us-east-1", "us-east-1")}), Verdict::Attention, "place-region-abroad-front"));
  add(said(attested(Role::Data), at({cloud("AWS", "ap-northeast-1", "ap-northeast-1-tpe-1")}), Verdict::Attention,
           "place-region-abroad-front"));  // that it is abroad is only recalled
  add(said(attested(Role::Data), at({cloud("AWS", "ap-northeast-1", "ap-northeast-1-new-1")}), Verdict::Attention,
           "place-region-unknown"));
  add(said(attested(Role::Data), at({cloud("Azure", "nowhere")}), Verdict::Attention, "place-region-unknown"));
  add(said(attested(Role::Data), at({delegated("JP"), geo("US")}), Verdict::Attention, "place-geo-abroad"));
  add(said(silent(Role::Data), at({delegated("US"), geo("US")}), Verdict::Attention, "place-geo-abroad"));
  add(said(attested(), at({delegated("JP")}), Verdict::Attention, "place-undetermined"));
  add(said(attested(), at({delegated("US"), geo("JP")}), Verdict::Attention, "place-undetermined"));
  add(said(declared(Role::Consult, "US"), at({tokyo()}), Verdict::Attention, "place-declared-abroad"));

  add(said(attested(Role::Data), at({cloud("AWS", "us-east-1", "us-east-1")}), Verdict::NotMet, "place-region-abroad"));
  add(said(silent(Role::Data), at({cloud("Google", "asia-northeast3")}), Verdict::NotMet, "place-region-abroad"));
  add(said(declared(Role::Data, "US"), at({cloud("Google", "us-west1")}), Verdict::NotMet, "place-region-abroad"));

  add(said(attested(), at({}), Verdict::Unknown, "place-no-data"));
  add(said(silent(), at({}), Verdict::Unknown, "place-no-data"));
  add(said(attested(), unlisted(), Verdict::Unknown, "place-not-listed"));
  add(said(attested(Role::Data), at({cloud("AWS", "us-east-1", "us-east-1")}, "2025-10-01"), Verdict::Unknown,
           "place-data-old"));
  for (const auto scope :
       {AddressScope::Loopback, AddressScope::Private, AddressScope::Documentation, AddressScope::Special})
    add(said(attested(), of_scope(scope), Verdict::Unknown, "place-not-public"));
  add(attested().fails<EndpointPlace>(Error::Kind::Malformed).says(japan, Verdict::Unknown, "could-not-observe"));
  add(attested().says(japan, Verdict::Unknown, "never-observed"));

  add(attested(Role::Data)
          .sees(at({tokyo()}), "198.51.100.1")
          .sees(at({cloud("AWS", "eu-central-1", "eu-central-1")}), "2001:db8::1")
          .says(japan, Verdict::NotMet, "place-region-abroad"));
  add(attested()
          .sees(at({tokyo()}), "198.51.100.1")
          .sees(unlisted(), "2001:db8::1")
          .says(japan, Verdict::Unknown, "place-not-listed"));
  return out;
}

namespace {

TEST(PlaceCriterion, SaysOfEachCaseWhatItIs) {
  for (const Case& it : place_cases()) expect_as_told(it);
}

TEST(PlaceCriterion, IsAdviceForFactsOfBeforeTheQuestion) {
  const World world = attested();
  EXPECT_TRUE(criterion_named(japan)->judge({world.facts, world.target, world.profile, world.on}).never_asked);
}

TEST(PlaceCriterion, SpeaksOfTheClinicsOwnPagesInANoteOnly) {
  for (const Role role : {Role::Website, Role::Mail}) {
    const World world = attested(role).sees(at({cloud("AWS", "us-east-1", "us-east-1")}), "198.51.100.1");
    for (const Finding& finding : judge(world.facts, world.profile, world.on))
      if (finding.criterion.text == japan) {
        EXPECT_EQ(finding.force, Force::Note);
        EXPECT_EQ(finding.verdict, Verdict::Attention);
      }
  }
}

Result<Regions> regions(const std::string& rows) {
  return load_regions(
      R"({"edition": "1", "as_of": "2026-11-22", "source": "ours", "hard_limit_days": 400, "rows": [)" + rows + "]}",
      "regions.json");
}

TEST(Regions, AreFoundByTheFirstRowThatSpeaksOfThem) {
  const auto read = regions(R"({"provider": "A", "region": "x-1", "zone": "x-1", "in_japan": "yes", "mark": "policy"},
                               {"provider": "A", "region": "x-*", "zone": "*", "in_japan": "no", "mark": "recalled"})");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->row_of("A", "x-1", "x-1")->in_japan, Answer::Yes);
  EXPECT_EQ(read->row_of("A", "x-1", "x-1-far")->mark, Mark::Recalled);
  EXPECT_EQ(read->row_of("A", "y-1", ""), nullptr);
  EXPECT_EQ(read->row_of("B", "x-1", "x-1"), nullptr);
}

TEST(Regions, AreReadStrictly) {
  EXPECT_FALSE(regions(R"({"provider": "A", "region": "x", "zone": "*", "in_japan": "unknown", "mark": "policy"})"));
  EXPECT_FALSE(regions(R"({"provider": "", "region": "x", "zone": "*", "in_japan": "no", "mark": "policy"})"));
  EXPECT_FALSE(regions(R"({"provider": "A", "region": "x", "zone": "*", "in_japan": "no", "mark": "sure"})"));
  EXPECT_FALSE(regions(R"({"provider": "A", "region": "x", "in_japan": "no", "mark": "policy"})"));
}

}  // namespace

}  // namespace kenshin
