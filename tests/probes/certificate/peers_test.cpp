// The chains real servers send, seen whatever they ask of their clients.
#include <gtest/gtest.h>

#include "probes/certificate/chain.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

Observation look(std::uint16_t port, Session session) {
  return observe_certificate({{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"}, session).front();
}

void expect_the_chain(const Observation& seen, TlsVersion version) {
  const auto* fact = fact_of<CertificateChain>(seen);
  ASSERT_NE(fact, nullptr) << seen.fact.error().detail;
  EXPECT_EQ(fact->certificates.size(), 2U);
  EXPECT_EQ(fact->trusted, Answer::Yes);
  EXPECT_EQ(fact->name_matches, Answer::Yes);
  EXPECT_EQ(fact->problems, std::vector<std::string>{});
  EXPECT_EQ(fact->version, version);
  EXPECT_GT(seen.connections, 0);
}

TEST(CertificatePeers, NginxSendsItsChainInClearBeforeTls13) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {});
  expect_the_chain(look(nginx.port(), lab::session_with(pki)), TlsVersion::Tls12);
}

TEST(CertificatePeers, AWallOfClientCertificatesDoesNotHideTheChain) {
  const lab::Pki pki;
  const std::string wall = "ssl_client_certificate " + pki.bundle() + "; ssl_verify_client on;";
  const lab::Nginx old_wall(pki, {"TLSv1.2", "", wall});
  expect_the_chain(look(old_wall.port(), lab::session_with(pki)), TlsVersion::Tls12);
  const lab::Nginx new_wall(pki, {"TLSv1.3", "", wall});
  expect_the_chain(look(new_wall.port(), lab::session_with(pki)), TlsVersion::Tls13);
}

TEST(CertificatePeers, ServerWithTls13AloneShowsItsChain) {
  const lab::Pki pki(lab::KeyKind::EcP256);
  const lab::OpensslServer server(pki, {"-tls1_3", "-Verify", "1"});
  expect_the_chain(look(server.port(), lab::session_with(pki)), TlsVersion::Tls13);
}

TEST(CertificatePeers, SomeConnectionsResetDoNotHideTheChain) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {});
  const lab::Server relay(lab::first(1, lab::resets(), lab::relay(nginx.port())));
  expect_the_chain(look(relay.port(), lab::session_with(pki)), TlsVersion::Tls12);
}

TEST(CertificatePeers, WhatIsNoTlsHasNoChainButAReason) {
  const lab::Pki pki;
  const lab::Server http(lab::speaks_http()), closes(lab::closes()), silent(lab::silent());
  EXPECT_EQ(look(http.port(), lab::session_with(pki)).fact.error().kind, Error::Kind::NotTls);
  EXPECT_EQ(look(closes.port(), lab::session_with(pki)).fact.error().kind, Error::Kind::Closed);
  Session impatient = lab::session_with(pki);
  impatient.timeout = std::chrono::milliseconds(300);
  EXPECT_EQ(look(silent.port(), impatient).fact.error().kind, Error::Kind::Timeout);
}

}  // namespace
}  // namespace kenshin
