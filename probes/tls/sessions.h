// Whether a server takes up sessions: by id and by ticket up to TLS 1.2 (RFC 5246 7.4.1.2, RFC 5077); TLS 1.3's part is
// in probes/tls/sessions13.h.
#pragma once

#include "probes/tls/handshake12.h"

namespace kenshin {

// All of the fact. At most six connections for TLS 1.2 and before, where "no" needs a handshake that was finished anew
// though a session was offered, twice; or a server that gives neither id nor ticket.
TlsSessions observe_sessions(Conversation&, const Learned&, Tally&);

}  // namespace kenshin
