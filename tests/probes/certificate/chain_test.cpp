// Reading, naming and verifying chains, without any network: what each fault is called, and that dates never decide
// trust.
#include "probes/certificate/chain.h"

#include <gtest/gtest.h>

#include "tests/lab/pki.h"
#include "tests/lab/process.h"

namespace kenshin {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Instant now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22};

class Chain : public testing::Test {
 protected:
  Chain() { lab::write_file(bundle(), root_.pem()); }
  std::string bundle() const { return folder_.path("bundle.pem"); }

  // What was made of these certificates, for consult.example.jp.
  CertificateChain read(const std::vector<const lab::Identity*>& sent,
                        const std::string& host = "consult.example.jp") const {
    std::vector<Buffer> certificates;
    for (const auto* identity : sent) certificates.push_back(identity->der());
    const auto out = read_chain(certificates, TlsVersion::Tls12, host, bundle(), now);
    EXPECT_TRUE(out) << (out ? "" : out.error().detail);
    return out ? *out : CertificateChain{};
  }
  lab::Identity leaf(const lab::CertificateWish& wish = lab::server_wish(now)) const {
    return lab::issue(wish, &issuing_);
  }

  using Problems = std::vector<std::string>;
  lab::Folder folder_;
  lab::Identity root_ = lab::issue(lab::authority_wish(now, "Example Root"), nullptr);
  lab::Identity issuing_ = lab::issue(lab::authority_wish(now, "Example Issuing"), &root_);
};

TEST_F(Chain, ThatIsRightIsTrustedWithoutProblems) {
  auto wish = lab::server_wish(now, {"DNS:consult.example.jp", "IP:192.0.2.1", "IP:2001:db8::1"});
  wish.policies = "2.23.140.1.2.1";
  wish.extended_key_usage = "serverAuth";
  const auto server = leaf(wish);
  const auto seen = read({&server, &issuing_});
  EXPECT_EQ(seen.trusted, Answer::Yes);
  EXPECT_EQ(seen.name_matches, Answer::Yes);
  EXPECT_EQ(seen.problems, Problems{});
  EXPECT_EQ(seen.anchor, "CN=Example Root,O=Example Clinic,C=JP");
  EXPECT_FALSE(seen.anchor_is_local);
  EXPECT_EQ(seen.store.kind, StoreKind::Bundle);
  EXPECT_EQ(seen.store.name, "bundle.pem");
  EXPECT_EQ(seen.store.sha256.size(), 64U);
  EXPECT_TRUE(seen.store.as_of);
  ASSERT_EQ(seen.certificates.size(), 2U);
  const auto& certificate = seen.certificates.front();
  EXPECT_EQ(certificate.subject, "CN=consult.example.jp,O=Example Clinic,C=JP");
  EXPECT_EQ(certificate.issuer, "CN=Example Issuing,O=Example Clinic,C=JP");
  EXPECT_EQ(certificate.key, "EC-P-256");
  EXPECT_EQ(certificate.signature, "ecdsa-with-SHA256");
  EXPECT_EQ(certificate.names, (std::vector<std::string>{"consult.example.jp", "192.0.2.1", "2001:db8::1"}));
  EXPECT_EQ(certificate.policies, std::vector<std::string>{"2.23.140.1.2.1"});
  EXPECT_EQ(certificate.not_before, now - days(30));
  EXPECT_EQ(certificate.not_after, now + days(60));
  EXPECT_TRUE(certificate.server_auth);
  EXPECT_FALSE(certificate.is_ca);
  EXPECT_TRUE(seen.certificates[1].is_ca);
  EXPECT_EQ(certificate.der, server.der());
}

TEST_F(Chain, ThatExpiredIsTrustedWhateverTheDatesSay) {
  auto wish = lab::server_wish(now);
  wish.not_after = now - 1s;
  const auto server = leaf(wish);
  const auto seen = read({&server, &issuing_});
  EXPECT_EQ(seen.trusted, Answer::Yes);
  EXPECT_EQ(seen.problems, Problems{"expired"});
}

TEST_F(Chain, WithAnExpiredIntermediateSaysExpired) {
  auto wish = lab::authority_wish(now, "Example Old Issuing");
  wish.not_after = now - days(1);
  const auto old = lab::issue(wish, &root_);
  const auto server = lab::issue(lab::server_wish(now), &old);
  EXPECT_EQ(read({&server, &old}).problems, Problems{"expired"});
}

TEST_F(Chain, ThatIsNotYetValidSaysSo) {
  auto wish = lab::server_wish(now);
  wish.not_before = now + 1h;
  const auto server = leaf(wish);
  EXPECT_EQ(read({&server, &issuing_}).problems, Problems{"not_yet_valid"});
}

TEST_F(Chain, WithoutItsIntermediateIsIncompleteAndNamesWhatIsMissing) {
  const auto server = leaf();
  const auto seen = read({&server});
  EXPECT_EQ(seen.trusted, Answer::No);
  EXPECT_EQ(seen.problems, Problems{"chain_incomplete"});
  EXPECT_EQ(seen.anchor, "CN=Example Issuing,O=Example Clinic,C=JP");
}

TEST_F(Chain, BelowAnUnknownRootIsUntrusted) {
  const auto other_root = lab::issue(lab::authority_wish(now, "Other Root"), nullptr);
  const auto other = lab::issue(lab::authority_wish(now, "Other Issuing"), &other_root);
  const auto server = lab::issue(lab::server_wish(now), &other);
  EXPECT_EQ(read({&server, &other, &other_root}).problems, (Problems{"untrusted_root", "root_sent"}));
  EXPECT_EQ(read({&server, &other}).problems, Problems{"untrusted_root"});
  for (const auto& seen : {read({&server, &other, &other_root}), read({&server, &other})}) {
    EXPECT_EQ(seen.trusted, Answer::No);
    EXPECT_EQ(seen.anchor, "CN=Other Root,O=Example Clinic,C=JP");
  }
}

TEST_F(Chain, OfOneSelfSignedCertificateSaysSo) {
  const auto server = lab::issue(lab::server_wish(now), nullptr);
  const auto seen = read({&server});
  EXPECT_EQ(seen.trusted, Answer::No);
  EXPECT_EQ(seen.problems, Problems{"self_signed"});
  EXPECT_TRUE(seen.certificates.front().self_issued);
}

TEST_F(Chain, ForAnotherNameDoesNotMatchAndTheCommonNameNeverCounts) {
  auto wish = lab::server_wish(now, {"DNS:www.example.jp"});
  wish.subject = "consult.example.jp";
  const auto server = leaf(wish);
  const auto seen = read({&server, &issuing_});
  EXPECT_EQ(seen.name_matches, Answer::No);
  EXPECT_EQ(seen.trusted, Answer::Yes);
  EXPECT_EQ(seen.problems, Problems{"name_mismatch"});
}

// RFC 9525 6.3: the wildcard is the whole left-most label.
TEST_F(Chain, WildcardsStandForOneWholeLabel) {
  const auto whole = leaf(lab::server_wish(now, {"DNS:*.example.jp"}));
  EXPECT_EQ(read({&whole, &issuing_}).name_matches, Answer::Yes);
  EXPECT_EQ(read({&whole, &issuing_}, "a.consult.example.jp").name_matches, Answer::No);
  const auto partial = leaf(lab::server_wish(now, {"DNS:con*.example.jp"}));
  EXPECT_EQ(read({&partial, &issuing_}).name_matches, Answer::No);
}

TEST_F(Chain, AddressesMatchAddressesOnly) {
  const auto server = leaf(lab::server_wish(now, {"IP:192.0.2.1", "DNS:192.0.2.2"}));
  EXPECT_EQ(read({&server, &issuing_}, "192.0.2.1").name_matches, Answer::Yes);
  EXPECT_EQ(read({&server, &issuing_}, "192.0.2.2").name_matches, Answer::No);
}

TEST_F(Chain, OutOfOrderIsTrustedAndSaysSo) {
  const auto server = leaf();
  const auto seen = read({&server, &root_, &issuing_});
  EXPECT_EQ(seen.trusted, Answer::Yes);
  EXPECT_EQ(seen.problems, (Problems{"wrong_order", "root_sent"}));
}

TEST_F(Chain, ForClientsOnlyIsNotForServers) {
  auto wish = lab::server_wish(now);
  wish.extended_key_usage = "clientAuth";
  const auto server = leaf(wish);
  const auto seen = read({&server, &issuing_});
  EXPECT_EQ(seen.trusted, Answer::No);
  EXPECT_EQ(seen.problems, Problems{"not_for_servers"});
  EXPECT_FALSE(seen.certificates.front().server_auth);
}

TEST_F(Chain, IssuedByAServerCertificateBreaksAConstraint) {
  auto wish = lab::server_wish(now, {"DNS:www.example.jp"});
  wish.subject = "www.example.jp";
  const auto no_authority = leaf(wish);
  const auto server = lab::issue(lab::server_wish(now), &no_authority);
  EXPECT_EQ(read({&server, &no_authority, &issuing_}).trusted, Answer::No);
  EXPECT_EQ(read({&server, &no_authority, &issuing_}).problems, Problems{"constraint"});
}

TEST_F(Chain, WithAForgedSignatureIsBad) {
  const auto server = leaf();
  Buffer der = server.der();
  der.back() ^= 1;
  const auto seen = read_chain({der, issuing_.der()}, TlsVersion::Tls12, "consult.example.jp", bundle(), now);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->trusted, Answer::No);
  EXPECT_EQ(seen->problems, Problems{"bad_signature"});
}

TEST_F(Chain, ThatCannotBeReadIsMalformed) {
  const auto server = leaf();
  Buffer longer = server.der();
  longer.push_back(0);
  for (const Buffer& bad : {longer, Buffer{0x30, 0x00}, Buffer{}}) {
    const auto seen = read_chain({bad}, TlsVersion::Tls12, "consult.example.jp", bundle(), now);
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().kind, Error::Kind::Malformed);
  }
}

TEST_F(Chain, WithoutCertificatesIsAbsent) {
  EXPECT_EQ(read_chain({}, TlsVersion::Tls12, "consult.example.jp", bundle(), now).error().kind, Error::Kind::Absent);
}

TEST_F(Chain, ABundleThatIsMissingOrEmptyIsAnErrorNotDistrust) {
  const auto server = leaf();
  const auto with = [&](const std::string& path) {
    return read_chain({server.der(), issuing_.der()}, TlsVersion::Tls12, "consult.example.jp", path, now).error().kind;
  };
  EXPECT_EQ(with(folder_.path("nothing.pem")), Error::Kind::Absent);
  lab::write_file(folder_.path("empty.pem"), "no certificate here\n");
  EXPECT_EQ(with(folder_.path("empty.pem")), Error::Kind::Malformed);
}

}  // namespace
}  // namespace kenshin
