// What is said of keys once targets are compared: shared primes, one key in several systems, SSL 2.0 elsewhere.
#include "reports/criteria/certificate_across.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <algorithm>

#include "case.h"
#include "probes/tls/code_points.h"
#include "tests/lab/pki.h"

namespace kenshin {

namespace {

Target at(const char* name) { return {TargetKind::Endpoint, name, 443}; }

OwnedBignum prime() {
  OwnedBignum out(BN_new());
  BN_generate_prime_ex(out.get(), 512, 0, nullptr, nullptr, nullptr);
  return out;
}

// A certificate whose RSA key has these primes; who signed it is of no matter here.
Buffer certificate_of(const OwnedBignum& p, const OwnedBignum& q) {
  const Owned<BN_CTX, BN_CTX_free> context(BN_CTX_new());
  const OwnedBignum n(BN_new()), e(BN_new());
  BN_mul(n.get(), p.get(), q.get(), context.get());
  BN_set_word(e.get(), 65537);
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> build(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(build.get()));
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> making(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  EVP_PKEY_fromdata_init(making.get());
  EVP_PKEY_fromdata(making.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get());
  const auto now = std::chrono::floor<std::chrono::seconds>(noon("2026-11-22"));
  static const lab::Identity issuer = lab::issue(lab::authority_wish(now, "Issuer"), nullptr);
  return lab::issue_for(OwnedKey(key), lab::server_wish(now), &issuer).der();
}

// The first two share a prime.
struct Moduli {
  Buffer one, alike, sound;
};
const Moduli& moduli() {
  static const Moduli made = [] {
    const OwnedBignum common = prime();
    return Moduli{certificate_of(common, prime()), certificate_of(common, prime()), certificate_of(prime(), prime())};
  }();
  return made;
}

CertificateChain shows(const char* key, const char* certificate, Buffer der = {}) {
  Certificate leaf;
  leaf.subject = "CN=leaf";
  leaf.issuer = "CN=Public CA";
  leaf.key = der.empty() ? "EC-P-256" : "RSA-2048";
  leaf.spki_sha256 = key;
  leaf.sha256 = certificate;
  leaf.der = std::move(der);
  CertificateChain out;
  out.certificates = {leaf};
  out.trusted = Answer::Yes;
  out.anchor = "CN=Public CA";
  out.store = {StoreKind::Programmes, "roots", "", day("2026-10-01")};
  return out;
}

// Besides the endpoint of the case.
World with_other(World world, const char* name, CertificateChain chain) {
  world.facts.add(observed<CertificateChain>(at(name), "192.0.2.2", world.at, 1, std::move(chain)));
  return world;
}
World speaking_ssl2(World world, const char* name, Answer accepted = Answer::Yes) {
  world.facts.add(observed<TlsVersions>(at(name), "192.0.2.2", world.at, 1,
                                        TlsVersions{{{TlsVersion::Ssl2, {accepted, "ssl2 hello"}}}}));
  return world;
}
World without_ssl2(World world) {
  return world.sees(TlsWeaknesses{{{Weakness::Drown, {Answer::No, "SSLv2: alert"}}}}, "192.0.2.1");
}
World accepting(World world, const char* suite) {
  return world.sees(TlsSuites{{{TlsVersion::Tls12, {{*suite_named(suite)}, true, ChosenBy::Server, "", true}}}},
                    "192.0.2.1");
}

constexpr const char* shared = "certificate.key_shared";
constexpr const char* drown = "tls.weakness.drown";

}  // namespace

std::vector<Case> key_cases() {
  const World one = endpoint().sees(shows("k1", "c1"), "192.0.2.1");
  const World rsa = endpoint().sees(shows("k1", "c1", moduli().one), "192.0.2.1");
  const World safe = without_ssl2(rsa);
  const auto danger = [](const World& world, CertificateChain other) {
    return speaking_ssl2(with_other(world, "mail.example.com", std::move(other)), "mail.example.com");
  };
  CertificateChain old = shows("", "c1");
  return {
      one.says(shared, Verdict::NotApplicable, "key-not-compared"),
      endpoint().sees(old).says(shared, Verdict::Unknown, "certificate-not-examined"),
      endpoint().fails<CertificateChain>(Error::Kind::Timeout).says(shared, Verdict::Unknown, "could-not-observe"),
      endpoint().says(shared, Verdict::Unknown, "never-observed"),
      with_other(one, "b.example.com", shows("k2", "c2")).says(shared, Verdict::Met, "key-not-shared"),
      with_other(one, "b.example.com", shows("k1", "c1")).says(shared, Verdict::Met, "key-not-shared"),
      with_other(one, "api.example.jp", shows("k1", "c2")).says(shared, Verdict::Met, "key-not-shared"),
      with_other(one, "b.example.com", shows("k1", "c2")).says(shared, Verdict::Attention, "key-shared"),
      with_other(rsa, "b.example.com", shows("k2", "c2", moduli().alike))
          .says(shared, Verdict::NotMet, "key-prime-shared"),
      with_other(rsa, "api.example.jp", shows("k2", "c2", moduli().alike))
          .says(shared, Verdict::NotMet, "key-prime-shared"),
      with_other(rsa, "b.example.com", shows("k2", "c2", moduli().sound)).says(shared, Verdict::Met, "key-not-shared"),
      with_other(endpoint().sees(shows("k1", "c1", {0x30, 0x00})), "b.example.com", shows("k2", "c2", moduli().sound))
          .says(shared, Verdict::Unknown, "keys-compared-in-part"),
      danger(accepting(safe, "TLS_RSA_WITH_AES_128_CBC_SHA"), shows("k1", "c2", moduli().one))
          .says(drown, Verdict::NotMet, "drown-elsewhere"),
      danger(accepting(safe, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"), shows("k1", "c1", moduli().one))
          .says(drown, Verdict::Attention, "drown-key-elsewhere"),
      danger(safe, shows("k1", "c1", moduli().one)).says(drown, Verdict::Attention, "drown-key-elsewhere"),
      danger(safe, shows("k2", "c2", moduli().sound)).says(drown, Verdict::Met, "weakness-absent"),
      speaking_ssl2(with_other(safe, "mail.example.com", shows("k1", "c1", moduli().one)), "mail.example.com",
                    Answer::Unknown)
          .says(drown, Verdict::Met, "weakness-absent"),
      danger(without_ssl2(one), shows("k1", "c1")).says(drown, Verdict::Met, "weakness-absent"),
  };
}

namespace {

TEST(KeysAcross, SayWhatTheCasesTell) {
  for (const Case& it : key_cases()) expect_as_told(it);
}

const Finding& finding_of(const std::vector<Finding>& findings, const Target& target, std::string_view criterion) {
  const auto at = std::find_if(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.target == target && finding.criterion.text == criterion;
  });
  if (at == findings.end()) throw std::out_of_range(std::string(criterion));
  return *at;
}

TEST(KeysAcross, TellEveryTargetOfACommonPrimeAndReachTheItem) {
  const World world = with_other(endpoint().sees(shows("k1", "c1", moduli().one), "192.0.2.1"), "b.example.com",
                                 shows("k2", "c2", moduli().alike));
  const auto findings = judge(world.facts, world.profile, world.on);
  for (const Target& target : {world.target, at("b.example.com")}) {
    const Finding& finding = finding_of(findings, target, shared);
    EXPECT_EQ(finding.verdict, Verdict::NotMet);
    EXPECT_EQ(finding.force, Force::Must);
    EXPECT_EQ(finding.because.parameters.at(0).second, "b.example.com:443, tele.example.jp:443");
    EXPECT_EQ(finding.evidence.size(), 1U);
  }
}

TEST(KeysAcross, StayANoteForRolesTheItemDoesNotSpeakOf) {
  World world = with_other(endpoint().sees(shows("k1", "c1", moduli().one), "192.0.2.1"), "b.example.com",
                           shows("k2", "c2", moduli().alike));
  DeclaredEndpoint declared;
  declared.role = Role::Website;
  world.sees(declared);
  EXPECT_EQ(finding_of(judge(world.facts, world.profile, world.on), world.target, shared).force, Force::Note);
}

TEST(KeysAcross, FindTwoKeysOfOneTargetThatShareAPrime) {
  const World world = endpoint()
                          .sees(shows("k1", "c1", moduli().one), "192.0.2.1")
                          .sees(shows("k2", "c2", moduli().alike), "192.0.2.1");
  EXPECT_EQ(finding_of(judge(world.facts, world.profile, world.on), world.target, shared).verdict, Verdict::NotMet);
}

// A site name and a certificate may hold a system together in several steps.
TEST(KeysAcross, TakeWhatIsLinkedByNamesAndCertificatesForOneSystem) {
  World world = endpoint().sees(shows("k1", "c1"), "192.0.2.1");
  world = with_other(std::move(world), "b.example.com", shows("k1", "c1"));
  world = with_other(std::move(world), "c.example.com", shows("k1", "c2"));
  EXPECT_EQ(finding_of(judge(world.facts, world.profile, world.on), world.target, shared).verdict, Verdict::Met);
  world = with_other(std::move(world), "d.example.net", shows("k1", "c3"));
  for (const char* name : {"tele.example.jp", "b.example.com", "c.example.com", "d.example.net"})
    EXPECT_EQ(finding_of(judge(world.facts, world.profile, world.on), at(name), shared).verdict, Verdict::Attention);
}

TEST(KeysAcross, AreLeftAloneBehindAnInterceptor) {
  CertificateChain mine = shows("k1", "c1"), theirs = shows("k1", "c2");
  mine.anchor_is_local = theirs.anchor_is_local = true;
  const World world = with_other(endpoint().sees(mine, "192.0.2.1"), "b.example.com", theirs);
  EXPECT_EQ(finding_of(judge(world.facts, world.profile, world.on), world.target, shared).because.code, "vantage");
}

TEST(KeysAcross, NeverJudgeAGeneralPurposeServiceNorBlameOthersForIt) {
  World world = with_other(endpoint().sees(shows("k1", "c1"), "192.0.2.1"), "b.example.com", shows("k1", "c2"));
  DeclaredEndpoint declared;
  declared.owner = Owner::GeneralService;
  world.facts.add(observed<DeclaredEndpoint>(at("b.example.com"), "", world.at, 0, declared));
  const auto findings = judge(world.facts, world.profile, world.on);
  EXPECT_EQ(finding_of(findings, world.target, shared).verdict, Verdict::NotApplicable);
  EXPECT_EQ(finding_of(findings, at("b.example.com"), shared).because.code, "general-service");
}

}  // namespace

}  // namespace kenshin
