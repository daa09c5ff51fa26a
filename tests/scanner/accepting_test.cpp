// What of a finished scan becomes a baseline, and what of an older one stays.
#include "scanner/accepting.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

const Instant noon = *parse_instant("2026-11-22T03:00:00Z");
Target domain(const char* name) { return {TargetKind::Domain, name, 0}; }

Registration registered(const char* salt = "00") {
  Registration out;
  out.registered = Answer::Yes;
  out.server = "whois.example";
  out.state = {"active"};
  out.created = *parse_day("2019-04-11");
  out.name_servers = {"ns2.example.jp", "ns1.example.jp"};
  out.holder_hash = std::string(salt) + ":" + std::string(64, 'a');
  return out;
}

CertificateChain chain() {
  CertificateChain out;
  out.certificates.emplace_back();
  out.certificates.front().spki_sha256 = std::string(64, 'c');
  out.certificates.front().issuer = "CN=Example CA";
  return out;
}

Facts facts() {
  Facts out;
  out.started = noon;
  out.finished = noon;
  const auto add = [&](const char* name, Result<Registration> seen) {
    out.add(observed<Registration>(domain(name), "", noon, 1, std::move(seen)));
  };
  add("example.jp", registered());
  Registration free;
  free.registered = Answer::No;
  add("free.example.com", free);
  add("clinic.vercel.app", registered());
  add("limited.example.org", Error{Error::Kind::RateLimited, "later"});
  for (const char* name : {"tele.example.jp", "tele.example.com"})
    out.add(observed<CertificateChain>({TargetKind::Endpoint, name, 443}, "192.0.2.1", noon, 1, chain()));
  return out;
}

TEST(Accepting, TakesWhatWasSeenAndSaysWhatItLeaves) {
  const auto accepted = accept_facts(SavedFacts::of(facts()));
  ASSERT_TRUE(accepted);
  ASSERT_EQ(accepted->baseline.domains.size(), 1U);
  const DeclaredBaseline& it = accepted->baseline.domains.at("example.jp");
  EXPECT_EQ(it.taken, noon);
  EXPECT_EQ(it.name_servers, (std::vector<std::string>{"ns1.example.jp", "ns2.example.jp"}));
  ASSERT_EQ(it.certificates.size(), 1U) << "of endpoints below it alone";
  EXPECT_EQ(it.certificates.front().endpoint, "tele.example.jp:443");
  EXPECT_EQ(accepted->baseline.holder_salt, "00");
  std::map<std::string, std::string> why;
  for (const auto& refused : accepted->refused) why[refused.domain] = refused.why;
  EXPECT_EQ(why, (std::map<std::string, std::string>{{"clinic.vercel.app", "cli.baseline.platform"},
                                                     {"free.example.com", "cli.baseline.not-registered"},
                                                     {"limited.example.org", "error.rate_limited"}}));
}

TEST(Accepting, TakesTheIssuersThatASearchNamed) {
  Facts seen = facts();
  const IssuedCertificate by_one{"C=XX, O=Example Trust, CN=R1", noon, noon, {"example.jp"}, 0};
  const IssuedCertificate by_other{"CN=Some Root", noon, noon, {"example.jp"}, 0};
  seen.add(observed<IssuedCertificates>(domain("example.jp"), "", noon, 1,
                                        IssuedCertificates{"crtsh", "", "", {by_one, by_other, by_one}}));
  EXPECT_EQ(accept_facts(SavedFacts::of(seen))->baseline.domains.at("example.jp").issuers,
            (std::vector<std::string>{"CN=Some Root", "Example Trust"}));
}

TEST(Accepting, TakesTheNamesReliedOnThatAreRegistered) {
  Facts seen = facts();
  DomainDependents relied_on;
  relied_on.registry["example.or.jp"].registered = Answer::Yes;
  relied_on.registry["example.or.jp"].created = *parse_day("2020-01-02");
  relied_on.registry["dateless.example.com"].registered = Answer::Yes;
  relied_on.registry["free.example.com"].created = *parse_day("2020-01-02");
  seen.add(observed<DomainDependents>(domain("example.jp"), "", noon, 1, std::move(relied_on)));
  EXPECT_EQ(accept_facts(SavedFacts::of(seen))->baseline.domains.at("example.jp").dependents,
            (std::map<std::string, Day>{{"example.or.jp", *parse_day("2020-01-02")}}));
}

TEST(Accepting, RefusesAScanThatWasCutShort) {
  Facts unfinished = facts();
  unfinished.finished.reset();
  EXPECT_FALSE(accept_facts(SavedFacts::of(unfinished)));
}

TEST(Accepting, KeepsWhatTheNewFactsDoNotSpeakOf) {
  Baseline before;
  before.holder_salt = "00";
  before.domains["other.example.jp"].holder_hash = "00:" + std::string(64, 'd');
  before.domains["example.jp"].server = "old.example";
  const Baseline now = accept_facts(SavedFacts::of(facts()))->baseline;
  const Baseline both = merged(before, now);
  EXPECT_EQ(both.domains.at("example.jp").server, "whois.example");
  EXPECT_EQ(both.domains.at("other.example.jp").holder_hash, "00:" + std::string(64, 'd'));
}

TEST(Accepting, DropsAHolderHashedWithAnotherSalt) {
  Baseline before;
  before.holder_salt = "ff";
  before.domains["other.example.jp"].holder_hash = "ff:" + std::string(64, 'd');
  const Baseline both = merged(before, accept_facts(SavedFacts::of(facts()))->baseline);
  EXPECT_EQ(both.holder_salt, "00");
  EXPECT_EQ(both.domains.at("other.example.jp").holder_hash, "");
}

TEST(Accepting, ShowsAValueForEveryMember) {
  const auto values = values_of(accept_facts(SavedFacts::of(facts()))->baseline.domains.at("example.jp"));
  EXPECT_EQ(values.size(), 11U);
  for (const auto& [what, value] : values)
    if (what == "holder") {
      EXPECT_EQ(value, std::string(16, 'a')) << "the hash, never the name";
    }
}

}  // namespace
}  // namespace kenshin
