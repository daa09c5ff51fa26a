// Whether a server takes up sessions: by id and by ticket up to TLS 1.2 (RFC 5246 7.4.1.2, RFC 5077); TLS 1.3's part is
// in probes/tls/sessions13.h.
#pragma once

#include <future>
#include <optional>

#include "probes/tls/handshake12.h"

namespace kenshin {

// A ticket and its second use: what the fact rests on, and where Ticketbleed begins.
struct TicketUse {
  std::optional<Decided> none;  // why nothing was asked
  Seen12 first;                 // the handshake that should give a ticket
  HelloOffer offer;             // the second hello: the ticket, and a session id of 32 bytes
  Decided taken;                // nothing is said where no ticket came that could be sent again
};
TicketUse use_ticket(Conversation&, const Learned&, Tally&);

// All of the fact. At most three connections for TLS 1.2 and before, beside the ticket's three, where "no" needs a
// handshake that was finished anew though a session was offered, twice; or a server that gives neither id nor ticket.
TlsSessions observe_sessions(Conversation&, const Learned&, const std::shared_future<TicketUse>&, Tally&);

}  // namespace kenshin
