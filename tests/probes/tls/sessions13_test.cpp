// Resumption, early data, client certificates and transcripts of TLS 1.3, against servers people run.
#include <gtest/gtest.h>

#include "probes/tls/client_certificate.h"
#include "probes/tls/sessions13.h"
#include "probes/tls/transcript.h"
#include "probes/tls/wish13.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

const lab::Pki& pki() {
  static const lab::Pki made(lab::KeyKind::EcP256);
  return made;
}

// A conversation with a server that speaks TLS 1.3.
class Talk {
 public:
  explicit Talk(std::uint16_t port) : session_(session()), conversation_(asked(port), session_) {
    learned.versions.versions[TlsVersion::Tls13] = {Answer::Yes, "server_hello"};
  }
  TlsSessions sessions() {
    TlsSessions out;
    observe_sessions13(conversation_, learned, out, tally);
    return out;
  }
  TlsClientCertificate client_certificate() { return observe_client_certificate(conversation_, learned, tally); }
  Seen13 shake() { return handshake13(conversation_, *finishing_wish(learned), tally); }
  Reply exchange(const HelloOffer& offer) { return conversation_.exchange(offer, tally); }

  Learned learned;
  Tally tally{0};

 private:
  static Session session() {
    Session out;
    out.now = lab::real_now;
    return out;
  }
  static Asked asked(std::uint16_t port) { return {{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"}; }
  Session session_;
  Conversation conversation_;
};

std::string told(const Decided& decided) {
  const char* names[] = {"unknown", "no", "yes", "not applicable"};
  return std::string(names[static_cast<int>(decided.accepted)]) + ": " + decided.because;
}

TEST(Sessions13, AreResumedByNginxWithAKeyExchangeOnly) {
  const lab::Nginx nginx(pki(), {"TLSv1.2 TLSv1.3", "", "ssl_session_timeout 2h;"});
  Talk talk(nginx.port());
  const TlsSessions seen = talk.sessions();
  EXPECT_EQ(told(seen.psk_dhe_ke), "yes: resumed");
  EXPECT_EQ(told(seen.psk_ke), "no: not resumed");
  EXPECT_EQ(told(seen.early_data), "no: not announced");
  EXPECT_EQ(seen.ticket_lifetime_seconds, 7200);
  EXPECT_EQ(seen.max_early_data.value_or(0), 0U);
  EXPECT_EQ(talk.tally, 3);
}

TEST(Sessions13, ShowEarlyDataOfNginx) {
  const lab::Nginx nginx(pki(), {"TLSv1.3", "", "ssl_early_data on;"});
  const TlsSessions seen = Talk(nginx.port()).sessions();
  EXPECT_EQ(told(seen.psk_dhe_ke), "yes: resumed");
  EXPECT_EQ(told(seen.early_data), "yes: encrypted_extensions");
  EXPECT_EQ(seen.max_early_data, 16384U);
}

TEST(Sessions13, AreResumedWithoutAKeyExchangeWhereTheServerAllowsIt) {
  const lab::OpensslServer server(pki(), {"-tls1_3", "-allow_no_dhe_kex"});
  const TlsSessions seen = Talk(server.port()).sessions();
  EXPECT_EQ(told(seen.psk_dhe_ke), "yes: resumed");
  EXPECT_EQ(told(seen.psk_ke), "yes: resumed");
}

TEST(Sessions13, AreNoneWhereAServerThatAnsweredGaveNoTicket) {
  const lab::OpensslServer server(pki(), {"-tls1_3", "-num_tickets", "0"});
  const TlsSessions seen = Talk(server.port()).sessions();
  EXPECT_EQ(told(seen.psk_dhe_ke), "no: no ticket");
  EXPECT_EQ(told(seen.psk_ke), "no: no ticket");
  EXPECT_EQ(told(seen.early_data), "no: no ticket");
  EXPECT_FALSE(seen.ticket_lifetime_seconds);
}

TEST(Sessions13, AreUnknownBehindAClientCertificate) {
  const lab::OpensslServer server(pki(), {"-tls1_3", "-Verify", "1"});
  const TlsSessions seen = Talk(server.port()).sessions();
  EXPECT_EQ(told(seen.psk_dhe_ke), "unknown: alert certificate_required");
}

TEST(Sessions13, AreUnknownWhereNobodyAnswers) {
  const lab::Server server(lab::resets());
  const TlsSessions seen = Talk(server.port()).sessions();
  EXPECT_EQ(seen.psk_ke.accepted, Answer::Unknown);
  EXPECT_EQ(seen.early_data.accepted, Answer::Unknown);
}

TEST(Sessions13, DoNotExistBeforeTls13) {
  const lab::Server server(lab::resets());
  Talk talk(server.port());
  talk.learned.versions.versions[TlsVersion::Tls13] = {Answer::No, "alert protocol_version"};
  EXPECT_EQ(told(talk.sessions().psk_dhe_ke), "not applicable: no TLSv1.3");
  EXPECT_EQ(talk.tally, 0);
}

TEST(ClientCertificate, IsNotAskedForByAPlainServer) {
  const lab::Nginx nginx(pki(), {"TLSv1.3", "", ""});
  const auto seen = Talk(nginx.port()).client_certificate();
  EXPECT_EQ(told(seen.requested), "no: no certificate_request");
  EXPECT_EQ(told(seen.required), "not applicable: not requested");
}

TEST(ClientCertificate, IsRequiredWhereTheServerAlertsWithoutOne) {
  const lab::OpensslServer server(pki(), {"-tls1_3", "-Verify", "1", "-CAfile", pki().bundle()});
  const auto seen = Talk(server.port()).client_certificate();
  EXPECT_EQ(told(seen.requested), "yes: certificate_request");
  EXPECT_EQ(told(seen.required), "yes: alert certificate_required");
  EXPECT_EQ(seen.authorities, std::vector<std::string>{"CN=Example Root,O=Example Clinic,C=JP"});
}

TEST(ClientCertificate, IsRequiredByNginxInHttp) {
  const lab::Nginx nginx(pki(),
                         {"TLSv1.3", "", "ssl_verify_client on; ssl_client_certificate " + pki().bundle() + ";"});
  const auto seen = Talk(nginx.port()).client_certificate();
  EXPECT_EQ(told(seen.requested), "yes: certificate_request");
  EXPECT_EQ(told(seen.required), "yes: http 400, No required SSL certificate was sent");
}

TEST(ClientCertificate, IsWelcomeButNotRequired) {
  const lab::Nginx nginx(pki(),
                         {"TLSv1.3", "", "ssl_verify_client optional; ssl_client_certificate " + pki().bundle() + ";"});
  const auto seen = Talk(nginx.port()).client_certificate();
  EXPECT_EQ(told(seen.requested), "yes: certificate_request");
  EXPECT_EQ(told(seen.required), "no: http 204 without a certificate");
}

// What is known of a server that speaks TLS 1.2 with this suite alone.
void speaks12(Talk& talk) {
  const HelloOffer offer = old_offer(TlsVersion::Tls12, {SuiteId{0xC02B}});
  talk.learned.versions.versions[TlsVersion::Tls13] = {Answer::No, "alert protocol_version"};
  talk.learned.versions.versions[TlsVersion::Tls12] = {Answer::Yes, "server_hello"};
  talk.learned.suites.versions[TlsVersion::Tls12].suites = offer.suites;
  talk.learned.offers[TlsVersion::Tls12] = offer;
  talk.learned.replies[TlsVersion::Tls12] = talk.exchange(offer);
}

TEST(ClientCertificate, IsReadFromTheFlightBeforeTls13) {
  const lab::OpensslServer server(pki(), {"-tls1_2", "-Verify", "1", "-CAfile", pki().bundle()});
  Talk talk(server.port());
  talk.learned.versions.versions[TlsVersion::Tls13] = {Answer::No, "alert protocol_version"};
  EXPECT_EQ(told(talk.client_certificate().requested), "unknown: no handshake to look at");
  speaks12(talk);
  const auto seen = talk.client_certificate();
  EXPECT_EQ(told(seen.requested), "yes: certificate_request");
  EXPECT_EQ(told(seen.required), "yes: alert handshake_failure");
  EXPECT_EQ(seen.authorities, std::vector<std::string>{"CN=Example Root,O=Example Clinic,C=JP"});
  talk.learned.replies[TlsVersion::Tls12].flight.clear();
  EXPECT_EQ(talk.client_certificate().requested.accepted, Answer::Unknown);
}

TEST(ClientCertificate, IsRequiredOrWelcomeInHttpBeforeTls13) {
  for (const bool required : {true, false}) {
    const lab::Nginx nginx(pki(), {"TLSv1.2", "",
                                   std::string("ssl_verify_client ") + (required ? "on" : "optional") +
                                       "; ssl_client_certificate " + pki().bundle() + ";"});
    Talk talk(nginx.port());
    speaks12(talk);
    EXPECT_EQ(told(talk.client_certificate().required),
              required ? "yes: http 400, No required SSL certificate was sent" : "no: http 204 without a certificate");
  }
}

TEST(ClientCertificate, IsNotAskedForByAPlainServerBeforeTls13) {
  const lab::Nginx nginx(pki(), {"TLSv1.2", "", ""});
  Talk talk(nginx.port());
  speaks12(talk);
  EXPECT_EQ(told(talk.client_certificate().requested), "no: no certificate_request");
}

class Transcript : public testing::Test {
 protected:
  void SetUp() override {
    seen_ = Talk(server_.port()).shake();
    const auto made = transcript_of(seen_);
    ASSERT_TRUE(made) << made.error().detail;
    transcript_ = *made;
    leaf_ = seen_.certificates.front().der;
  }
  std::string checked() const {
    const auto done = check_transcript(transcript_, leaf_);
    return done ? "holds" : done.error().detail;
  }

  const lab::OpensslServer server_{pki(), {"-tls1_3", "-Verify", "1", "-groups", "P-384"}};  // a retry, a request
  Seen13 seen_;
  TlsTranscript transcript_;
  Buffer leaf_;
};

TEST_F(Transcript, HoldsForWhoeverHasIt) {
  EXPECT_TRUE(seen_.retried_for && seen_.certificate_requested);
  EXPECT_EQ(checked(), "holds");
  EXPECT_EQ(transcript_.random.size(), 64U);
}

TEST_F(Transcript, OfAnotherRandomIsRefused) {
  transcript_.random[5] = transcript_.random[5] == 'a' ? 'b' : 'a';
  EXPECT_EQ(checked(), "another random");
}

TEST_F(Transcript, OfAnotherCertificateIsRefused) {
  leaf_ = seen_.certificates.at(1).der;
  EXPECT_EQ(checked(), "another certificate");
}

TEST_F(Transcript, OfAnotherSchemeOrSuiteIsRefused) {
  const TlsTranscript original = transcript_;
  transcript_.scheme = SchemeId{0x0804};
  EXPECT_EQ(checked(), "another scheme");
  transcript_ = original;
  transcript_.suite = SuiteId{0x1303};
  EXPECT_EQ(checked(), "another suite");
}

TEST_F(Transcript, WithAnyBitTurnedIsRefused) {
  const Buffer original = transcript_.messages;
  for (std::size_t at = 0; at < original.size(); at += 7) {
    transcript_.messages = original;
    transcript_.messages[at] ^= 0x10;
    EXPECT_NE(checked(), "holds") << at;
  }
  transcript_.messages = original;
  transcript_.messages.push_back(0);
  EXPECT_NE(checked(), "holds");
}

TEST(TranscriptOfAResumption, IsAbsent) { EXPECT_EQ(transcript_of(Seen13{}).error().kind, Error::Kind::Absent); }

}  // namespace
}  // namespace kenshin
