// Whether a client may renegotiate on a connection up to TLS 1.2, and whether it may do so without binding the new
// handshake to the old one: RFC 5246 7.4.1.1 and 7.2.2 (no_renegotiation), RFC 5746.
#pragma once

#include "probes/tls/handshake12.h"

namespace kenshin {

// One renegotiation per connection, one connection where the answer decides. A ServerHello in answer: vulnerable. An
// alert that refuses: not. A close, a reset or silence: not where three connections end alike, each after a handshake
// that was finished, no control hello ended that way, and after a handshake without a second hello the connection stays
// open at least as long; otherwise unknown.
Vulnerability client_renegotiation(Conversation&, const Learned&, Tally&);
// The same by a client that never heard of RFC 5746.
Vulnerability insecure_renegotiation(Conversation&, const Learned&, Tally&);

}  // namespace kenshin
