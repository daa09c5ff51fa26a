// Sessions up to TLS 1.2: taken up or declined, by servers people run and by a scripted one.
#include "probes/tls/sessions.h"

#include <gtest/gtest.h>

#include "probes/tls/weaknesses.h"
#include "tests/lab/learned12.h"
#include "tests/lab/peers.h"
#include "tests/lab/tls12_server.h"

namespace kenshin {
namespace {

TlsSessions all_of(Conversation& conversation, const Learned& learned, Tally& tally) {
  return observe_sessions(conversation, learned, seen_already(use_ticket(conversation, learned, tally)), tally);
}

TlsSessions look(std::uint16_t port) {
  Session session;
  Conversation conversation(lab::asked12(port), session);
  Tally tally{0};
  const Learned learned = lab::learn12(conversation);
  TlsSessions out = all_of(conversation, learned, tally);
  EXPECT_LE(tally, 6);
  return out;
}

TEST(Sessions, OpensslTakesUpIdsAndTickets) {
  const lab::Pki pki;
  const lab::OpensslServer server(pki, {"-tls1_2"});
  const TlsSessions seen = look(server.port());
  EXPECT_EQ(seen.by_id, (Decided{Answer::Yes, "resumed"}));
  EXPECT_EQ(seen.by_ticket, (Decided{Answer::Yes, "resumed"}));
  EXPECT_EQ(seen.ticket_lifetime_seconds, 7200);
}

TEST(Sessions, GnutlsTakesUpBoth) {
  const lab::Pki pki;
  const lab::GnutlsServer server(pki, "NORMAL:-VERS-TLS1.3");
  const TlsSessions seen = look(server.port());
  EXPECT_EQ(seen.by_id.accepted, Answer::Yes) << seen.by_id.because;
  EXPECT_EQ(seen.by_ticket.accepted, Answer::Yes) << seen.by_ticket.because;
}

TEST(Sessions, NginxTakesUpTicketsAloneUnlessItHasACache) {
  const lab::Pki pki;
  const lab::Nginx usual(pki, {"TLSv1.2", "", ""}), neither(pki, {"TLSv1.2", "", "ssl_session_tickets off;"}),
      cached(pki, {"TLSv1.2", "", "ssl_session_tickets off; ssl_session_cache shared:a:1m;"});
  const TlsSessions by_default = look(usual.port());
  EXPECT_EQ(by_default.by_ticket.accepted, Answer::Yes) << by_default.by_ticket.because;
  EXPECT_EQ(by_default.by_id.accepted, Answer::No) << by_default.by_id.because;
  EXPECT_EQ(by_default.ticket_lifetime_seconds, 300);
  const TlsSessions none = look(neither.port());
  EXPECT_EQ(none.by_ticket, (Decided{Answer::No, "no ticket"}));
  EXPECT_EQ(none.by_id.accepted, Answer::No) << none.by_id.because;
  EXPECT_EQ(none.ticket_lifetime_seconds, std::nullopt);
  EXPECT_EQ(look(cached.port()).by_id.accepted, Answer::Yes);
}

TEST(Sessions, DeclinedOnesAreToldFromAbsentOnes) {
  lab::Tls12Wish declines;
  declines.takes_ids = declines.takes_tickets = false;
  const lab::Server declining(lab::tls12_server(declines));
  const TlsSessions declined = look(declining.port());
  EXPECT_EQ(declined.by_id, (Decided{Answer::No, "a full handshake instead"}));
  EXPECT_EQ(declined.by_ticket, (Decided{Answer::No, "a full handshake instead"}));
  lab::Tls12Wish gives_none;
  gives_none.gives_ids = gives_none.gives_tickets = false;
  const lab::Server without(lab::tls12_server(gives_none));
  const TlsSessions none = look(without.port());
  EXPECT_EQ(none.by_id, (Decided{Answer::No, "no session id"}));
  EXPECT_EQ(none.by_ticket, (Decided{Answer::No, "no ticket"}));
}

TEST(Sessions, AreNotAskedForWhereNoHandshakeCanBeFinished) {
  Session session;
  Conversation conversation(lab::asked12(1), session);
  Tally tally{0};
  Learned learned;
  EXPECT_EQ(all_of(conversation, learned, tally).by_id.accepted, Answer::Unknown);
  for (const TlsVersion version : {TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12})
    learned.versions.versions[version] = {Answer::No, "alert protocol_version"};
  EXPECT_EQ(all_of(conversation, learned, tally).by_ticket.accepted, Answer::NotApplicable);
  EXPECT_EQ(tally, 0);
}

}  // namespace
}  // namespace kenshin
