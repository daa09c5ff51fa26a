// Ticketbleed: 31 bytes too many behind a session id of one byte.
#include "probes/tls/ticketbleed.h"

#include <gtest/gtest.h>

#include "tests/lab/learned12.h"
#include "tests/lab/peers.h"
#include "tests/lab/tls12_server.h"

namespace kenshin {
namespace {

Vulnerability look(std::uint16_t port) {
  Session session;
  Conversation conversation(lab::asked12(port), session);
  Tally tally{0};
  return ticketbleed(conversation, use_ticket(conversation, lab::learn12(conversation), tally), tally);
}

TEST(Ticketbleed, IsFoundTenTimesInTenAndAbsentTenTimesInTen) {
  lab::Tls12Wish bleeding;
  bleeding.bleeds = true;
  const lab::Server vulnerable(lab::tls12_server(bleeding)), mended(lab::tls12_server({}));
  for (int i = 0; i < 10; ++i) {
    const Vulnerability found = look(vulnerable.port()), absent = look(mended.port());
    EXPECT_EQ(found.vulnerable, Answer::Yes) << found.because;
    EXPECT_EQ(absent.vulnerable, Answer::No) << absent.because;
  }
}

TEST(Ticketbleed, NeedsATicketThatIsTakenUp) {
  lab::Tls12Wish none, declining;
  none.gives_tickets = false;
  declining.takes_tickets = false;
  const lab::Server without(lab::tls12_server(none)), declines(lab::tls12_server(declining));
  EXPECT_EQ(look(without.port()), (Vulnerability{Answer::NotApplicable, "no ticket"}));
  EXPECT_EQ(look(declines.port()),
            (Vulnerability{Answer::Unknown, "the ticket was not taken up: a full handshake instead"}));
}

TEST(Ticketbleed, RaisesNoFalseAlarm) {
  const lab::Pki pki;
  const lab::OpensslServer openssl(pki, {"-tls1_2"});
  const lab::Nginx nginx(pki, {"TLSv1.2", "", ""});
  const lab::GnutlsServer gnutls(pki, "NORMAL:-VERS-TLS1.3");
  for (const auto port : {openssl.port(), nginx.port(), gnutls.port()}) {
    const Vulnerability seen = look(port);
    EXPECT_EQ(seen.vulnerable, Answer::No) << seen.because;
  }
}

}  // namespace
}  // namespace kenshin
