#include "probes/facts.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

const Instant noon = *parse_instant("2026-11-22T03:00:00Z");
const Target endpoint{TargetKind::Endpoint, "tele.example.jp", 443};

std::string stored(const std::vector<Observation>& observations) {
  Facts facts;
  std::string text = header_line("0.1.0", noon) + "\n";
  for (const auto& o : observations) text += observation_line(facts.add(o)) + "\n";
  return text;
}

TlsVersions versions() {
  return {{{TlsVersion::Tls13, {Answer::Yes, "server_hello"}},
           {TlsVersion::Ssl3, {Answer::Unknown, "reset, control failed"}}}};
}

TEST(Facts, ReadBackWhatWasWritten) {
  CertificateChain chain;
  chain.certificates.resize(1);
  chain.certificates[0].der = {1, 2, 3};
  chain.version = TlsVersion::Tls12;
  const std::vector<Observation> made = {
      observed<TlsVersions>(endpoint, "192.0.2.1", noon, 3, versions()),
      observed<TlsSuites>(
          endpoint, "192.0.2.1", noon, 9,
          TlsSuites{{{TlsVersion::Tls12, {{SuiteId{0xC02F}, SuiteId{0xFFFE}}, true, ChosenBy::Server, ""}}}}),
      observed<TlsGroups>(endpoint, "192.0.2.1", noon, 9,
                          TlsGroups{{{TlsVersion::Tls13, {{GroupId{0x11EC}}, true, true, ""}}}}),
      observed<CertificateChain>(endpoint, "192.0.2.1", noon, 1, chain),
      observed<Registration>({TargetKind::Domain, "example.jp", 0}, "", noon, 1,
                             Error{Error::Kind::RateLimited, "later"}),
      observed<RebootRequired>({TargetKind::Host, "受付PC-1", 0}, "", noon, 0, Error{Error::Kind::Absent, ""}),
      observed<DeclaredClinic>({TargetKind::Clinic, "", 0}, "", noon, 0, DeclaredClinic{}),
      observed<Vantage>({TargetKind::Clinic, "", 0}, "", noon, 0, Vantage{Answer::No, 3, "ca-certificates"}),
  };
  const auto read = read_facts(stored(made) + finished_line(noon + std::chrono::seconds{9}) + "\n", "facts.jsonl");
  ASSERT_TRUE(read) << read.error().detail;
  ASSERT_EQ(read->all().size(), made.size());
  for (std::size_t i = 0; i < made.size(); ++i) {
    Observation expected = made[i];
    expected.id.text = "o" + std::to_string(i + 1);
    EXPECT_EQ(read->all()[i], expected) << expected.name;
  }
  EXPECT_EQ(to_text(read->last_seen()), "2026-11-22T03:00:09Z");
}

TEST(Facts, NeverAskedIsNothingAndAFailureIsNoFact) {
  Facts facts;
  EXPECT_TRUE(facts.of<TlsVersions>(endpoint).empty());
  facts.add(observed<TlsVersions>(endpoint, "192.0.2.1", noon, 1, Error{Error::Kind::Timeout, ""}));
  ASSERT_EQ(facts.of<TlsVersions>(endpoint).size(), 1U);
  EXPECT_EQ(fact_of<TlsVersions>(*facts.of<TlsVersions>(endpoint)[0]), nullptr);
  EXPECT_EQ(facts.one<TlsVersions>(endpoint), nullptr);
}

TEST(FactsFile, DropsALastLineThatWasCutShort) {
  const std::string whole = stored({observed<TlsVersions>(endpoint, "", noon, 1, versions())});
  const auto read = read_facts(whole + R"({"id": "o2", "target)", "facts.jsonl");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->all().size(), 1U);
  EXPECT_FALSE(read->finished);
}

TEST(FactsFile, NamesFileAndLineOfWhatItCannotRead) {
  const std::string header = header_line("0.1.0", noon) + "\n";
  const auto trouble = [&](const std::string& line) {
    const auto read = read_facts(header + line + "\n", "facts.jsonl");
    return read ? std::string("read") : read.error().detail;
  };
  EXPECT_EQ(trouble("{").rfind("facts.jsonl:2", 0), 0U);
  const std::string front = R"({"id":"o1","target":{"kind":"endpoint","name":"tele.example.jp:443"},"probe":")";
  EXPECT_NE(
      trouble(front + R"(tls.colour","at":"2026-11-22T03:00:00Z","fact":{}})").find("not a known fact: tls.colour"),
      std::string::npos);
  EXPECT_NE(trouble(front + R"(tls.versions","at":"2026-11-22T03:00:00Z"})").find("either"), std::string::npos);
  EXPECT_NE(trouble(front + R"(tls.versions","at":"2026-11-22T03:00:00Z","error":{"kind":"bored","detail":""}})")
                .find("error kind: bored"),
            std::string::npos);
  EXPECT_NE(
      trouble(front +
              R"(tls.versions","at":"2026-11-22T03:00:00Z","fact":{"TLSv1.3":{"accepted":"maybe","because":""}}})")
          .find("not a known value"),
      std::string::npos);
  const std::string rest =
      R"(,"probe":"tls.versions","at":"2026-11-22T03:00:00Z","error":{"kind":"timeout","detail":""}})";
  for (const auto target :
       {R"({"kind":"endpoint","name":"<b>"})", R"({"kind":"endpoint","name":""})", R"({"kind":"host","name":""})"})
    EXPECT_NE(trouble(R"({"id":"o1","target":)" + std::string(target) + rest), "read") << target;
  EXPECT_NE(read_facts("", "facts.jsonl").error().detail.find("empty"), std::string::npos);
  EXPECT_NE(read_facts("{\"schema\":\"kenshin.facts/"
                       "9\",\"tool\":{\"name\":\"kenshin\",\"version\":\"1\"},\"started\":\"2026-11-22T03:00:00Z\"}\n",
                       "f")
                .error()
                .detail.find("expected kenshin.facts/1"),
            std::string::npos);
}

TEST(FactsFile, RefusesAnIdThatStandsTwice) {
  const std::string line = observation_line({{"o1"}, endpoint, "", "tls.versions", noon, 0, Fact(versions())});
  EXPECT_FALSE(read_facts(header_line("0.1.0", noon) + "\n" + line + "\n" + line + "\n", "f"));
}

}  // namespace
}  // namespace kenshin
