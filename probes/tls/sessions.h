// Whether a server takes up sessions: by id and by ticket up to TLS 1.2 (RFC 5246 7.4.1.2, RFC 5077).
#pragma once

#include "probes/tls/handshake12.h"

namespace kenshin {

// At most six connections. "no" needs a handshake that was finished anew though a session was offered, twice; or a
// server that gives neither id nor ticket.
TlsSessions observe_sessions(Conversation&, const Learned&, Tally&);

}  // namespace kenshin
