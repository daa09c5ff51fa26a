// The probe outside against stand-ins on loopback; all records are synthetic.
#include "probes/domain/outside.h"

#include <gtest/gtest.h>

#include "tests/probes/domain/registry_world.h"

namespace kenshin {
namespace {

using namespace std::chrono_literals;

const Instant noon = *parse_instant("2026-11-22T03:00:00Z");
const std::string spotted = "/v1/issuances?domain=example.jp&include_subdomains=true&expand=dns_names&expand=issuer";
const std::string listed = "/?q=example.jp&output=json&exclude=expired&deduplicate=Y";
const std::string archived =
    "/cdx/search/cdx?url=example.jp&output=json&fl=timestamp,statuscode,digest&collapse=digest";

std::string issuance(const std::string& id, const std::string& from) {
  return R"({"id": ")" + id + R"(", "dns_names": ["example.jp"], "issuer": {"name": "O=Example Trust"}, )" +
         R"("not_before": ")" + from + R"(T00:00:00Z", "not_after": "2027-01-01T00:00:00Z"})";
}
const std::string row = R"([{"issuer_name": "O=Example Trust", "name_value": "example.jp", "serial_number": "1", )"
                        R"("not_before": "2026-03-01T00:00:00", "not_after": "2027-01-01T00:00:00"}])";

Buffer buffer_of(std::string_view text) { return {text.begin(), text.end()}; }

class Outside : public testing::Test {
 protected:
  std::vector<Observation> observe(bool is_former = false, const std::string& name = "example.jp") {
    Asked asked{{TargetKind::Domain, name, 0}, ""};
    asked.is_former = is_former;
    return observe_outside(asked, world.session);
  }
  Result<IssuedCertificates> certificates() {
    const auto seen = observe();
    if (seen.size() != 1) return Error{Error::Kind::NotAsked, "observations: " + std::to_string(seen.size())};
    const auto* fact = fact_of<IssuedCertificates>(seen[0]);
    return fact ? Result<IssuedCertificates>(*fact) : seen[0].fact.error();
  }
  Error::Kind failure(const std::string& reply) {
    const RdapServer server(RdapServer::Answers{{spotted, {reply}}});
    world.session.outside.certspotter = server.base();
    const auto seen = certificates();
    EXPECT_FALSE(seen) << reply.substr(0, 60);
    return seen ? Error::Kind::NotAsked : seen.error().kind;
  }
  PatientSession world{noon};
};

TEST_F(Outside, AsksNobodyUnlessToldTo) {
  EXPECT_TRUE(observe().empty());
  EXPECT_TRUE(observe(true).empty());
  EXPECT_TRUE(outside_asked({{TargetKind::Domain, "example.jp", 0}, ""}, Session{}).empty());
}

TEST_F(Outside, AsksOfADomainWhatItsUseCallsFor) {
  world.session.outside = {"http://127.0.0.1:1/", "http://127.0.0.1:2/", "http://127.0.0.1:3/", true};
  Asked asked{{TargetKind::Domain, "example.jp", 0}, ""};
  EXPECT_EQ(outside_asked(asked, world.session),
            (std::vector<std::string>{"http://127.0.0.1:1/", "http://127.0.0.1:2/", "DNS"}));
  asked.is_former = true;
  EXPECT_EQ(outside_asked(asked, world.session), std::vector<std::string>{"http://127.0.0.1:3/"});
  for (const char* name : {"192.0.2.1", "jp", "clinic.vercel.app"})
    EXPECT_TRUE(outside_asked({{TargetKind::Domain, name, 0}, ""}, world.session).empty()) << name;
}

TEST_F(Outside, ReadsPagesOfCertSpotterToTheEmptyOne) {
  const RdapServer server(
      RdapServer::Answers{{spotted, {http("200 OK", "[" + issuance("2", "2026-05-01") + "]")}},
                          {spotted + "&after=2", {http("200 OK", "[" + issuance("3", "2026-02-01") + "]")}},
                          {spotted + "&after=3", {http("200 OK", "[]")}}});
  world.session.outside.certspotter = server.base();
  const auto seen = certificates();
  ASSERT_TRUE(seen) << seen.error().detail;
  ASSERT_EQ(seen->certificates.size(), 2U);
  EXPECT_EQ(to_text(seen->certificates[0].not_before), "2026-02-01T00:00:00Z") << "ascending";
  EXPECT_EQ(seen->because, "");
  EXPECT_EQ(seen->source, "certspotter");
  EXPECT_EQ(server.asked().size(), 3U);
  EXPECT_GE(world.at.load(), noon + 10s) << "one question at a time, a pause after each";
}

TEST_F(Outside, SaysWhereThereMayBeMore) {
  const RdapServer later(
      RdapServer::Answers{{spotted, {http("200 OK", "[" + issuance("2", "2026-05-01") + "]")}},
                          {spotted + "&after=2", {http("429 Too Many Requests", R"({"code": "rate_limited"})")}}});
  world.session.outside.certspotter = later.base();
  const auto seen = certificates();
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->certificates.size(), 1U);
  EXPECT_TRUE(seen->because.starts_with("rate_limited: ")) << seen->because;

  RdapServer::Answers many{{spotted, {http("200 OK", "[" + issuance("1", "2026-05-01") + "]")}}};
  for (int i = 1; i < 12; ++i)
    many[spotted + "&after=" + std::to_string(i)] = {
        http("200 OK", "[" + issuance(std::to_string(i + 1), "2026-05-01") + "]")};
  const RdapServer endless(many);
  world.session.outside.certspotter = endless.base();
  const auto cut = certificates();
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->because, "more than 10 pages");
  EXPECT_EQ(endless.asked().size(), 10U);
}

TEST_F(Outside, TakesNoCertificatesForAnAnswer) {
  const RdapServer server(RdapServer::Answers{{spotted, {http("200 OK", "[]")}}});
  world.session.outside.certspotter = server.base();
  const auto seen = certificates();
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->certificates.empty());
}

TEST_F(Outside, NeverTakesARefusalForData) {
  const std::string some = "[" + issuance("2", "2026-05-01") + "]";
  EXPECT_EQ(failure(http("429 Too Many Requests", some)), Error::Kind::RateLimited);
  EXPECT_EQ(failure(http("200 OK", R"({"code": "rate_limited"})")), Error::Kind::RateLimited);
  EXPECT_EQ(failure(http("403 Forbidden", "no")), Error::Kind::Denied);
  EXPECT_EQ(failure(http("502 Bad Gateway", some)), Error::Kind::Malformed);
  EXPECT_EQ(failure(http("404 Not Found", "[]")), Error::Kind::Malformed);
  EXPECT_EQ(failure(http("200 OK", "<html>Welcome</html>", "Content-Type: text/html\r\n")), Error::Kind::Malformed);
  EXPECT_EQ(failure(http("200 OK", some.substr(0, some.size() / 2))), Error::Kind::Malformed);
  EXPECT_EQ(failure(http("200 OK", "[]" + std::string(2 << 20, ' '))), Error::Kind::Malformed) << "its beginning";
  EXPECT_EQ(failure(http("302 Found", "", "Location: http://127.0.0.1:1/\r\n")), Error::Kind::Malformed);
}

TEST_F(Outside, LeavesAServerAloneThatAskedForIt) {
  const RdapServer server(RdapServer::Answers{{spotted, {http("429 Too Many Requests", "", "Retry-After: 600\r\n")}}});
  world.session.outside.certspotter = server.base();
  for (int i = 0; i < 2; ++i) {
    const auto seen = certificates();
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().kind, Error::Kind::RateLimited);
  }
  EXPECT_EQ(server.asked().size(), 1U);
}

TEST_F(Outside, CostsAHostileServerItsDeadlineAndAMebibyteAtMost) {
  world.session.timeout = 400ms;
  const std::string endless = "HTTP/1.1 200 OK\r\n\r\n[\"" + std::string(3 << 20, 'a');
  for (const lab::Behaviour& behaviour : {lab::silent(), lab::trickles(buffer_of("HTTP/1.1 200 OK\r\n\r\n[")),
                                          lab::floods({endless.begin(), endless.end()})}) {
    const lab::Server server(behaviour);
    world.session.outside.certspotter = "http://127.0.0.1:" + std::to_string(server.port()) + "/";
    const auto began = std::chrono::steady_clock::now();
    EXPECT_FALSE(certificates());
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
  }
}

TEST_F(Outside, AsksCrtShWhereCertSpotterDidNotTellAll) {
  const RdapServer first(RdapServer::Answers{{spotted, {http("200 OK", "[]"), http("429 Too Many Requests", "")}}});
  const RdapServer second(RdapServer::Answers{{listed, {http("200 OK", row), http("502 Bad Gateway", "<html>")}}});
  world.session.outside.certspotter = first.base();
  world.session.outside.crtsh = second.base();
  EXPECT_EQ(certificates()->source, "certspotter");
  EXPECT_TRUE(second.asked().empty()) << "nobody is told a name without need";
  const auto seen = certificates();
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->source, "crtsh");
  EXPECT_EQ(seen->certificates.size(), 1U);
  const auto neither = certificates();
  ASSERT_FALSE(neither);
  EXPECT_EQ(neither.error().kind, Error::Kind::RateLimited);
  EXPECT_NE(neither.error().detail.find("crt.sh: HTTP 502"), std::string::npos) << neither.error().detail;
}

TEST_F(Outside, KeepsThePartThatOneToldWhereTheOtherTellsNothing) {
  const RdapServer first(RdapServer::Answers{{spotted, {http("200 OK", "[" + issuance("2", "2026-05-01") + "]")}}});
  const RdapServer second(RdapServer::Answers{{listed, {http("502 Bad Gateway", ""), http("200 OK", row)}}});
  world.session.outside.certspotter = first.base();
  world.session.outside.crtsh = second.base();
  const auto part = certificates();
  ASSERT_TRUE(part) << part.error().detail;
  EXPECT_EQ(part->source, "certspotter");
  EXPECT_NE(part->because, "");
  const auto whole = certificates();
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->source, "crtsh");
  EXPECT_EQ(whole->because, "");
}

TEST_F(Outside, AsksTheArchiveOfFormerDomainsAlone) {
  const RdapServer server(RdapServer::Answers{
      {archived, {http("200 OK", R"([["timestamp","statuscode","digest"],["20190102030405","200","AA"]])")}}});
  world.session.outside.wayback = server.base();
  EXPECT_TRUE(observe().empty());
  const auto seen = observe(true);
  ASSERT_EQ(seen.size(), 1U);
  const auto* fact = fact_of<ArchivedPages>(seen[0]);
  ASSERT_NE(fact, nullptr) << seen[0].fact.error().detail;
  EXPECT_EQ(fact->server, server.base());
  EXPECT_EQ(to_text(*fact->first), "2019-01-02T03:04:05Z");
}

TEST_F(Outside, AsksNoAddressOfThisNetworkForAForeignBase) {
  world.session.outside.certspotter = "https://10.0.0.1/";
  const auto seen = certificates();
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().kind, Error::Kind::Denied) << seen.error().detail;
}

}  // namespace
}  // namespace kenshin
