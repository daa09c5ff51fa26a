// Every certificate real servers have, and what they show to who asks for no name or a wrong one.
#include "probes/certificate/selection.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "probes/certificate/chain.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

using Words = std::vector<std::string>;

struct Seen {
  std::vector<Observation> all;
  std::vector<const CertificateChain*> chains;
  CertificateSelection selection;
  int connections = 0;
};

Seen look(std::uint16_t port, const lab::Pki& pki) {
  Session session = lab::session_with(pki);
  Seen out;
  out.all = observe_certificate({{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"}, session);
  for (const auto& one : out.all) {
    out.connections += one.connections;
    if (const auto* chain = fact_of<CertificateChain>(one)) out.chains.push_back(chain);
    if (const auto* selection = fact_of<CertificateSelection>(one)) out.selection = *selection;
  }
  return out;
}

std::string more(const lab::Pki& pki) {
  return "ssl_certificate " + pki.chain() + "; ssl_certificate_key " + pki.key() + ";";
}

TEST(CertificateSelection, OneCertificateCostsSevenConnectionsAndTheOtherKindsAreRefused) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.2 TLSv1.3", "", ""});
  const auto seen = look(nginx.port(), pki);
  ASSERT_EQ(seen.chains.size(), 1U);
  EXPECT_LE(seen.connections, 7);
  EXPECT_EQ(seen.selection.refused, (Words{"EC", "Ed25519", "RSA-PSS"}));
  const auto& leaf = seen.chains.front()->certificates.front().sha256;
  EXPECT_EQ(seen.selection.by_key, (std::map<std::string, std::string>{{"RSA", leaf}}));
  EXPECT_EQ(seen.selection.undecided, Words{});
  EXPECT_EQ(seen.selection.without_name, (Decided{Answer::Yes, "server_hello, without SNI"}));
  EXPECT_EQ(seen.selection.with_wrong_name, (Decided{Answer::Yes, "server_hello"}));
  EXPECT_EQ(seen.selection.without_name_sha256, leaf);
  EXPECT_EQ(seen.selection.wrong_name_sha256, leaf);
}

TEST(CertificateSelection, BothCertificatesOfNginxAreSeenInEitherVersion) {
  const lab::Pki rsa, ecdsa(lab::KeyKind::EcP256);
  for (const char* version : {"TLSv1.2", "TLSv1.3", "TLSv1.2 TLSv1.3"}) {
    const lab::Nginx nginx(rsa, {version, "", more(ecdsa)});
    const auto seen = look(nginx.port(), rsa);
    ASSERT_EQ(seen.chains.size(), 2U) << version;
    EXPECT_EQ(seen.selection.by_key.size(), 2U) << version;
    EXPECT_TRUE(seen.selection.by_key.contains("RSA") && seen.selection.by_key.contains("EC")) << version;
    EXPECT_EQ(seen.selection.refused, (Words{"Ed25519", "RSA-PSS"})) << version;
    EXPECT_NE(seen.chains[0]->certificates.front().key, seen.chains[1]->certificates.front().key);
  }
}

TEST(CertificateSelection, RareKindsAreSeenBesideCommonOnes) {
  const lab::Pki rsa;
  for (const auto kind : {lab::KeyKind::Ed25519, lab::KeyKind::RsaPss2048}) {
    const lab::Pki rare(kind);
    const std::string name = kind == lab::KeyKind::Ed25519 ? "Ed25519" : "RSA-PSS";
    const lab::OpensslServer both(rsa, {"-dcert", rare.chain(), "-dkey", rare.key()});
    const auto seen = look(both.port(), rsa);
    EXPECT_EQ(seen.selection.by_key.size(), 2U) << name;
    EXPECT_TRUE(seen.selection.by_key.contains(name)) << name;
    const lab::OpensslServer alone(rare, {});
    EXPECT_TRUE(look(alone.port(), rare).selection.by_key.contains(name)) << name << " alone";
  }
}

TEST(CertificateSelection, AServerThatWantsItsNameRefusesOthers) {
  const lab::Pki pki;
  // The server block of consult.example.jp, and a first one that takes nobody.
  const std::string reject =
      std::string("server_name ") + lab::consult_name +
      ";\n return 204; }\n server { listen 127.0.0.1:PORT ssl default_server; ssl_reject_handshake on;";
  const lab::Nginx nginx(pki, {"TLSv1.2 TLSv1.3", "", reject});
  const auto seen = look(nginx.port(), pki);
  ASSERT_EQ(seen.chains.size(), 1U);
  EXPECT_EQ(seen.selection.without_name, (Decided{Answer::No, "alert unrecognized_name"}));
  EXPECT_EQ(seen.selection.with_wrong_name, (Decided{Answer::No, "alert unrecognized_name"}));
  EXPECT_EQ(seen.selection.wrong_name_sha256, "");
}

// Asked in TLS 1.2 first: what answers from the fourth connection on has another key and speaks TLS 1.3.
TEST(CertificateSelection, AnotherCertificateOfTheSameKindInTls13IsSeen) {
  const lab::Pki old_one, new_one;
  const lab::Nginx old_server(old_one, {"TLSv1.2", "", ""}), new_server(new_one, {"TLSv1.3", "", ""});
  const lab::Server both(lab::first(3, lab::relay(old_server.port()), lab::relay(new_server.port())));
  const auto seen = look(both.port(), old_one);
  ASSERT_EQ(seen.chains.size(), 2U);
  EXPECT_NE(seen.chains[0]->certificates.front().sha256, seen.chains[1]->certificates.front().sha256);
  EXPECT_EQ(seen.chains[1]->version, TlsVersion::Tls13);
}

TEST(CertificateSelection, WhatComesWithoutANameIsSeenWhereItIsForTheName) {
  const lab::Pki named, default_one(lab::KeyKind::EcP256);
  const std::string two = std::string("server_name ") + lab::consult_name +
                          ";\n return 204; }\n server { listen 127.0.0.1:PORT ssl default_server; " + more(default_one);
  const lab::Nginx nginx(named, {"TLSv1.2", "", two});
  const auto seen = look(nginx.port(), named);
  ASSERT_EQ(seen.chains.size(), 2U);
  EXPECT_EQ(seen.chains[1]->certificates.front().sha256, seen.selection.without_name_sha256);
  EXPECT_EQ(seen.selection.by_key.size(), 1U);
}

TEST(CertificateSelection, AWallOfClientCertificatesHidesNone) {
  const lab::Pki rsa, ecdsa(lab::KeyKind::EcP256);
  const std::string wall = "ssl_client_certificate " + rsa.bundle() + "; ssl_verify_client on; " + more(ecdsa);
  for (const char* version : {"TLSv1.2", "TLSv1.3"}) {
    const lab::Nginx nginx(rsa, {version, "", wall});
    EXPECT_EQ(look(nginx.port(), rsa).chains.size(), 2U) << version;
  }
}

// docs/decisions/0004-a-refusal-needs-a-control.md
TEST(CertificateSelection, AServerThatBeginsToRefuseEverybodyHasRefusedNoKind) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.2", "", ""});
  const Buffer handshake_failure{0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28};
  const lab::Server tired(lab::first(1, lab::relay(nginx.port()), lab::says(handshake_failure)));
  const auto seen = look(tired.port(), pki);
  ASSERT_EQ(seen.chains.size(), 1U);
  EXPECT_EQ(seen.selection.refused, Words{});
  EXPECT_EQ(seen.selection.undecided, (Words{"EC", "Ed25519", "RSA-PSS"}));
  EXPECT_EQ(seen.selection.without_name.accepted, Answer::Unknown);
}

TEST(CertificateSelection, WhatWasLostIsUndecided) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.2", "", ""});
  const lab::Server lost(lab::first(1, lab::relay(nginx.port()), lab::resets()));
  const auto seen = look(lost.port(), pki);
  ASSERT_EQ(seen.chains.size(), 1U);
  EXPECT_EQ(seen.selection.refused, Words{});
  EXPECT_EQ(seen.selection.undecided, (Words{"EC", "Ed25519", "RSA-PSS"}));
}

// Some servers of TLS 1.2 hang up on a hello for TLS 1.3 alone.
TEST(CertificateSelection, AHelloForTls13LostThriceAlikeIsRefused) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.2", "", ""});
  const auto for_tls13_alone = [](Bytes hello) {
    constexpr std::uint8_t supported_versions[] = {0x00, 0x2B, 0x00, 0x03, 0x02, 0x03, 0x04};
    return std::search(hello.begin(), hello.end(), std::begin(supported_versions), std::end(supported_versions)) !=
           hello.end();
  };
  const lab::Server old(lab::choose(for_tls13_alone, lab::closes(), lab::relay(nginx.port())));
  const auto seen = look(old.port(), pki);
  EXPECT_EQ(seen.selection.refused, (Words{"EC", "Ed25519", "RSA-PSS"}));
  EXPECT_EQ(seen.selection.undecided, Words{});
}

TEST(CertificateSelection, WithoutACertificateEveryFactSaysWhy) {
  const lab::Pki pki;
  const lab::Server http(lab::speaks_http());
  const auto seen = look(http.port(), pki);
  ASSERT_EQ(seen.all.size(), 3U);
  for (const auto& one : seen.all) EXPECT_EQ(one.fact.error().kind, Error::Kind::NotTls) << one.name;
}

TEST(CertificateSelection, KindsAreReadFromKeys) {
  EXPECT_EQ(key_kind("RSA-PSS-2048"), "RSA-PSS");
  EXPECT_EQ(key_kind("RSA-2048"), "RSA");
  EXPECT_EQ(key_kind("EC-P-256"), "EC");
  EXPECT_EQ(key_kind("Ed25519"), "Ed25519");
}

}  // namespace
}  // namespace kenshin
