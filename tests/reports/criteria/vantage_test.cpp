// Signs of interception: a root that only this machine knows, or unrelated names with one unknown issuer.
#include "reports/criteria/vantage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "case.h"

namespace kenshin {

namespace {

Target at(const char* name) { return {TargetKind::Endpoint, name, 443}; }

CertificateChain chain(Answer trusted, const char* anchor, std::vector<std::string> problems = {}) {
  CertificateChain out;
  Certificate leaf;
  leaf.subject = "CN=leaf";
  leaf.issuer = anchor;
  leaf.key = "EC-P-256";
  leaf.signature = "ecdsa-with-SHA256";
  out.certificates = {leaf};
  out.trusted = trusted;
  out.anchor = anchor;
  out.problems = std::move(problems);
  out.store = {StoreKind::System, "ca-certificates", "", day("2026-10-01")};
  return out;
}

void add(Facts& facts, const char* name, CertificateChain seen) {
  facts.add(observed<CertificateChain>(at(name), "192.0.2.1", noon("2026-11-22"), 1, std::move(seen)));
}

std::map<Target, Interception> suspected_interception(const Facts& facts) {
  InterceptionSigns signs;
  for (const Observation& seen : facts.all()) signs.look_at(seen);
  return signs.suspected();
}

const std::vector<std::string> unknown_root = {"untrusted_root"};

TEST(Interception, IsSuspectedWhereOnlyThisMachineKnowsTheRoot) {
  Facts facts;
  auto seen = chain(Answer::Yes, "CN=Company Proxy");
  seen.anchor_is_local = true;
  add(facts, "tele.example.jp", seen);
  add(facts, "api.example.jp", chain(Answer::Yes, "CN=Public Root"));
  const auto suspected = suspected_interception(facts);
  ASSERT_EQ(suspected.size(), 1U);
  EXPECT_EQ(suspected.at(at("tele.example.jp")).issuer, "CN=Company Proxy");
  EXPECT_EQ(suspected.at(at("tele.example.jp")).evidence.size(), 1U);
}

TEST(Interception, IsSuspectedWhereUnrelatedNamesShareOneUnknownIssuer) {
  Facts facts;
  add(facts, "tele.example.jp", chain(Answer::No, "CN=Box", unknown_root));
  add(facts, "clinic.example.com", chain(Answer::No, "CN=Box", {"chain_incomplete"}));
  add(facts, "other.example.net", chain(Answer::No, "CN=Private CA", unknown_root));
  const auto suspected = suspected_interception(facts);
  EXPECT_EQ(suspected.count(at("tele.example.jp")), 1U);
  EXPECT_EQ(suspected.count(at("clinic.example.com")), 1U);
  EXPECT_EQ(suspected.count(at("other.example.net")), 0U);
}

TEST(Interception, IsNotSuspectedOfAPrivateIssuerWithinOneName) {
  Facts facts;
  add(facts, "tele.example.jp", chain(Answer::No, "CN=Private CA", unknown_root));
  add(facts, "api.example.jp", chain(Answer::No, "CN=Private CA", unknown_root));
  EXPECT_TRUE(suspected_interception(facts).empty());
}

TEST(Interception, IsNotSuspectedOfSelfSignedCertificatesThatLookAlike) {
  Facts facts;
  add(facts, "tele.example.jp", chain(Answer::No, "CN=localhost", {"self_signed"}));
  add(facts, "clinic.example.com", chain(Answer::No, "CN=localhost", {"self_signed"}));
  EXPECT_TRUE(suspected_interception(facts).empty());
}

TEST(Interception, IsNotSuspectedUnderABundleTheUserNamed) {
  Facts facts;
  for (const char* name : {"tele.example.jp", "clinic.example.com"}) {
    auto seen = chain(Answer::No, "CN=Public Root", unknown_root);
    seen.store.kind = StoreKind::Bundle;
    seen.anchor_is_local = true;
    add(facts, name, seen);
  }
  EXPECT_TRUE(suspected_interception(facts).empty());
}

TEST(Interception, TurnsTlsAndCertificateFindingsUnknown) {
  Facts facts;
  auto seen = chain(Answer::Yes, "CN=Company Proxy");
  seen.anchor_is_local = true;
  add(facts, "tele.example.jp", seen);
  facts.add(observed<TlsVersions>(at("tele.example.jp"), "192.0.2.1", noon("2026-11-22"), 1,
                                  TlsVersions{{{TlsVersion::Tls10, {Answer::Yes, ""}}}}));
  const auto findings = judge(facts, profile_of("checklist-2026"), day("2026-11-22"));
  const auto all = all_criteria();
  ASSERT_EQ(std::ssize(findings), std::count_if(all.begin(), all.end(), [](const Criterion& criterion) {
              return criterion.judges == TargetKind::Endpoint;
            }));
  for (const Finding& finding : findings) {
    EXPECT_EQ(finding.verdict, Verdict::Unknown) << finding.criterion.text;
    if (finding.criterion.text == "place.japan") continue;  // rests on no conversation
    EXPECT_EQ(finding.because.code, "vantage") << finding.criterion.text;
    EXPECT_FALSE(finding.evidence.empty());
  }
}

}  // namespace

}  // namespace kenshin
