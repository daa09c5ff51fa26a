// Resumption of TLS 1.3: RFC 8446 2.2, 2.3, 4.2.9 to 4.2.11, 4.6.1.
#pragma once

#include "probes/tls/learned.h"

namespace kenshin {

// Fills psk_dhe_ke, psk_ke, early_data, ticket_lifetime_seconds and max_early_data; three to six connections. A server
// that hands out no ticket of its own accord is asked for its page, because some send theirs with their first data.
// "No" only after a handshake that the server finished otherwise, or refused by an alert.
void observe_sessions13(Conversation&, const Learned&, TlsSessions& out, Tally&);

}  // namespace kenshin
