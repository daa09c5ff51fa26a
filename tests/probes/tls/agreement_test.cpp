// Groups, schemes, preference and cost of the TLS probe against servers people run; the truth by somebody else's
// client, one code point a connection.
#include <gtest/gtest.h>

#include <algorithm>

#include "probes/tls/code_points.h"
#include "probes/tls/tls.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

struct Found {
  TlsSuites suites;
  TlsGroups groups;
  TlsSignatureSchemes schemes;
  TlsKeyExchange key_exchange;
  int connections = 0;  // of the enumeration
};

const std::set<std::string_view> of_enumeration = {TlsVersions::name, TlsSuites::name, TlsGroups::name,
                                                   TlsSignatureSchemes::name, TlsKeyExchange::name};

Found find(const lab::Pki& pki, std::uint16_t port) {
  Session session = lab::session_with(pki);
  Found out;
  for (const auto& o : observe_tls({{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"}, session)) {
    EXPECT_TRUE(o.fact || o.name == TlsTranscript::name) << o.name;  // which TLS 1.3 alone has
    if (o.fact && of_enumeration.contains(o.name)) out.connections += o.connections;
    if (const auto* fact = fact_of<TlsSuites>(o)) out.suites = *fact;
    if (const auto* fact = fact_of<TlsGroups>(o)) out.groups = *fact;
    if (const auto* fact = fact_of<TlsSignatureSchemes>(o)) out.schemes = *fact;
    if (const auto* fact = fact_of<TlsKeyExchange>(o)) out.key_exchange = *fact;
  }
  return out;
}

std::string names(const std::set<GroupId>& groups) {
  std::string out;
  for (const GroupId group : groups) out += group_name(group) + " ";
  return out;
}
std::string names(const std::set<SchemeId>& schemes) {
  std::string out;
  for (const SchemeId scheme : schemes) out += scheme_name(scheme) + " ";
  return out;
}

// `versions`: how many the server speaks of those that have groups and schemes.
void expect_the_truth(const Found& found, std::uint16_t port, std::size_t versions) {
  EXPECT_EQ(found.groups.versions.size(), versions);
  EXPECT_EQ(found.schemes.versions.size(), versions);
  for (const auto& [version, list] : found.groups.versions) {
    EXPECT_TRUE(list.complete) << version_name(version) << list.because;
    EXPECT_EQ(names(std::set(list.groups.begin(), list.groups.end())),
              names(lab::groups_through_openssl(port, version)))
        << version_name(version);
  }
  for (const auto& [version, list] : found.schemes.versions) {
    EXPECT_TRUE(list.complete) << version_name(version) << list.because;
    EXPECT_EQ(names(std::set(list.schemes.begin(), list.schemes.end())),
              names(lab::schemes_through_openssl(port, version)))
        << version_name(version);
  }
}

TEST(TlsAgreement, OfNginxEqualsTheBruteForceCount) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.2 TLSv1.3", "ECDHE+AESGCM:ECDHE+CHACHA20", ""});
  expect_the_truth(find(pki, nginx.port()), nginx.port(), 2);
}

TEST(TlsAgreement, OfAServerWithWeakCurvesEqualsTheBruteForceCount) {
  const lab::Pki pki;
  const lab::OpensslServer server(
      pki, {"-tls1_2", "-cipher", "ECDHE:@SECLEVEL=0", "-groups", "X25519:P-224:secp256k1:brainpoolP256r1:P-384",
            "-sigalgs", "RSA+SHA1:RSA-PSS+SHA256"});
  expect_the_truth(find(pki, server.port()), server.port(), 1);
}

TEST(TlsAgreement, OfAServerWithOneGroupAndOneSchemeEqualsTheBruteForceCount) {
  const lab::Pki pki;
  const lab::OpensslServer server(pki, {"-groups", "P-521", "-sigalgs", "RSA-PSS+SHA512"});
  const auto found = find(pki, server.port());
  expect_the_truth(found, server.port(), 2);
  EXPECT_EQ(found.groups.versions.at(TlsVersion::Tls13).groups, std::vector<GroupId>{*group_named("secp521r1")});
}

// The curve of the certificate has to stand in every hello (RFC 8422 5.1).
TEST(TlsAgreement, WithAnEcdsaCertificateFindsTheOtherCurves) {
  const lab::Pki pki(lab::KeyKind::EcP256);
  const lab::Nginx nginx(pki, {"TLSv1.2", "ECDHE+AESGCM", ""});
  const auto found = find(pki, nginx.port());
  const auto& groups = found.groups.versions.at(TlsVersion::Tls12);
  EXPECT_TRUE(groups.complete) << groups.because;
  EXPECT_NE(std::find(groups.groups.begin(), groups.groups.end(), *group_named("secp384r1")), groups.groups.end());
  EXPECT_NE(std::find(groups.groups.begin(), groups.groups.end(), *group_named("x25519")), groups.groups.end());
  for (const SchemeId scheme : found.schemes.versions.at(TlsVersion::Tls12).schemes)
    EXPECT_TRUE(scheme_name(scheme).starts_with("ecdsa")) << scheme_name(scheme);
}

// It chooses the suite first, and fails where the scheme is the other key's.
TEST(TlsAgreement, OfAServerWithTwoKindsOfKeysNamesTheSchemesOfBoth) {
  const lab::Pki rsa, ec(lab::KeyKind::EcP256);
  const lab::Nginx nginx(
      rsa, {"TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256",
            "ssl_prefer_server_ciphers on; ssl_certificate " + ec.chain() + "; ssl_certificate_key " + ec.key() + ";"});
  const auto list = find(rsa, nginx.port()).schemes.versions.at(TlsVersion::Tls12);
  EXPECT_TRUE(list.complete) << list.because;
  for (const SchemeId scheme : {SchemeId{0x0401}, SchemeId{0x0804}, SchemeId{0x0403}, SchemeId{0x0503}})
    EXPECT_EQ(std::count(list.schemes.begin(), list.schemes.end(), scheme), 1) << scheme_name(scheme);
}

TEST(TlsAgreement, OfGroupsStandsInTheServersOrder) {
  const lab::Pki pki;
  const lab::OpensslServer server(pki, {"-tls1_3", "-groups", "X448:P-384:X25519:P-256"});
  const auto list = find(pki, server.port()).groups.versions.at(TlsVersion::Tls13);
  EXPECT_TRUE(list.ordered);
  EXPECT_EQ(list.groups, (std::vector<GroupId>{*group_named("x448"), *group_named("secp384r1"), *group_named("x25519"),
                                               *group_named("secp256r1")}));
}

TEST(TlsPreference, IsTheWholeOrderOfTheServer) {
  const lab::Pki pki;
  const std::vector<std::string> wanted{"AES128-SHA", "ECDHE-RSA-CHACHA20-POLY1305", "ECDHE-RSA-AES256-GCM-SHA384",
                                        "AES256-GCM-SHA384", "ECDHE-RSA-AES128-SHA"};
  std::string ciphers;
  for (const auto& name : wanted) ciphers += (ciphers.empty() ? "" : ":") + name;
  const lab::Nginx nginx(pki, {"TLSv1.2", ciphers, "ssl_prefer_server_ciphers on;"});
  const auto list = find(pki, nginx.port()).suites.versions.at(TlsVersion::Tls12);
  EXPECT_TRUE(list.ordered);
  EXPECT_EQ(list.prefers_chacha, Answer::No);
  std::vector<std::string> seen;
  for (const SuiteId suite : list.suites) seen.push_back(suite_name(suite));
  EXPECT_EQ(seen,
            (std::vector<std::string>{"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                                      "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_256_GCM_SHA384",
                                      "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"}));
}

TEST(TlsPreference, YieldsToClientsThatPutChaChaFirst) {
  const lab::Pki pki;
  const lab::OpensslServer server(pki, {"-serverpref", "-prioritize_chacha"});
  const auto list = find(pki, server.port()).suites.versions.at(TlsVersion::Tls12);
  EXPECT_EQ(list.chosen_by, ChosenBy::Server);
  EXPECT_EQ(list.prefers_chacha, Answer::Yes);
}

TEST(TlsPreference, OfAServerThatFollowsTheClientIsNoOrder) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.2", "ECDHE+AESGCM:ECDHE+CHACHA20", ""});
  const auto list = find(pki, nginx.port()).suites.versions.at(TlsVersion::Tls12);
  EXPECT_EQ(list.chosen_by, ChosenBy::Client);
  EXPECT_FALSE(list.ordered);
  EXPECT_EQ(list.prefers_chacha, Answer::NotApplicable);
}

TEST(TlsKeyExchange, NamesTheGroupOfADheServer) {
  const lab::Pki pki;
  const lab::OpensslServer server(pki, {"-tls1_2", "-cipher", "DHE:@SECLEVEL=0"});
  const auto found = find(pki, server.port()).key_exchange;
  ASSERT_EQ(found.dh_groups.size(), 1U);
  EXPECT_TRUE(found.complete) << found.because;
  EXPECT_EQ(found.dh_groups.front().safe_prime, Answer::Yes);
  EXPECT_FALSE(found.dh_groups.front().known_as.empty());
  EXPECT_EQ(found.dh_value_reused.accepted, Answer::No);
}

// The budget of a server as Mozilla recommends it: one more is the chain's.
TEST(TlsCost, OfAUsualServerIsAtMostFortyConnections) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki,
                         {"TLSv1.2 TLSv1.3",
                          "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
                          "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305",
                          "ssl_prefer_server_ciphers off;"});
  const lab::Server relay(lab::relay(nginx.port()));
  const auto found = find(pki, relay.port());
  EXPECT_LE(found.connections + 1, 40);
  EXPECT_LE(relay.connections(), 60);  // all that TLS is asked
  for (const auto& [version, list] : found.suites.versions) EXPECT_TRUE(list.complete) << list.because;
}

}  // namespace
}  // namespace kenshin
