#include "probes/domain/rdap_answer.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

std::string domain(const std::string& members, const std::string& name = "example.com") {
  return R"({"objectClassName": "domain", "ldhName": ")" + name + "\"" + (members.empty() ? "" : ", " + members) + "}";
}

Registration record_of(const std::string& members) {
  const auto seen = parse_rdap_domain(domain(members), "example.com");
  EXPECT_TRUE(seen) << (seen ? "" : seen.error().detail);
  return seen ? seen->record : Registration{};
}

TEST(RdapAnswer, ReadsAWholeDomainObject) {
  const auto seen =
      parse_rdap_domain(domain(R"("handle": "X-1", "status": ["client transfer prohibited", "auto renew period"],
        "events": [{"eventAction": "registration", "eventDate": "2015-06-10T01:02:03Z"},
                   {"eventAction": "expiration", "eventDate": "2027-06-10T01:02:03Z"},
                   {"eventAction": "registrar expiration", "eventDate": "2026-06-10T01:02:03Z"},
                   {"eventAction": "last changed", "eventDate": "2026-05-01T01:05:07.5+09:00"},
                   {"eventAction": "transfer", "eventDate": "2020-01-02T00:00:00Z"},
                   {"eventAction": "last update of RDAP database", "eventDate": "2026-11-22T00:00:00Z"}],
        "nameservers": [{"objectClassName": "nameserver", "ldhName": "NS1.EXAMPLE.COM."}],
        "secureDNS": {"delegationSigned": true},
        "entities": [{"roles": ["registrant"], "vcardArray": ["vcard", [["fn", {}, "text", "Somebody Private"]]]},
                     {"roles": ["registrar"], "handle": "9999",
                      "publicIds": [{"type": "IANA Registrar ID", "identifier": "9999"}],
                      "vcardArray": ["vcard", [["version", {}, "text", "4.0"],
                                               ["fn", {}, "text", "Example Registrar"]]]}],
        "links": [{"rel": "self", "href": "https://rdap.example/domain/example.com"},
                  {"rel": "related", "type": "text/html", "href": "https://www.example/"},
                  {"rel": "related", "type": "application/rdap+json", "href": "https://rdap.example/r/example.com"}])",
                               "EXAMPLE.COM"),
                        "example.com");
  ASSERT_TRUE(seen) << seen.error().detail;
  Registration expected;
  expected.registered = Answer::Yes;
  expected.source = "rdap";
  expected.kind = RegistrationKind::Gtld;
  expected.state = {"client transfer prohibited", "auto renew period"};
  expected.state_text = "client transfer prohibited, auto renew period";
  expected.created = *parse_day("2015-06-10");
  expected.expires = *parse_day("2027-06-10");
  expected.registrar_expires = *parse_day("2026-06-10");
  expected.updated = *parse_instant("2026-04-30T16:05:07Z");
  expected.events = {{"transfer", *parse_instant("2020-01-02T00:00:00Z")}};
  expected.name_servers = {"ns1.example.com"};
  expected.is_signed = true;
  expected.registrar = "Example Registrar";
  expected.registrar_id = "9999";
  EXPECT_EQ(seen->record, expected);
  EXPECT_EQ(seen->related, std::vector<std::string>{"https://rdap.example/r/example.com"});
}

TEST(RdapAnswer, SpellsStatesOfBothProtocolsAlike) {
  for (const auto& [said, state] :
       {std::pair{"ok", "active"},
        {"active", "active"},
        {"linked", "associated"},
        {"clientTransferProhibited https://icann.org/epp#clientTransferProhibited", "client transfer prohibited"},
        {"Client Transfer Prohibited", "client transfer prohibited"},
        {"server_hold", "server hold"},
        {"autoRenewPeriod", "auto renew period"},
        {"transferPeriod", "transfer period"},
        {"redemptionPeriod", "redemption period"},
        {"pendingRestore", "pending restore"},
        {"pendingDelete", "pending delete"},
        {"locked", "locked"},
        {"transfer hold", "unknown state"},
        {"", "unknown state"}})
    EXPECT_EQ(rdap_status(said), state) << said;
}

TEST(RdapAnswer, SpeaksOfTheNameThatWasAsked) {
  EXPECT_FALSE(parse_rdap_domain(domain("", "example.org"), "example.com"));
  EXPECT_FALSE(parse_rdap_domain(domain("", "www.example.com"), "example.com"));
  EXPECT_FALSE(parse_rdap_domain(R"({"objectClassName": "domain"})", "example.com"));
  EXPECT_FALSE(parse_rdap_domain(R"({"objectClassName": "entity", "ldhName": "example.com"})", "example.com"));
  EXPECT_TRUE(
      parse_rdap_domain(R"({"objectClassName": "domain", "unicodeName": "例え.テスト"})", "xn--r8jz45g.xn--zckzah"));
}

TEST(RdapAnswer, PassesOverMembersOfOddShapes) {
  const Registration odd = record_of(R"("status": "active", "events": {"eventAction": "expiration"},
    "nameservers": [7, {"ldhName": 3}, {"ldhName": "ns1.example.com"}], "secureDNS": [], "notices": {"title": "x"},
    "entities": [{"roles": "registrar", "handle": "1"}, 5, {"roles": ["registrar"], "vcardArray": "none"}],
    "links": "none")");
  EXPECT_TRUE(odd.state.empty());
  EXPECT_EQ(odd.expires, std::nullopt);
  EXPECT_EQ(odd.name_servers, std::vector<std::string>{"ns1.example.com"});
  EXPECT_FALSE(odd.is_signed);
  EXPECT_EQ(odd.registrar, std::nullopt);
  EXPECT_EQ(record_of(R"("events": [{"eventAction": "expiration", "eventDate": "soon"}])").expires, std::nullopt);
}

TEST(RdapAnswer, TakesTheMoreCautiousOfTwoDates) {
  const Registration twice = record_of(R"("events": [
    {"eventAction": "expiration", "eventDate": "2028-01-01T00:00:00Z"},
    {"eventAction": "expiration", "eventDate": "2027-01-01T00:00:00Z"},
    {"eventAction": "registration", "eventDate": "2001-01-01T00:00:00Z"},
    {"eventAction": "registration", "eventDate": "2021-01-01T00:00:00Z"}])");
  EXPECT_EQ(twice.expires, *parse_day("2027-01-01"));
  EXPECT_EQ(twice.created, *parse_day("2021-01-01"));
}

TEST(RdapAnswer, StaysBoundedWhateverComes) {
  std::string states, links;
  for (int i = 0; i < 500; ++i) {
    states += (i ? ",\"w" : "\"w") + std::to_string(i) + "\"";
    links += (i ? "," : "") + std::string(R"({"rel": "related", "href": "https://r)") + std::to_string(i) + ".test/\"}";
  }
  EXPECT_FALSE(parse_rdap_domain(domain("\"status\": [" + states + "]"), "example.com")) << "not silently cut";
  const auto many = parse_rdap_domain(
      domain("\"status\": [\"" + std::string(9999, 'w') + "\"], \"links\": [" + links + "]"), "example.com");
  ASSERT_TRUE(many) << many.error().detail;
  EXPECT_EQ(many->record.state, std::vector<std::string>{"unknown state"});
  EXPECT_LE(many->record.state_text.size(), 500U);
  EXPECT_EQ(many->related.size(), 4U);
  EXPECT_FALSE(parse_rdap_domain(std::string(200, '[') + std::string(200, ']'), "example.com"));
}

TEST(RdapAnswer, ReadsAQuotaForWhatItIs) {
  for (const char* quota :
       {R"({"errorCode": 429, "title": "Later"})", R"({"errorCode": 422, "title": "Quota exceeded"})",
        R"({"errorCode": 403, "title": "Refused", "description": ["Rate limit reached"]})"}) {
    const auto seen = parse_rdap_domain(quota, "example.com");
    ASSERT_FALSE(seen) << quota;
    EXPECT_EQ(seen.error().kind, Error::Kind::RateLimited) << quota;
  }
  const auto error = parse_rdap_domain(R"({"errorCode": 500, "title": "Broken"})", "example.com");
  ASSERT_FALSE(error);
  EXPECT_EQ(error.error().kind, Error::Kind::Malformed);
  EXPECT_TRUE(parse_rdap_domain(domain(R"("notices": {"title": "Quota exceeded, 31 of 30"})"), "example.com"));
}

TEST(RdapAnswer, IsNoDataWherePartOfItIsMissing) {
  const auto kind_of = [](const std::string& type) {
    const auto seen =
        parse_rdap_domain(domain(R"("notices": [{"title": "x", "type": ")" + type + R"("}])"), "example.com");
    return seen ? Error::Kind::NotAsked : seen.error().kind;
  };
  EXPECT_EQ(kind_of("object truncated due to excessive load"), Error::Kind::RateLimited);
  EXPECT_EQ(kind_of("Object truncated due to unexplainable reasons"), Error::Kind::Malformed);
  EXPECT_EQ(kind_of("object truncated due to authorization"), Error::Kind::NotAsked) << "nobody is shown the rest";
  std::string many = R"("active")";
  for (int i = 0; i < 32; ++i) many += R"(, "active")";
  EXPECT_FALSE(parse_rdap_domain(domain(R"("status": [)" + many + "]"), "example.com"));
}

TEST(RdapAnswer, IsNoDataWhereItIsNoObject) {
  for (const char* text : {"", "null", "[]", "7", "<html>Forbidden</html>", "{", "{}"})
    EXPECT_FALSE(parse_rdap_domain(text, "example.com")) << text;
}

TEST(RdapAnswer, TellsNotFoundAndHelpFromAnythingElse) {
  EXPECT_TRUE(is_rdap_not_found(R"({"errorCode": 404, "title": "Not Found"})"));
  EXPECT_FALSE(is_rdap_not_found(R"({"errorCode": 400})"));
  EXPECT_FALSE(is_rdap_not_found("<html>404</html>"));
  EXPECT_TRUE(is_rdap_help(R"({"rdapConformance": ["rdap_level_0"], "notices": []})"));
  EXPECT_FALSE(is_rdap_help(R"({"rdapConformance": []})"));
  EXPECT_FALSE(is_rdap_help("{}"));
}

}  // namespace
}  // namespace kenshin
