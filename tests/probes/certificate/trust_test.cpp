// Paths to anchors: cross-signs, loops, crowds of one name, stand-ins of name and key, and roots that only this machine
// knows.
#include "probes/certificate/trust.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "probes/certificate/paths.h"
#include "probes/certificate/programmes.h"
#include "probes/certificate/read.h"
#include "tests/lab/pki.h"
#include "tests/lab/process.h"

namespace kenshin {
namespace {

using std::chrono::days;
using Sent = std::vector<const lab::Identity*>;

const Instant now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22};

OwnedX509 copy_of(const lab::Identity& identity) { return x509_from_der(identity.der()); }

OwnedKey key_of(const lab::Identity& identity) {
  EVP_PKEY_up_ref(identity.key.get());
  return OwnedKey(identity.key.get());
}

TrustAnchors anchors_of(const Sent& roots, StoreKind kind = StoreKind::Programmes) {
  TrustAnchors out;
  out.description.kind = kind;
  for (const auto* root : roots) {
    auto x509 = copy_of(*root);
    Anchor anchor{name_text(X509_get_subject_name(x509.get())), certificate_sha256(*x509)};
    out.add(std::move(x509), std::move(anchor));
  }
  return out;
}

CertificateChain verified(const Sent& sent, const TrustAnchors& anchors, const TrustAnchors& local = {},
                          Instant at = now) {
  CertificateChain out;
  std::vector<OwnedX509> chain;
  for (const auto* identity : sent) {
    chain.push_back(copy_of(*identity));
    out.certificates.push_back(*read_certificate(*chain.back()));
  }
  verify_chain(
      chain, anchors, [&]() -> const TrustAnchors& { return local; }, at, out);
  return out;
}

class Trust : public testing::Test {
 protected:
  lab::Identity root_ = lab::issue(lab::authority_wish(now, "Root"), nullptr);
  lab::Identity other_root_ = lab::issue(lab::authority_wish(now, "Other Root"), nullptr);
  lab::Identity issuing_ = lab::issue(lab::authority_wish(now, "Issuing"), &root_);
  lab::Identity leaf_ = lab::issue(lab::server_wish(now), &issuing_);
  // The same authority, certified by somebody else.
  lab::Identity crossed(const lab::CertificateWish& wish = lab::authority_wish(now, "Issuing")) const {
    return lab::issue_for(key_of(issuing_), wish, &other_root_);
  }
};

TEST_F(Trust, ListsEveryAnchorThatAPathReaches) {
  const auto cross = crossed();
  const auto seen = verified({&leaf_, &issuing_, &cross}, anchors_of({&root_, &other_root_}));
  EXPECT_EQ(seen.trusted, Answer::Yes);
  ASSERT_EQ(seen.anchors.size(), 2U);
  EXPECT_LT(seen.anchors[0].sha256, seen.anchors[1].sha256);
  EXPECT_EQ(verified({&leaf_, &issuing_, &cross}, anchors_of({&other_root_})).anchors.size(), 1U);
}

TEST_F(Trust, AnyValidPathCountsWhateverStandsFirst) {
  auto wish = lab::authority_wish(now, "Issuing");
  wish.not_after = now - days(1);
  const auto expired_cross = crossed(wish);
  const auto both = anchors_of({&root_, &other_root_});
  for (const Sent& sent : {Sent{&leaf_, &expired_cross, &issuing_}, Sent{&leaf_, &issuing_, &expired_cross}}) {
    const auto seen = verified(sent, both);
    EXPECT_EQ(seen.trusted, Answer::Yes);
    EXPECT_TRUE(seen.problems.empty()) << seen.problems.front();
  }
  EXPECT_EQ(verified({&leaf_, &expired_cross}, both).problems, std::vector<std::string>{"expired"});
}

TEST_F(Trust, ARootThatIsSentIsTheAnchorItself) {
  const auto seen = verified({&leaf_, &issuing_, &root_}, anchors_of({&root_}));
  EXPECT_EQ(seen.trusted, Answer::Yes);
  EXPECT_EQ(seen.anchors.size(), 1U);
}

TEST_F(Trust, AnAuthorityThatChangedItsKeyBelowAnUnknownRootIsNoForgery) {
  const auto other_key = lab::issue(lab::authority_wish(now, "Issuing"), &root_);
  for (const Sent& sent : {Sent{&leaf_, &other_key, &issuing_}, Sent{&leaf_, &issuing_, &other_key}})
    EXPECT_EQ(verified(sent, anchors_of({&other_root_})).problems, std::vector<std::string>{"untrusted_root"});
  EXPECT_EQ(verified({&leaf_, &other_key}, anchors_of({&root_})).problems, std::vector<std::string>{"bad_signature"});
}

TEST_F(Trust, LoopsEnd) {
  // Two authorities that certify each other, and no root.
  const auto a = lab::issue(lab::authority_wish(now, "A"), nullptr);
  const auto b = lab::issue_for(lab::made_key(lab::KeyKind::EcP256), lab::authority_wish(now, "B"), &a);
  const auto a_by_b = lab::issue_for(key_of(a), lab::authority_wish(now, "A"), &b);
  const auto leaf = lab::issue(lab::server_wish(now), &a);
  const auto seen = verified({&leaf, &a_by_b, &b}, anchors_of({&root_}));
  EXPECT_EQ(seen.trusted, Answer::No);
  EXPECT_EQ(seen.problems, std::vector<std::string>{"untrusted_root"});
}

TEST_F(Trust, ACrowdOfOneNameAndKeyIsCutOffAndNotCalledUntrusted) {
  // Sixty certificates of one name and key, each certified by the others' key: sixty factorial paths.
  std::vector<lab::Identity> crowd;
  const auto first = lab::issue(lab::authority_wish(now, "Crowd"), nullptr);
  for (int i = 0; i < 60; ++i)
    crowd.push_back(lab::issue_for(key_of(first), lab::authority_wish(now, "Crowd"), &first));
  const auto leaf = lab::issue(lab::server_wish(now), &first);
  Sent sent{&leaf};
  for (const auto& one : crowd) sent.push_back(&one);
  std::vector<OwnedX509> chain;
  for (const auto* one : sent) chain.push_back(copy_of(*one));
  const auto anchors = anchors_of({&root_});
  EXPECT_TRUE(find_paths(chain, anchors).cut_off);
  const auto seen = verified(sent, anchors);
  EXPECT_EQ(seen.trusted, Answer::Unknown);
  EXPECT_EQ(seen.problems, std::vector<std::string>{"too_complex"});
}

TEST_F(Trust, ManyAnchorsOfOneNameAreStillSearched) {
  std::vector<lab::Identity> namesakes;
  for (int i = 0; i < 40; ++i) namesakes.push_back(lab::issue(lab::authority_wish(now, "Root"), nullptr));
  Sent roots;
  for (const auto& one : namesakes) roots.push_back(&one);
  EXPECT_EQ(verified({&leaf_, &issuing_}, anchors_of(roots)).problems, std::vector<std::string>{"bad_signature"});
  roots.push_back(&root_);
  EXPECT_EQ(verified({&leaf_, &issuing_}, anchors_of(roots)).trusted, Answer::Yes);
}

TEST_F(Trust, ANameAndAKeyAreAnAnchor) {
  ProgrammeRoot root;
  unsigned char* der = nullptr;
  int length = i2d_X509_NAME(X509_get_subject_name(root_.certificate.get()), &der);
  root.name.assign(der, der + length);
  OPENSSL_free(der);
  der = nullptr;
  length = i2d_PUBKEY(root_.key.get(), &der);
  root.key.assign(der, der + length);
  OPENSSL_free(der);
  root.subject = "CN=Root,O=Example Clinic,C=JP";
  root.sha256 = std::string(64, 'a');
  root.serial = "01";
  root.not_before = now - days(1);
  root.not_after = now + days(1);
  TrustAnchors anchors;
  anchors.add(root);
  for (const Sent& sent : {Sent{&leaf_, &issuing_}, Sent{&leaf_, &issuing_, &root_}}) {
    const auto seen = verified(sent, anchors);
    EXPECT_EQ(seen.trusted, Answer::Yes);
    EXPECT_EQ(seen.anchors, (std::vector<Anchor>{{root.subject, root.sha256}}));
  }
  EXPECT_EQ(verified({&leaf_, &issuing_}, anchors, {}, now + days(2)).problems, std::vector<std::string>{"expired"});
  const auto stranger = lab::issue(lab::authority_wish(now, "Root"), nullptr);
  const auto below = lab::issue(lab::server_wish(now), &stranger);
  EXPECT_EQ(verified({&below}, anchors).trusted, Answer::No);
  root.name.pop_back();
  EXPECT_EQ(anchor_certificate(root), nullptr);
}

TEST_F(Trust, ARootOfThisMachineAloneIsNoTrustAndNoDistrust) {
  const auto seen = verified({&leaf_, &issuing_}, anchors_of({&other_root_}), anchors_of({&root_}));
  EXPECT_TRUE(seen.anchor_is_local);
  EXPECT_EQ(seen.trusted, Answer::Unknown);
  EXPECT_EQ(seen.anchor, "CN=Root,O=Example Clinic,C=JP");
  EXPECT_FALSE(verified({&leaf_, &issuing_}, anchors_of({&root_}), anchors_of({&root_})).anchor_is_local);
  const auto by_bundle =
      verified({&leaf_, &issuing_}, anchors_of({&other_root_}, StoreKind::Bundle), anchors_of({&root_}));
  EXPECT_FALSE(by_bundle.anchor_is_local);
  EXPECT_EQ(by_bundle.trusted, Answer::No);
}

TEST_F(Trust, LocalRootsAreThoseTheDistributionDoesNotBring) {
  lab::Folder folder;
  for (const char* name : {"added", "distribution"}) std::filesystem::create_directory(folder.path(name));
  const auto stray = lab::issue(lab::authority_wish(now, "Written into the bundle"), nullptr);
  lab::write_file(folder.path("bundle.crt"), root_.pem() + stray.pem());
  lab::write_file(folder.path("distribution/root.crt"), root_.pem());
  lab::write_file(folder.path("added/other.crt"), other_root_.pem());
  const auto local = local_anchors({folder.path("bundle.crt"), folder.path("added"), folder.path("distribution")});
  std::vector<std::string> names;
  for (const auto& anchor : local.anchors) names.push_back(anchor.root.subject);
  EXPECT_EQ(names, (std::vector<std::string>{"CN=Written into the bundle,O=Example Clinic,C=JP",
                                             "CN=Other Root,O=Example Clinic,C=JP"}));
  EXPECT_TRUE(local_anchors({"/nonexistent", "/nonexistent", "/nonexistent"}).anchors.empty());
}

}  // namespace
}  // namespace kenshin
