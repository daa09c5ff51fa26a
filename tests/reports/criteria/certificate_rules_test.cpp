// Certificates made for the rules of CA/B Forum TLS BR 2.2.6 and the root programmes, read as a probe reads them: each
// gets exactly its verdict, and a certificate of any kind of validation the same ones.
#include <gtest/gtest.h>
#include <openssl/rsa.h>

#include <functional>
#include <map>
#include <set>

#include "case.h"
#include "probes/certificate/chain.h"
#include "tests/lab/pki.h"
#include "tests/lab/process.h"

namespace kenshin {

namespace {

const Instant now = noon("2026-11-22");
constexpr const char* name = "tele.example.jp";

using ByCriterion = std::map<std::string, Verdict>;

class CertificateRules : public testing::Test {
 protected:
  CertificateRules() { lab::write_file(folder_.path("bundle.pem"), root_.pem()); }

  static lab::CertificateWish wish(const char* from = "2026-10-01", const char* to = "2026-12-29") {
    lab::CertificateWish out = lab::server_wish(now, {std::string("DNS:") + name});
    out.policies = "2.23.140.1.2.1";
    out.extended_key_usage = "serverAuth";
    out.not_before = Instant(day(from));
    out.not_after = Instant(day(to));
    return out;
  }

  // Signs anew what was altered.
  void sign(const lab::Identity& it, const lab::Identity& by, const EVP_MD* digest = EVP_sha256()) const {
    ASSERT_GT(X509_sign(it.certificate.get(), by.key.get(), digest), 0);
  }

  // What is said of it as a public server's certificate: its root stands for one that all programmes hold.
  ByCriterion verdicts(const std::vector<const lab::Identity*>& sent, const char* on = "2026-11-22",
                       const std::set<std::string>& programmes = {"mozilla", "chrome", "apple", "microsoft"}) const {
    std::vector<Buffer> certificates;
    for (const auto* identity : sent) certificates.push_back(identity->der());
    auto chain = read_chain(certificates, TlsVersion::Tls13, name, folder_.path("bundle.pem"), now);
    EXPECT_TRUE(chain) << (chain ? "" : chain.error().detail);
    chain->store.kind = StoreKind::Programmes;
    chain->store.as_of = day("2026-04-29");
    World world = endpoint().judged_on(on);
    world.profile.roots.programmes = {"mozilla", "chrome", "apple", "microsoft"};
    for (const Anchor& anchor : chain->anchors) world.profile.roots.by_sha256[anchor.sha256] = programmes;
    world.sees(*chain);
    ByCriterion out;
    for (const Finding& finding : judge(world.facts, world.profile, world.on))
      if (finding.force == Force::Must && finding.criterion.text.starts_with("certificate."))
        out[finding.criterion.text] = finding.verdict;
    return out;
  }
  ByCriterion of(const lab::Identity& leaf, const char* on = "2026-11-22") const {
    return verdicts({&leaf, &issuing_}, on);
  }
  ByCriterion of(const lab::CertificateWish& wished, const char* on = "2026-11-22") const {
    return of(lab::issue(wished, &issuing_), on);
  }

  // All are met but these.
  static void expect_only(const ByCriterion& seen, const ByCriterion& amiss) {
    EXPECT_GE(seen.size(), 8U);
    for (const auto& [criterion, verdict] : seen) {
      const auto wanted = amiss.find(criterion);
      EXPECT_EQ(verdict_name(verdict), verdict_name(wanted == amiss.end() ? Verdict::Met : wanted->second))
          << criterion;
    }
    for (const auto& [criterion, verdict] : amiss) EXPECT_EQ(seen.count(criterion), 1U) << criterion;
  }

  lab::Folder folder_;
  lab::Identity root_ = lab::issue(lab::authority_wish(now, "Example Root"), nullptr);
  lab::Identity issuing_ = lab::issue(lab::authority_wish(now, "Example Issuing"), &root_);
};

TEST_F(CertificateRules, AreKeptByDvOvIvAndEvAlike) {
  for (const char* oid : {"2.23.140.1.2.1", "2.23.140.1.2.2", "2.23.140.1.2.3", "2.23.140.1.1"}) {
    auto wished = wish();
    wished.policies = oid;
    expect_only(of(wished), {});
  }
}

TEST_F(CertificateRules, LimitTheLifetimeByTheDayOfIssue) {
  const auto lifetime = [&](const char* from, const char* last_second_of, const char* on) {
    auto wished = wish(from, last_second_of);
    wished.not_after += std::chrono::hours(24) - std::chrono::seconds(1);
    return of(wished, on).at("certificate.lifetime");
  };
  EXPECT_EQ(lifetime("2026-03-14", "2027-04-15", "2026-11-22"), Verdict::Met) << "398 days";
  EXPECT_EQ(lifetime("2026-03-14", "2027-04-16", "2026-11-22"), Verdict::NotMet) << "399 days";
  EXPECT_EQ(lifetime("2026-03-15", "2026-09-30", "2026-09-01"), Verdict::Met) << "200 days";
  EXPECT_EQ(lifetime("2026-03-15", "2026-10-01", "2026-09-01"), Verdict::NotMet) << "201 days";
  EXPECT_EQ(lifetime("2027-03-15", "2027-06-22", "2027-04-01"), Verdict::Met) << "100 days";
  EXPECT_EQ(lifetime("2027-03-15", "2027-06-23", "2027-04-01"), Verdict::NotMet) << "101 days";
  EXPECT_EQ(lifetime("2029-03-15", "2029-04-30", "2027-04-01"), Verdict::Met) << "47 days";
  EXPECT_EQ(lifetime("2029-03-15", "2029-05-01", "2027-04-01"), Verdict::NotMet) << "48 days";
}

TEST_F(CertificateRules, HoldUntilTheLastDay) {
  expect_only(of(wish(), "2026-12-30"), {{"certificate.validity", Verdict::NotMet}});
  expect_only(of(wish(), "2026-12-20"), {{"certificate.validity", Verdict::Attention}});
  expect_only(of(wish("2026-11-25", "2027-01-25")), {{"certificate.validity", Verdict::NotMet}});
}

TEST_F(CertificateRules, AskForTheName) {
  auto wished = wish();
  wished.names = {"DNS:www.example.jp"};
  expect_only(of(wished), {{"certificate.name", Verdict::NotMet}});
  wished.names = {"DNS:*.example.jp"};
  expect_only(of(wished), {});
}

TEST_F(CertificateRules, RefuseShortKeysAndOldSignatures) {
  lab::Identity leaf = lab::issue(wish(), &issuing_);
  leaf.key.reset(EVP_RSA_gen(1024));
  X509_set_pubkey(leaf.certificate.get(), leaf.key.get());
  sign(leaf, issuing_);
  expect_only(of(leaf), {{"certificate.key", Verdict::NotMet}});
  lab::Identity p224 = lab::issue(wish(), &issuing_);
  p224.key.reset(EVP_EC_gen("P-224"));
  X509_set_pubkey(p224.certificate.get(), p224.key.get());
  sign(p224, issuing_);
  expect_only(of(p224), {{"certificate.key", Verdict::NotMet}});
  const lab::Identity old = lab::issue(wish(), &issuing_);
  sign(old, issuing_, EVP_sha1());
  EXPECT_EQ(of(old).at("certificate.signature"), Verdict::NotMet);
}

TEST_F(CertificateRules, RefusePrivateAndSelfSignedOnes) {
  const lab::Identity own_root = lab::issue(lab::authority_wish(now, "Own Root"), nullptr);
  const lab::Identity leaf = lab::issue(wish(), &own_root);
  EXPECT_EQ(verdicts({&leaf, &own_root}).at("certificate.trusted"), Verdict::NotMet);
  const lab::Identity self = lab::issue(wish(), nullptr);
  EXPECT_EQ(verdicts({&self}).at("certificate.trusted"), Verdict::NotMet);
}

TEST_F(CertificateRules, AskWhereAProgrammeLacksTheRoot) {
  const lab::Identity leaf = lab::issue(wish(), &issuing_);
  expect_only(verdicts({&leaf, &issuing_}, "2026-11-22", {"chrome", "apple", "microsoft"}),
              {{"certificate.trusted", Verdict::Attention}});
}

TEST_F(CertificateRules, AskForTheIntermediates) {
  const lab::Identity leaf = lab::issue(wish(), &issuing_);
  EXPECT_EQ(verdicts({&leaf}).at("certificate.chain_complete"), Verdict::NotMet);
}

TEST_F(CertificateRules, RefuseCertificatesOfClients) {
  auto wished = wish();
  wished.extended_key_usage = "clientAuth";
  EXPECT_EQ(of(wished).at("certificate.trusted"), Verdict::NotMet);
}

}  // namespace

}  // namespace kenshin
