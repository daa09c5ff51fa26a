// Renegotiation by the client: taken, refused, or not to be told.
#include "probes/tls/renegotiation.h"

#include <gtest/gtest.h>

#include "tests/lab/learned12.h"
#include "tests/lab/peers.h"
#include "tests/lab/tls12_server.h"

namespace kenshin {
namespace {

struct Both {
  Vulnerability by_client, insecure;
};

Both look(std::uint16_t port, std::chrono::milliseconds timeout = std::chrono::milliseconds(5000)) {
  Session session;
  session.timeout = timeout;
  Conversation conversation(lab::asked12(port), session);
  Tally tally{0};
  const Learned learned = lab::learn12(conversation);
  return {client_renegotiation(conversation, learned, tally), insecure_renegotiation(conversation, learned, tally)};
}

lab::Behaviour renegotiating(lab::OnRenegotiation on, bool takes_unbound = false, bool knows_rfc5746 = true) {
  lab::Tls12Wish wish;
  wish.renegotiation = on;
  wish.takes_unbound = takes_unbound;
  wish.knows_rfc5746 = knows_rfc5746;
  return lab::tls12_server(wish);
}

TEST(Renegotiation, IsFoundTenTimesInTen) {
  const lab::Server secure(renegotiating(lab::OnRenegotiation::Accept));
  const lab::Server insecure(renegotiating(lab::OnRenegotiation::Accept, true, false));
  const lab::Server both(renegotiating(lab::OnRenegotiation::Accept, true));
  for (int i = 0; i < 10; ++i) {
    const Both one = look(secure.port());
    EXPECT_EQ(one.by_client.vulnerable, Answer::Yes) << one.by_client.because;
    EXPECT_EQ(one.insecure.vulnerable, Answer::No) << one.insecure.because;
    for (const auto* server : {&insecure, &both}) {
      const Both other = look(server->port());
      EXPECT_EQ(other.by_client.vulnerable, Answer::Yes) << other.by_client.because;
      EXPECT_EQ(other.insecure.vulnerable, Answer::Yes) << other.insecure.because;
    }
  }
}

TEST(Renegotiation, IsAbsentTenTimesInTen) {
  using lab::OnRenegotiation;
  for (const auto on : {OnRenegotiation::NoRenegotiation, OnRenegotiation::HandshakeFailure, OnRenegotiation::Close}) {
    const lab::Server server(renegotiating(on));
    for (int i = 0; i < 10; ++i) {
      const Both seen = look(server.port());
      EXPECT_EQ(seen.by_client.vulnerable, Answer::No) << seen.by_client.because;
      EXPECT_EQ(seen.insecure.vulnerable, Answer::No) << seen.insecure.because;
    }
  }
}

TEST(Renegotiation, SaysWhatRefusedIt) {
  using lab::OnRenegotiation;
  const lab::Server refuses(renegotiating(OnRenegotiation::NoRenegotiation)),
      closes(renegotiating(OnRenegotiation::Close)), silent(renegotiating(OnRenegotiation::Silence));
  EXPECT_EQ(look(refuses.port()).by_client.because, "alert no_renegotiation to a second hello");
  EXPECT_EQ(look(closes.port()).by_client.because, "closed to a second hello, thrice alike");
  EXPECT_EQ(look(silent.port(), std::chrono::milliseconds(400)).by_client,
            (Vulnerability{Answer::No, "timeout to a second hello, thrice alike"}));
}

TEST(Renegotiation, IsUnknownWhereTriesDifferOrNoHandshakeIsFinished) {
  using lab::OnRenegotiation;
  const lab::Server moody(
      lab::one_in(2, renegotiating(OnRenegotiation::Close), renegotiating(OnRenegotiation::Silence)));
  const Both seen = look(moody.port(), std::chrono::milliseconds(400));
  EXPECT_EQ(seen.by_client.vulnerable, Answer::Unknown) << seen.by_client.because;
  Session session;
  const lab::Server server(renegotiating(OnRenegotiation::Accept)), closing(lab::closes());
  Conversation known(lab::asked12(server.port()), session), gone(lab::asked12(closing.port()), session);
  Tally tally{0};
  EXPECT_EQ(client_renegotiation(gone, lab::learn12(known), tally),
            (Vulnerability{Answer::Unknown, "no handshake was finished: closed"}));
}

TEST(Renegotiation, IsUnknownWhereEveryHandshakeIsClosed) {
  lab::Tls12Wish wish;
  wish.renegotiation = lab::OnRenegotiation::Accept;
  wish.ends_after_handshake = true;
  const lab::Server server(lab::tls12_server(wish)),
      often(lab::one_in(2, lab::tls12_server(wish), renegotiating(lab::OnRenegotiation::Close)));
  for (int i = 0; i < 10; ++i)
    for (const auto* each : {&server, &often}) {
      const Both seen = look(each->port());
      EXPECT_EQ(seen.by_client.vulnerable, Answer::Unknown) << seen.by_client.because;
      EXPECT_EQ(seen.insecure.vulnerable, Answer::Unknown) << seen.insecure.because;
    }
  EXPECT_EQ(look(server.port()).by_client.because, "alert close_notify to a second hello, and without one");
}

TEST(Renegotiation, OpensslNginxAndGnutlsAreSeenAsTheyAre) {
  const lab::Pki pki;
  const lab::OpensslServer usual(pki, {"-tls1_2"}), allows(pki, {"-tls1_2", "-client_renegotiation"}),
      unbound(pki, {"-tls1_2", "-client_renegotiation", "-legacy_renegotiation"});
  const lab::Nginx nginx(pki, {"TLSv1.2", "", ""});
  for (const auto port : {usual.port(), nginx.port()}) {
    const Both seen = look(port);
    EXPECT_EQ(seen.by_client.vulnerable, Answer::No) << seen.by_client.because;
    EXPECT_EQ(seen.insecure.vulnerable, Answer::No) << seen.insecure.because;
  }
  const lab::GnutlsServer gnutls(pki, "NORMAL:-VERS-TLS1.3");
  const Both by_gnutls = look(gnutls.port());
  EXPECT_EQ(by_gnutls.insecure.vulnerable, Answer::No) << by_gnutls.insecure.because;
  EXPECT_EQ(by_gnutls.by_client.vulnerable, Answer::Yes) << by_gnutls.by_client.because;
  const Both allowed = look(allows.port()), both = look(unbound.port());
  EXPECT_EQ(allowed.by_client.vulnerable, Answer::Yes) << allowed.by_client.because;
  EXPECT_EQ(allowed.insecure.vulnerable, Answer::No) << allowed.insecure.because;
  EXPECT_EQ(both.by_client.vulnerable, Answer::Yes) << both.by_client.because;
  EXPECT_EQ(both.insecure.vulnerable, Answer::Yes) << both.insecure.because;
}

}  // namespace
}  // namespace kenshin
