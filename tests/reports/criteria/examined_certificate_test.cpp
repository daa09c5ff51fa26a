// What is said of certificates whose keys, purposes, revocation and log entries were read, and of the programmes that
// hold their roots.
#include <gtest/gtest.h>

#include "case.h"

namespace kenshin {

namespace {

const std::string leaf_hash(64, 'a'), issuing_hash(64, 'c'), root_hash(64, 'd');

Certificate certificate(const char* subject, const char* issuer, const std::string& sha256) {
  Certificate out;
  out.subject = subject;
  out.issuer = issuer;
  out.sha256 = sha256;
  out.spki_sha256 = std::string(64, 'e');
  out.serial = "04f3a1b2c3d4e5f60718293a4b5c6d7e";
  out.not_before = Instant(day("2026-10-01"));
  out.not_after = Instant(day("2026-12-30"));
  out.key = "RSA-2048";
  out.signature = "sha256WithRSAEncryption";
  out.names = {"tele.example.jp"};
  out.policies = {"2.23.140.1.2.1"};
  out.server_auth = true;
  out.extended_key_usage = {"serverAuth"};
  out.key_usage = {"digitalSignature", "keyEncipherment"};
  out.crl_urls = {"http://crl.example.jp/1.crl"};
  out.ca_issuers_urls = {"http://ca.example.jp/1.crt"};
  return out;
}

CertificateChain good() {
  CertificateChain out;
  out.certificates = {certificate("CN=tele.example.jp", "CN=Issuing CA 1", leaf_hash),
                      certificate("CN=Issuing CA 1", "CN=Root CA", issuing_hash)};
  out.version = TlsVersion::Tls13;
  out.trusted = Answer::Yes;
  out.name_matches = Answer::Yes;
  out.anchor = "CN=Root CA";
  out.anchors = {{"CN=Root CA", root_hash}};
  out.timestamps = {{"01", Instant(day("2026-10-01")), "certificate", Answer::Unknown},
                    {"02", Instant(day("2026-10-01")), "certificate", Answer::Yes}};
  out.store = {StoreKind::Programmes, "roots 2026-06", std::string(64, 'b'), day("2026-04-29")};
  return out;
}

template <class Change>
World sees(Change change) {
  CertificateChain chain = good();
  change(chain);
  return endpoint().sees(chain);
}
template <class Change>
World with_leaf(Change change) {
  return sees([&](CertificateChain& chain) { change(chain.certificates.front()); });
}
World sees_good() {
  return sees([](CertificateChain&) {});
}
World of_old_facts() {
  return with_leaf([](Certificate& leaf) { leaf.spki_sha256.clear(); });
}

DistrustRow row(const std::string& root, DistrustRule rule, const char* date, bool for_cause, const char* mark) {
  DistrustRow out;
  out.authority = "Root CA";
  out.programmes = {"chrome"};
  out.roots = {root};
  out.rule = rule;
  if (*date) out.date = Instant(day(date));
  out.for_cause = for_cause;
  out.mark = mark;
  return out;
}
World distrusting(World world, std::vector<DistrustRow> rows) {
  world.profile.distrust.rows = std::move(rows);
  return world;
}

void add_programmes(std::vector<Case>& out) {
  const char* trusted = "certificate.trusted";
  const auto held_by = [](World world, std::set<std::string> programmes) {
    world.profile.roots.programmes = {"mozilla", "chrome", "apple", "microsoft"};
    world.profile.roots.by_sha256 = {{root_hash, std::move(programmes)}};
    return world;
  };
  out.push_back(held_by(sees_good(), {"mozilla", "chrome", "apple", "microsoft"})
                    .says(trusted, Verdict::Met, "trusted-by-programmes"));
  out.push_back(held_by(sees_good(), {"chrome", "apple", "microsoft"})
                    .says(trusted, Verdict::Attention, "trusted-by-some-programmes"));
  out.push_back(sees([](CertificateChain& c) {
                  c.anchors = {{"CN=Nobody", std::string(64, '0')}};
                }).says(trusted, Verdict::Unknown, "root-not-in-data"));
  World two_paths = held_by(sees([](CertificateChain& c) {
                              c.anchors.push_back({"CN=Older Root CA", leaf_hash});
                            }),
                            {"mozilla"});
  two_paths.profile.roots.by_sha256[leaf_hash] = {"chrome", "apple", "microsoft"};
  out.push_back(two_paths.says(trusted, Verdict::Met, "trusted-by-programmes"));
  World removed = held_by(sees_good(), {"mozilla", "chrome", "apple", "microsoft"});
  removed.profile.distrust.rows = {row(root_hash, DistrustRule::All, "2026-07-01", false, "confirmed")};
  out.push_back(removed.says(trusted, Verdict::Attention, "trusted-by-some-programmes"));
  removed.profile.roots.by_sha256 = {{root_hash, {"chrome"}}};
  out.push_back(removed.says(trusted, Verdict::NotMet, "trusted-by-no-programme"));
  out.push_back(sees([](CertificateChain& c) {
                  c.trusted = Answer::No, c.anchors.clear(), c.problems = {"untrusted_root"};
                }).says(trusted, Verdict::NotMet, "untrusted-root"));
  out.push_back(
      held_by(sees_good(), {"mozilla"}).judged_on("2027-07-01").says(trusted, Verdict::Unknown, "trust-store-old"));
}

void add_distrust(std::vector<Case>& out) {
  const char* distrusted = "certificate.distrusted";
  const auto by = [](DistrustRule rule, const char* date, bool for_cause = true, const char* mark = "confirmed") {
    return distrusting(sees_good(), {row(root_hash, rule, date, for_cause, mark)});
  };
  out.push_back(sees_good().says(distrusted, Verdict::Met, "root-in-good-standing"));
  out.push_back(by(DistrustRule::All, "").says(distrusted, Verdict::NotMet, "root-distrusted"));
  out.push_back(by(DistrustRule::All, "2026-12-01").says(distrusted, Verdict::Met, "root-in-good-standing"));
  out.push_back(by(DistrustRule::All, "", false).says(distrusted, Verdict::Met, "root-in-good-standing"));
  out.push_back(
      by(DistrustRule::All, "", true, "recalled").says(distrusted, Verdict::Attention, "root-distrusted-unconfirmed"));
  out.push_back(by(DistrustRule::NotBeforeAfter, "2026-09-30").says(distrusted, Verdict::NotMet, "root-distrusted"));
  out.push_back(by(DistrustRule::NotBeforeAfter, "2026-10-02").says(distrusted, Verdict::Met, "root-in-good-standing"));
  out.push_back(by(DistrustRule::SctAfter, "2026-09-30").says(distrusted, Verdict::NotMet, "root-distrusted"));
  out.push_back(by(DistrustRule::SctAfter, "2026-10-02").says(distrusted, Verdict::Met, "root-in-good-standing"));
  out.push_back(distrusting(sees([](CertificateChain& c) {
                              for (auto& timestamp : c.timestamps)
                                timestamp.source = "handshake", timestamp.verified = Answer::Unknown;
                            }),
                            {row(root_hash, DistrustRule::SctAfter, "2026-10-02", true, "confirmed")})
                    .says(distrusted, Verdict::Unknown, "distrust-undecided"));
  out.push_back(distrusting(sees([](CertificateChain& c) { c.timestamps.clear(); }),
                            {row(root_hash, DistrustRule::SctAfter, "2026-09-30", true, "confirmed")})
                    .says(distrusted, Verdict::Unknown, "distrust-undecided"));
  out.push_back(distrusting(sees([](CertificateChain& c) {
                              c.anchors.push_back({"CN=Cross", leaf_hash});
                            }),
                            {row(root_hash, DistrustRule::All, "", true, "confirmed")})
                    .says(distrusted, Verdict::Met, "root-in-good-standing"));
  out.push_back(sees_good().judged_on("2028-01-01").says(distrusted, Verdict::Unknown, "distrust-data-old"));
  out.push_back(
      sees([](CertificateChain& c) { c.anchors.clear(); }).says(distrusted, Verdict::Unknown, "roots-not-recorded"));
  out.push_back(sees([](CertificateChain& c) {
                  c.anchors.clear(), c.trusted = Answer::No;
                }).says(distrusted, Verdict::NotApplicable, "no-public-root"));
  out.push_back(sees([](CertificateChain& c) {
                  c.store.kind = StoreKind::Bundle;
                }).says(distrusted, Verdict::NotApplicable, "rules-bind-public-authorities"));
}

void add_keys_and_usage(std::vector<Case>& out) {
  const char* flaws = "certificate.key_flaws";
  const auto flawed = [](const char* problem) {
    return with_leaf([&](Certificate& leaf) { leaf.key_problems = {problem}; });
  };
  out.push_back(sees_good().says(flaws, Verdict::Met, "key-without-flaw"));
  out.push_back(flawed("unknown:debian_weak").says(flaws, Verdict::Unknown, "key-partly-examined"));
  for (const char* problem : {"debian_weak", "roca", "close_primes", "small_factor", "exponent_1"})
    out.push_back(flawed(problem).says(flaws, Verdict::NotMet, "key-broken"));
  for (const char* problem : {"exponent_3", "modulus_not_8"})
    out.push_back(flawed(problem).says(flaws, Verdict::Attention, "key-odd"));
  out.push_back(sees([](CertificateChain& c) {
                  c.certificates[1].key_problems = {"roca"};
                }).says(flaws, Verdict::NotMet, "key-broken"));
  out.push_back(of_old_facts().says(flaws, Verdict::Unknown, "certificate-not-examined"));

  const char* usage = "certificate.usage";
  const auto used_for = [](std::vector<std::string> usages, const char* from = "2026-10-01") {
    return with_leaf([&](Certificate& leaf) {
      leaf.extended_key_usage = std::move(usages);
      leaf.not_before = Instant(day(from));
    });
  };
  out.push_back(sees_good().says(usage, Verdict::Met, "usage-servers"));
  out.push_back(used_for({"serverAuth", "clientAuth"}).says(usage, Verdict::Met, "usage-servers-and-clients"));
  out.push_back(
      used_for({"serverAuth", "clientAuth"}, "2027-03-15").says(usage, Verdict::Attention, "usage-clients-too-late"));
  out.push_back(used_for({"serverAuth", "codeSigning"}).says(usage, Verdict::Attention, "usage-forbidden"));
  out.push_back(used_for({}).says(usage, Verdict::Attention, "usage-not-stated"));
  out.push_back(with_leaf([](Certificate& leaf) {
                  leaf.key_usage = {"keyEncipherment"};
                }).says(usage, Verdict::Attention, "usage-without-signature"));
  out.push_back(with_leaf([](Certificate& leaf) {
                  leaf.server_auth = false;
                }).says(usage, Verdict::NotMet, "usage-not-for-servers"));
  out.push_back(of_old_facts().says(usage, Verdict::Unknown, "certificate-not-examined"));
}

void add_rules_of_authorities(std::vector<Case>& out) {
  const char* validation = "certificate.validation";
  for (const char* oid : {"2.23.140.1.2.1", "2.23.140.1.2.2", "2.23.140.1.2.3", "2.23.140.1.1"})
    out.push_back(with_leaf([&](Certificate& leaf) {
                    leaf.policies = {"1.2.392.1", oid};
                  }).says(validation, Verdict::Met, "validation-recorded"));
  out.push_back(with_leaf([](Certificate& leaf) {
                  leaf.policies.clear();
                }).says(validation, Verdict::Unknown, "validation-not-stated"));

  const char* conformance = "certificate.conformance";
  out.push_back(sees_good().says(conformance, Verdict::Met, "made-by-the-rules"));
  const auto defective = [&](void (*change)(Certificate&)) {
    out.push_back(with_leaf(change).says(conformance, Verdict::Attention, "made-against-the-rules"));
  };
  defective([](Certificate& leaf) { leaf.policies = {"2.23.140.1.2.1", "2.23.140.1.2.2"}; });
  defective([](Certificate& leaf) { leaf.policies.clear(); });
  defective([](Certificate& leaf) { leaf.serial = "000001"; });
  defective([](Certificate& leaf) { leaf.crl_urls.clear(); });
  defective([](Certificate& leaf) { leaf.ca_issuers_urls.clear(); });
  out.push_back(with_leaf([](Certificate& leaf) {
                  leaf.crl_urls.clear();
                  leaf.not_after = leaf.not_before + std::chrono::days(6);
                }).says(conformance, Verdict::Met, "made-by-the-rules"));
  out.push_back(sees([](CertificateChain& c) {
                  c.store.kind = StoreKind::Bundle;
                }).says(conformance, Verdict::NotApplicable, "rules-bind-public-authorities"));
  out.push_back(of_old_facts().says(conformance, Verdict::Unknown, "certificate-not-examined"));

  const char* timestamps = "certificate.timestamps";
  out.push_back(sees_good().says(timestamps, Verdict::Unknown, "timestamps-unverified"));
  out.push_back(sees([](CertificateChain& c) {
                  for (auto& timestamp : c.timestamps) timestamp.verified = Answer::Yes;
                }).says(timestamps, Verdict::Met, "timestamps-enough"));
  out.push_back(sees([](CertificateChain& c) {
                  c.timestamps[1].verified = Answer::No;
                }).says(timestamps, Verdict::Attention, "timestamps-few"));
  out.push_back(sees([](CertificateChain& c) {
                  c.timestamps[1].log_id = "01";
                }).says(timestamps, Verdict::Attention, "timestamps-few"));
  out.push_back(sees([](CertificateChain& c) {
                  c.store.kind = StoreKind::Bundle;
                }).says(timestamps, Verdict::NotApplicable, "rules-bind-public-authorities"));
  out.push_back(of_old_facts().says(timestamps, Verdict::Unknown, "certificate-not-examined"));
}

CertificateRevocation told(const std::string& sha256, Standing standing, const char* because) {
  CertificateStanding one;
  one.sha256 = sha256;
  one.ocsp = RevocationAnswer{standing, because, "http://ocsp.example.jp", {}, {}, {}};
  return {{one}};
}
CertificateRevocation stapled(Standing standing) {
  CertificateStanding one;
  one.sha256 = leaf_hash;
  one.staple = RevocationAnswer{standing, "as stapled", "", {}, {}, {}};
  return {{one}};
}

void add_revocation(std::vector<Case>& out) {
  const char* revocation = "certificate.revocation";
  const auto with = [](CertificateRevocation seen) { return sees_good().sees(std::move(seen)); };
  out.push_back(
      with(told(leaf_hash, Standing::Good, "good")).says(revocation, Verdict::Met, "certificate-not-revoked"));
  for (const auto& hash : {leaf_hash, issuing_hash})
    out.push_back(with(told(hash, Standing::Revoked, "revoked, keyCompromise"))
                      .says(revocation, Verdict::NotMet, "certificate-revoked"));
  out.push_back(
      with(told(leaf_hash, Standing::Unknown, "timeout")).says(revocation, Verdict::Unknown, "revocation-undecided"));
  out.push_back(
      with(told(root_hash, Standing::Revoked, "revoked")).says(revocation, Verdict::Unknown, "revocation-not-asked"));
  out.push_back(with({}).says(revocation, Verdict::Unknown, "revocation-not-asked"));
  CertificateStanding nothing;
  nothing.sha256 = leaf_hash;
  out.push_back(with({{nothing}}).says(revocation, Verdict::NotApplicable, "revocation-not-offered"));
  out.push_back(endpoint()
                    .sees(told(leaf_hash, Standing::Revoked, "revoked"))
                    .says(revocation, Verdict::NotMet, "certificate-revoked"));

  const char* staple = "certificate.must_staple";
  const auto promising = [] { return with_leaf([](Certificate& leaf) { leaf.must_staple = true; }); };
  out.push_back(sees_good().says(staple, Verdict::NotApplicable, "no-staple-promised"));
  out.push_back(promising().sees(stapled(Standing::Good)).says(staple, Verdict::Met, "staple-sent"));
  out.push_back(
      promising().sees(told(leaf_hash, Standing::Good, "good")).says(staple, Verdict::Attention, "staple-missing"));
  out.push_back(promising().sees(stapled(Standing::Unknown)).says(staple, Verdict::Attention, "staple-unusable"));
  out.push_back(promising().says(staple, Verdict::Unknown, "revocation-not-asked"));
  out.push_back(of_old_facts().says(staple, Verdict::Unknown, "certificate-not-examined"));
}

void add_addresses(std::vector<Case>& out) {
  const char* same = "certificate.same_everywhere";
  const auto other = [](const char* ends) {
    CertificateChain chain = good();
    chain.certificates.front().sha256 = std::string(64, 'f');
    chain.certificates.front().not_after = Instant(day(ends));
    return chain;
  };
  const auto two = [](CertificateChain second) {
    return endpoint().sees(good(), "192.0.2.1").sees(std::move(second), "2001:db8::1");
  };
  out.push_back(two(good()).says(same, Verdict::Met, "certificates-same"));
  out.push_back(two(other("2026-12-30")).says(same, Verdict::Met, "certificates-alike"));
  out.push_back(two(other("2027-01-30")).says(same, Verdict::Attention, "certificates-end-apart"));
  out.push_back(sees_good().says(same, Verdict::NotApplicable, "one-address"));
  out.push_back(endpoint()
                    .sees(good(), "192.0.2.1")
                    .fails<CertificateChain>(Error::Kind::Timeout, "192.0.2.2")
                    .says(same, Verdict::Unknown, "could-not-observe"));
  out.push_back(endpoint().says(same, Verdict::Unknown, "never-observed"));
}

}  // namespace

std::vector<Case> examined_certificate_cases() {
  std::vector<Case> out;
  add_programmes(out);
  add_distrust(out);
  add_keys_and_usage(out);
  add_rules_of_authorities(out);
  add_revocation(out);
  add_addresses(out);
  return out;
}

TEST(ExaminedCertificates, SayWhatTheCasesTell) {
  for (const Case& it : examined_certificate_cases()) expect_as_told(it);
}

TEST(ExaminedCertificates, OfEveryKindOfValidationGetTheSameVerdicts) {
  for (const char* oid : {"2.23.140.1.2.2", "2.23.140.1.2.3", "2.23.140.1.1"}) {
    const World dv = sees_good();
    const World other = with_leaf([&](Certificate& leaf) { leaf.policies = {oid}; });
    const auto of_dv = judge(dv.facts, dv.profile, dv.on), of_other = judge(other.facts, other.profile, other.on);
    ASSERT_EQ(of_dv.size(), of_other.size());
    for (std::size_t i = 0; i < of_dv.size(); ++i) EXPECT_EQ(of_dv[i].verdict, of_other[i].verdict) << oid;
  }
}

}  // namespace kenshin
