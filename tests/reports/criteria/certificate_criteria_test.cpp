// What is said of a chain as it was sent, on the day of judging.
#include <gtest/gtest.h>

#include "case.h"

namespace kenshin {

namespace {

Certificate certificate(const char* subject, const char* issuer, const char* from, const char* to) {
  Certificate out;
  out.subject = subject;
  out.issuer = issuer;
  out.sha256 = std::string(64, 'a');
  out.not_before = Instant(day(from));
  out.not_after = Instant(day(to)) - std::chrono::seconds(1);
  out.key = "EC-P-256";
  out.signature = "ecdsa-with-SHA256";
  out.names = {"tele.example.jp"};
  out.self_issued = out.subject == out.issuer;
  out.server_auth = true;
  return out;
}

Certificate leaf() { return certificate("CN=tele.example.jp", "CN=Issuing CA 1", "2026-10-01", "2026-12-30"); }
Certificate issuing() { return certificate("CN=Issuing CA 1", "CN=Root CA", "2020-01-01", "2030-01-01"); }

CertificateChain good() {
  CertificateChain chain;
  chain.certificates = {leaf(), issuing()};
  chain.version = TlsVersion::Tls12;
  chain.trusted = Answer::Yes;
  chain.name_matches = Answer::Yes;
  chain.anchor = "CN=Root CA";
  chain.store = {StoreKind::System, "ca-certificates 20230311", std::string(64, 'b'), day("2026-01-10")};
  return chain;
}

template <class Change>
World sees(Change change) {
  CertificateChain chain = good();
  change(chain);
  return endpoint().sees(chain);
}
World sees_good() {
  return sees([](CertificateChain&) {});
}
World refused(std::vector<std::string> problems) {
  return sees([&](CertificateChain& c) { c.trusted = Answer::No, c.problems = problems; });
}

void add_trust(std::vector<Case>& out) {
  const char* trusted = "certificate.trusted";
  out.push_back(sees_good().says(trusted, Verdict::Met, "trusted-by-system"));
  out.push_back(sees([](CertificateChain& c) {
                  c.store.kind = StoreKind::Bundle;
                }).says(trusted, Verdict::Met, "trusted-by-bundle"));
  CertificateSelection selection;
  selection.undecided = {"EC"};
  out.push_back(sees_good().sees(selection).says(trusted, Verdict::Unknown, "certificate-not-fetched"));
  out.push_back(refused({"self_signed"}).sees(selection).says(trusted, Verdict::NotMet, "self-signed"));
  out.push_back(refused({"untrusted_root"}).says(trusted, Verdict::NotMet, "untrusted-root"));
  out.push_back(refused({"self_signed"}).says(trusted, Verdict::NotMet, "self-signed"));
  out.push_back(refused({"bad_signature"}).says(trusted, Verdict::NotMet, "bad-signature"));
  out.push_back(refused({"not_for_servers"}).says(trusted, Verdict::NotMet, "not-for-servers"));
  out.push_back(refused({"constraint"}).says(trusted, Verdict::NotMet, "constraint-violated"));
  out.push_back(refused({"chain_incomplete"}).says(trusted, Verdict::Unknown, "no-path"));
  out.push_back(refused({}).says(trusted, Verdict::Unknown, "trust-undecided"));
  out.push_back(sees([](CertificateChain& c) { c.anchor_is_local = true; }).says(trusted, Verdict::Unknown, "vantage"));
  out.push_back(sees_good().judged_on("2027-03-01").says(trusted, Verdict::Unknown, "trust-store-old"));
  out.push_back(sees([](CertificateChain& c) { c.store.kind = StoreKind::Bundle; })
                    .judged_on("2027-03-01")
                    .says(trusted, Verdict::Met, "trusted-by-bundle"));
  out.push_back(
      sees([](CertificateChain& c) { c.certificates.clear(); }).says(trusted, Verdict::Unknown, "no-certificate"));
  out.push_back(
      endpoint().fails<CertificateChain>(Error::Kind::NotTls).says(trusted, Verdict::Unknown, "could-not-observe"));

  const char* name = "certificate.name";
  const auto named = [](Answer matches) { return sees([&](CertificateChain& c) { c.name_matches = matches; }); };
  out.push_back(named(Answer::Yes).says(name, Verdict::Met, "name-matches"));
  out.push_back(named(Answer::No).says(name, Verdict::NotMet, "name-differs"));
  out.push_back(named(Answer::Unknown).says(name, Verdict::Unknown, "name-undecided"));

  const char* complete = "certificate.chain_complete";
  out.push_back(sees_good().says(complete, Verdict::Met, "chain-complete"));
  out.push_back(refused({"chain_incomplete"}).says(complete, Verdict::NotMet, "chain-incomplete"));
  out.push_back(sees([](CertificateChain& c) {
                  c.problems = {"chain_incomplete"};
                }).says(complete, Verdict::Attention, "chain-incomplete-here-known"));
  out.push_back(sees([](CertificateChain& c) {
                  c.problems = {"wrong_order"};
                }).says(complete, Verdict::Attention, "chain-order"));
  out.push_back(refused({"self_signed"}).says(complete, Verdict::NotApplicable, "chain-of-one"));
  out.push_back(refused({"untrusted_root"}).says(complete, Verdict::Unknown, "chain-undecided"));
  out.push_back(sees([](CertificateChain& c) {
                  c.trusted = Answer::No;
                  c.problems = {"untrusted_root"};
                  c.certificates.push_back(certificate("CN=Root CA", "CN=Root CA", "2010-01-01", "2040-01-01"));
                }).says(complete, Verdict::Met, "chain-complete"));
}

void add_dates(std::vector<Case>& out) {
  const char* validity = "certificate.validity";
  out.push_back(sees_good().says(validity, Verdict::Met, "in-validity"));
  out.push_back(sees_good().judged_on("2026-12-30").says(validity, Verdict::NotMet, "expired"));
  out.push_back(sees_good().judged_on("2026-09-30").says(validity, Verdict::NotMet, "not-yet-valid"));
  out.push_back(sees_good().judged_on("2026-12-17").says(validity, Verdict::Attention, "expires-soon"));
  out.push_back(sees([](CertificateChain& c) {
                  c.certificates[1].not_after = noon("2026-11-01");
                }).says(validity, Verdict::NotMet, "intermediate-expired"));
  out.push_back(sees([](CertificateChain& c) {
                  c.certificates[1].not_after = noon("2026-11-25");
                }).says(validity, Verdict::Attention, "intermediate-expires-soon"));
  out.push_back(endpoint().says(validity, Verdict::Unknown, "never-observed"));

  const char* lifetime = "certificate.lifetime";
  const auto lasting = [](const char* from, const char* to) {
    return sees([&](CertificateChain& c) { c.certificates[0] = certificate("CN=a", "CN=Issuing CA 1", from, to); });
  };
  out.push_back(lasting("2026-10-01", "2027-04-19").says(lifetime, Verdict::Met, "lifetime-in-limit"));
  out.push_back(lasting("2026-10-01", "2027-04-20").says(lifetime, Verdict::NotMet, "lifetime-too-long"));
  out.push_back(lasting("2026-03-14", "2027-04-16").says(lifetime, Verdict::Met, "lifetime-in-limit"));
  out.push_back(lasting("2027-03-15", "2027-06-24").says(lifetime, Verdict::NotMet, "lifetime-too-long"));
  out.push_back(lasting("2018-02-01", "2021-01-01").says(lifetime, Verdict::NotApplicable, "lifetime-before-rules"));
  out.push_back(lasting("2019-01-01", "2021-01-01").says(lifetime, Verdict::Met, "lifetime-in-limit"));
  out.push_back(lasting("2019-01-01", "2022-01-01").says(lifetime, Verdict::Attention, "lifetime-too-long"));
  out.push_back(lasting("2026-10-01", "2026-01-01").says(lifetime, Verdict::Unknown, "dates-reversed"));
  out.push_back(sees([](CertificateChain& c) {
                  c.store.kind = StoreKind::Bundle;
                  c.certificates[0].not_after = noon("2036-01-01");
                }).says(lifetime, Verdict::NotApplicable, "lifetime-under-bundle"));
}

void add_strength(std::vector<Case>& out) {
  const auto keyed = [](const char* leaf_key, const char* issuing_key) {
    return sees([&](CertificateChain& c) { c.certificates[0].key = leaf_key, c.certificates[1].key = issuing_key; });
  };
  const char* key = "certificate.key";
  out.push_back(keyed("RSA-2048", "RSA-4096").says(key, Verdict::Met, "key-strong"));
  out.push_back(keyed("RSA-1024", "RSA-4096").says(key, Verdict::NotMet, "key-weak"));
  out.push_back(keyed("EC-P-256", "RSA-1024").says(key, Verdict::NotMet, "key-weak"));
  out.push_back(keyed("EC-P-224", "RSA-2048").says(key, Verdict::NotMet, "key-weak"));
  out.push_back(keyed("Ed25519", "RSA-2048").says(key, Verdict::Attention, "key-unlisted"));
  out.push_back(keyed("RSA-", "RSA-2048").says(key, Verdict::Unknown, "key-unreadable"));
  out.push_back(keyed("", "RSA-2048").says(key, Verdict::Unknown, "key-unreadable"));

  const auto signed_by = [](const char* leaf_algorithm, const char* issuing_algorithm) {
    return sees([&](CertificateChain& c) {
      c.certificates[0].signature = leaf_algorithm, c.certificates[1].signature = issuing_algorithm;
    });
  };
  const char* signature = "certificate.signature";
  out.push_back(
      signed_by("sha256WithRSAEncryption", "ecdsa-with-SHA384").says(signature, Verdict::Met, "signature-strong"));
  out.push_back(
      signed_by("sha256WithRSAEncryption", "sha1WithRSAEncryption").says(signature, Verdict::NotMet, "signature-weak"));
  out.push_back(
      signed_by("md5WithRSAEncryption", "ecdsa-with-SHA256").says(signature, Verdict::NotMet, "signature-weak"));
  out.push_back(signed_by("rsassaPss", "ecdsa-with-SHA256").says(signature, Verdict::Unknown, "signature-unreadable"));
}

Verdict verdict_of(const char* criterion, const World& world) {
  return criterion_named(criterion)->judge({world.facts, world.target, world.profile, world.on}).verdict;
}

}  // namespace

std::vector<Case> certificate_cases() {
  std::vector<Case> out;
  add_trust(out);
  add_dates(out);
  add_strength(out);
  return out;
}

TEST(CertificateCriteria, SayWhatTheCasesTell) {
  for (const Case& it : certificate_cases()) expect_as_told(it);
}

TEST(CertificateValidity, HeedsTheMomentOnTheDayOfTheScan) {
  World world = endpoint();
  CertificateChain chain = good();
  chain.certificates[0].not_after = world.at - std::chrono::seconds(1);
  EXPECT_EQ(verdict_of("certificate.validity", endpoint().sees(chain)), Verdict::NotMet);
  chain.certificates[0].not_after = world.at;
  EXPECT_EQ(verdict_of("certificate.validity", endpoint().sees(chain)), Verdict::Attention);
}

TEST(CertificateValidity, LeavesOutACrossSignedRootThatTheStoreKnowsItself) {
  const auto expired = certificate("CN=Root CA", "CN=Older Root", "2016-01-01", "2021-09-30");
  EXPECT_EQ(verdict_of("certificate.validity", sees([&](CertificateChain& c) { c.certificates.push_back(expired); })),
            Verdict::Met);
}

TEST(CertificateValidity, TakesTheValidOneOfTwoIntermediatesWithOneName) {
  const auto expired = certificate("CN=Issuing CA 1", "CN=Root CA", "2016-01-01", "2021-09-30");
  EXPECT_EQ(verdict_of("certificate.validity",
                       sees([&](CertificateChain& c) { c.certificates.insert(c.certificates.begin() + 1, expired); })),
            Verdict::Met);
}

TEST(CertificateValidity, WarnsAShortLivedCertificateSevenDaysAhead) {
  const auto six_days_left = certificate("CN=a", "CN=Issuing CA 1", "2026-11-20", "2026-11-28");
  const auto world = sees([&](CertificateChain& c) { c.certificates[0] = six_days_left; });
  EXPECT_EQ(verdict_of("certificate.validity", world), Verdict::Attention);
}

TEST(CertificateSignature, DoesNotAskForThatOfARoot) {
  auto root = certificate("CN=Root CA", "CN=Root CA", "2000-01-01", "2040-01-01");
  root.signature = "sha1WithRSAEncryption";
  root.key = "RSA-1024";
  const auto world = sees([&](CertificateChain& c) { c.anchor = "CN=Another", c.certificates.push_back(root); });
  EXPECT_EQ(verdict_of("certificate.signature", world), Verdict::Met);
  EXPECT_EQ(verdict_of("certificate.key", world), Verdict::Met);
}

TEST(CertificatePath, EndsWhereCertificatesNameOneAnotherInACircle) {
  const auto world = sees([](CertificateChain& c) {
    c.trusted = Answer::No;
    c.problems = {"untrusted_root"};
    c.certificates = {certificate("CN=a", "CN=b", "2026-10-01", "2026-12-30"),
                      certificate("CN=b", "CN=c", "2026-01-01", "2027-12-30"),
                      certificate("CN=c", "CN=b", "2026-01-01", "2027-12-30")};
  });
  EXPECT_EQ(verdict_of("certificate.key", world), Verdict::Met);
}

}  // namespace kenshin
