#include "probes/domain/certificate_search.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

// Synthetic answers in the form of either search, with names that are reserved.
std::string issuance(const std::string& id, const std::string& names, const std::string& more = {}) {
  return R"({"id": ")" + id + R"(", "tbs_sha256": "00", "dns_names": )" + names +
         R"(, "issuer": {"friendly_name": "Example", "name": "C=XX, O=\"Example Trust, Inc.\", CN=R1"}, )" +
         R"("not_before": "2026-03-01T00:00:00Z", "not_after": "2026-12-01T00:00:00+09:00", "revoked": false)" + more +
         "}";
}
std::string row(const std::string& names, const std::string& serial = "01") {
  return R"({"issuer_ca_id": 1, "issuer_name": "C=XX, O=Example Trust, CN=R1", "common_name": "example.jp", )"
         R"("name_value": ")" +
         names + R"(", "id": 7, "entry_timestamp": "2026-03-01T00:00:01.5", "not_before": "2026-03-01T00:00:00", )" +
         R"("not_after": "2026-05-30T23:59:59", "serial_number": ")" + serial + R"(", "result_count": 2})";
}

TEST(CertificateSearch, AsksBothInTheirOwnWay) {
  EXPECT_EQ(certspotter_question("https://a.example/", "example.jp", ""),
            "https://a.example/"
            "v1/issuances?domain=example.jp&include_subdomains=true&expand=dns_names&expand=issuer");
  EXPECT_TRUE(certspotter_question("https://a.example/", "example.jp", "12").ends_with("&after=12"));
  EXPECT_EQ(crtsh_question("https://b.example/", "example.jp"),
            "https://b.example/?q=example.jp&output=json&exclude=expired&deduplicate=Y");
}

TEST(CertSpotter, TellsIssuerDatesAndNames) {
  const auto page = parse_certspotter(
      "[" + issuance("11", R"(["*.Example.JP", "example.jp."])") + "," + issuance("12", R"(["www.example.com"])") + "]",
      "example.jp");
  ASSERT_TRUE(page) << page.error().detail;
  ASSERT_EQ(page->certificates.size(), 1U) << "the other is of another name";
  const IssuedCertificate& it = page->certificates.front();
  EXPECT_EQ(organisation_of(it.issuer), "Example Trust, Inc.");
  EXPECT_EQ(to_text(it.not_before), "2026-03-01T00:00:00Z");
  EXPECT_EQ(to_text(it.not_after), "2026-11-30T15:00:00Z");
  EXPECT_EQ(it.names, (std::vector<std::string>{"*.example.jp", "example.jp"}));
  EXPECT_EQ(page->last_id, "12") << "also where the last is of another name";
}

TEST(CertSpotter, EndsWithAnEmptyPage) {
  const auto page = parse_certspotter("[]", "example.jp");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->last_id, "");
}

TEST(CertSpotter, TellsARateLimitFromOtherErrors) {
  const auto limited = parse_certspotter(R"({"code": "rate_limited", "message": "later"})", "example.jp");
  ASSERT_FALSE(limited);
  EXPECT_EQ(limited.error().kind, Error::Kind::RateLimited);
  const auto other = parse_certspotter(R"({"code": "not_allowed"})", "example.jp");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, Error::Kind::Malformed);
  EXPECT_EQ(other.error().detail, "Cert Spotter: it says not_allowed");
}

TEST(CertSpotter, TakesHalfAnAnswerForNone) {
  const std::string whole = "[" + issuance("11", R"(["example.jp"])") + "]";
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(parse_certspotter(whole.substr(0, size), "example.jp")) << size;
  for (const char* odd : {R"([{"id": "1"}])", R"([7])", R"(<html></html>)", R"({})", "null"})
    EXPECT_FALSE(parse_certspotter(odd, "example.jp")) << odd;
  EXPECT_FALSE(parse_certspotter("[" + issuance("1&x=2", R"(["example.jp"])") + "]", "example.jp"))
      << "an id goes into the next question";
  for (const char* none : {"null", "[]", "[7]", R"(["..", "a b"])"})
    EXPECT_FALSE(parse_certspotter("[" + issuance("11", none) + "]", "example.jp")) << none;
}

TEST(CrtSh, TellsIssuerDatesAndNamesAndNoPersons) {
  const auto page = parse_crtsh(
      "[" + row(R"(example.jp\nwww.example.jp\nsomebody@example.jp\n192.0.2.1)") + "," + row("x.example.jp") + "]",
      "example.jp");
  ASSERT_TRUE(page) << page.error().detail;
  ASSERT_EQ(page->certificates.size(), 1U) << "a certificate and its precertificate are one";
  EXPECT_EQ(page->certificates[0].names, (std::vector<std::string>{"example.jp", "www.example.jp"}));
  EXPECT_EQ(to_text(page->certificates[0].not_after), "2026-05-30T23:59:59Z");
  EXPECT_EQ(page->certificates[0].issuer, "C=XX, O=Example Trust, CN=R1");
}

TEST(CrtSh, KeepsToTheDomainAndToTenNames) {
  std::string many = "example.jp";
  for (int i = 0; i < 20; ++i) many += "\\nn" + std::to_string(i) + ".example.jp";
  const auto page =
      parse_crtsh("[" + row("notexample.jp", "02") + "," + row(many, "03") + "," + row("jp", "04") + "]", "example.jp");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->certificates.size(), 1U);
  EXPECT_EQ(page->certificates[0].names.size(), 10U);
  EXPECT_EQ(page->certificates[0].more_names, 11);
}

TEST(CrtSh, TakesHalfAnAnswerForNone) {
  const std::string whole = "[" + row("example.jp") + "]";
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(parse_crtsh(whole.substr(0, size), "example.jp")) << size;
  for (const char* odd : {R"([{"issuer_name": "O=X"}])", R"([null])", "<html>502</html>", "{}"})
    EXPECT_FALSE(parse_crtsh(odd, "example.jp")) << odd;
  EXPECT_FALSE(parse_crtsh("[" + row("..") + "]", "example.jp"));
  std::string many = "[" + row("example.jp");
  for (int i = 0; i < 5000; ++i) many += "," + row("example.jp");
  EXPECT_FALSE(parse_crtsh(many + "]", "example.jp")) << "more than can be all of it";
}

TEST(Organisation, IsFoundInEitherOrder) {
  EXPECT_EQ(organisation_of("C=XX, O=Example Trust, CN=R1"), "Example Trust");
  EXPECT_EQ(organisation_of("CN=R1,O=Example Trust,C=XX"), "Example Trust");
  EXPECT_EQ(organisation_of(R"(CN=R1,O=Example\, Inc.,C=XX)"), "Example, Inc.");
  EXPECT_EQ(organisation_of("CN=FOO=BAR"), "CN=FOO=BAR");
  EXPECT_EQ(organisation_of("\\"), "\\");
}

}  // namespace
}  // namespace kenshin
