// The TLS probe against servers people run, compared with a brute-force count made by somebody else's client.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "probes/tls/code_points.h"
#include "probes/tls/tls.h"
#include "probes/tls/versions.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

Asked consult(std::uint16_t port) { return {{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"}; }

struct Seen {
  TlsVersions versions;
  TlsSuites suites;
  TlsGroups groups;
  TlsSignatureSchemes schemes;
  TlsKeyExchange key_exchange;
  int connections = 0;
};

Seen look(std::uint16_t port, const Session& given) {
  Session session = given;
  Seen out;
  for (const auto& o : observe_tls(consult(port), session)) {
    const bool may_lack = o.name == TlsTranscript::name;  // which TLS 1.3 alone has
    EXPECT_TRUE(o.fact || may_lack) << o.name << ": " << o.fact.error().detail;
    if (!o.fact) continue;
    out.connections += o.connections;
    if (const auto* fact = fact_of<TlsVersions>(o)) out.versions = *fact;
    if (const auto* fact = fact_of<TlsSuites>(o)) out.suites = *fact;
    if (const auto* fact = fact_of<TlsGroups>(o)) out.groups = *fact;
    if (const auto* fact = fact_of<TlsSignatureSchemes>(o)) out.schemes = *fact;
    if (const auto* fact = fact_of<TlsKeyExchange>(o)) out.key_exchange = *fact;
  }
  return out;
}

std::string names(const std::set<SuiteId>& suites) {
  std::string out;
  for (const SuiteId suite : suites) out += suite_name(suite) + " ";
  return out;
}

// Everything known, lists complete, and versions and suites equal to what openssl s_client finds.
void expect_the_truth(const Seen& seen, std::uint16_t port) {
  for (const TlsVersion version : all_versions) {
    const auto truth = lab::suites_through_openssl(port, version);
    const auto& decided = seen.versions.versions.at(version);
    EXPECT_EQ(decided.accepted, truth.empty() ? Answer::No : Answer::Yes)
        << version_name(version) << ": " << decided.because << "; openssl: " << names(truth);
    EXPECT_FALSE(decided.because.empty());
    const auto at = seen.suites.versions.find(version);
    if (truth.empty()) {
      EXPECT_EQ(at, seen.suites.versions.end()) << version_name(version);
      continue;
    }
    ASSERT_NE(at, seen.suites.versions.end()) << version_name(version);
    EXPECT_TRUE(at->second.complete) << version_name(version) << ": " << at->second.because;
    EXPECT_EQ(names({at->second.suites.begin(), at->second.suites.end()}), names(truth)) << version_name(version);
  }
}

TEST(TlsPeers, NginxWithDebianDefaultsEqualsTheBruteForceCount) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {});
  const auto start = std::chrono::steady_clock::now();
  const Seen seen = look(nginx.port(), lab::session_with(pki));
  RecordProperty("milliseconds",
                 static_cast<int>((std::chrono::steady_clock::now() - start) / std::chrono::milliseconds(1)));
  expect_the_truth(seen, nginx.port());
}

TEST(TlsPeers, NginxWithEverythingOldEqualsTheBruteForceCount) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1 TLSv1.1 TLSv1.2 TLSv1.3", "ALL:COMPLEMENTOFALL:@SECLEVEL=0", ""});
  const Seen seen = look(nginx.port(), lab::session_with(pki));
  expect_the_truth(seen, nginx.port());
  EXPECT_EQ(seen.suites.versions.at(TlsVersion::Tls12).chosen_by, ChosenBy::Client);
  const auto& groups = seen.groups.versions.at(TlsVersion::Tls13);
  EXPECT_TRUE(groups.complete) << groups.because;
  EXPECT_NE(std::find(groups.groups.begin(), groups.groups.end(), *group_named("x25519")), groups.groups.end());
}

TEST(TlsPeers, NginxThatPrefersItsOwnOrderIsSeenToChoose) {
  const lab::Pki pki(lab::KeyKind::EcP256);
  const lab::Nginx nginx(pki, {"TLSv1.2 TLSv1.3", "HIGH:!aNULL", "ssl_prefer_server_ciphers on;"});
  const Seen seen = look(nginx.port(), lab::session_with(pki));
  EXPECT_EQ(seen.suites.versions.at(TlsVersion::Tls12).chosen_by, ChosenBy::Server);
  EXPECT_EQ(seen.suites.versions.at(TlsVersion::Tls13).chosen_by, ChosenBy::Server);
  EXPECT_EQ(seen.versions.versions.at(TlsVersion::Tls11).accepted, Answer::No);
  EXPECT_EQ(seen.versions.versions.at(TlsVersion::Tls11).because, "alert protocol_version");
}

TEST(TlsPeers, OpensslServerEqualsTheBruteForceCount) {
  const lab::Pki pki;
  const lab::OpensslServer server(pki, {});
  expect_the_truth(look(server.port(), lab::session_with(pki)), server.port());
}

TEST(TlsPeers, ServerWithTls13AloneIsMeasured) {
  const lab::Pki pki(lab::KeyKind::EcP256);
  const lab::OpensslServer server(pki, {"-tls1_3", "-groups", "P-384:X25519", "-serverpref"});
  const Seen seen = look(server.port(), lab::session_with(pki));
  expect_the_truth(seen, server.port());
  const auto& groups = seen.groups.versions.at(TlsVersion::Tls13);
  EXPECT_TRUE(groups.complete) << groups.because;
  EXPECT_TRUE(groups.ordered);
  EXPECT_EQ(groups.groups, (std::vector<GroupId>{*group_named("secp384r1"), *group_named("x25519")}));
}

TEST(TlsPeers, ServerWithOneOldVersionAloneIsMeasured) {
  const lab::Pki pki;
  const lab::OpensslServer server(pki, {"-tls1", "-cipher", "ALL:@SECLEVEL=0"});
  expect_the_truth(look(server.port(), lab::session_with(pki)), server.port());
}

TEST(TlsPeers, ServerWithAnUnusualSuiteAloneIsMeasured) {
  const lab::Pki pki;
  const lab::OpensslServer server(pki, {"-tls1_2", "-cipher", "NULL-SHA256:@SECLEVEL=0"});
  const Seen seen = look(server.port(), lab::session_with(pki));
  expect_the_truth(seen, server.port());
  EXPECT_EQ(seen.suites.versions.at(TlsVersion::Tls12).suites,
            (std::vector<SuiteId>{*suite_named("TLS_RSA_WITH_NULL_SHA256")}));
}

TEST(TlsPeers, ResettingEverySecondConnectionHidesNothing) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.2 TLSv1.3", "ECDHE+AESGCM:ECDHE+CHACHA20", ""});
  Session session = lab::session_with(pki);
  session.timeout = std::chrono::seconds(20);  // a slow machine is not what is tried here: patience is five times that
  const Seen truth = look(nginx.port(), session);
  const lab::Server relay(lab::one_in(2, lab::resets(), lab::relay(nginx.port())));
  const Seen seen = look(relay.port(), session);
  for (const auto& [version, decided] : truth.versions.versions) {
    const auto& through = seen.versions.versions.at(version);
    if (decided.accepted == Answer::Yes)
      EXPECT_EQ(through.accepted, Answer::Yes) << version_name(version) << through.because;
    else EXPECT_NE(through.accepted, Answer::Yes) << version_name(version);
  }
  for (const auto& [version, list] : truth.suites.versions)
    EXPECT_EQ(seen.suites.versions.at(version).suites, list.suites) << version_name(version);
  const auto ascending = [](std::vector<GroupId> groups) {  // whether the order is known is another matter
    std::sort(groups.begin(), groups.end());
    return groups;
  };
  EXPECT_EQ(ascending(seen.groups.versions.at(TlsVersion::Tls13).groups),
            ascending(truth.groups.versions.at(TlsVersion::Tls13).groups));
}

TEST(TlsPeers, EveryConnectionIsCounted) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {});
  const lab::Server relay(lab::relay(nginx.port()));
  const Seen seen = look(relay.port(), lab::session_with(pki));
  EXPECT_EQ(seen.connections, relay.connections());
}

TEST(TlsPeers, ServerThatKnowsNoSuchNameIsAskedWithoutIt) {
  const lab::Pki pki;
  const lab::OpensslServer server(
      pki, {"-servername", "other.example.jp", "-servername_fatal", "-cert2", pki.chain(), "-key2", pki.key()});
  const Seen seen = look(server.port(), lab::session_with(pki));
  EXPECT_EQ(seen.versions.versions.at(TlsVersion::Tls12).accepted, Answer::Yes);
  EXPECT_EQ(seen.versions.versions.at(TlsVersion::Tls12).because, "server_hello, without SNI");
}

}  // namespace
}  // namespace kenshin
