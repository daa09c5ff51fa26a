// How a server's handshake behaves: which extensions it answers, what it tolerates (RFC 8446 4.2, RFC 7366, 7507, 7627,
// 8701 and others). An echo is a yes; a ServerHello without one is a no.
#pragma once

#include "probes/tls/learned.h"

namespace kenshin {

// Every Feature gets an entry. Six connections for a server of today: several questions share a hello, and are asked
// one by one only where that hello is refused.
TlsExtensions observe_extensions(Conversation&, const Learned&, Tally&);

}  // namespace kenshin
