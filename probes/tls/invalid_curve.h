// Invalid curve attacks (CVE-2015-7940 and others): does the server take a ClientKeyExchange whose point is not on its
// curve (RFC 8422 5.11 has it checked)?
#pragma once

#include "probes/tls/sessions.h"

namespace kenshin {

// Class 3, in the highest accepted version up to TLS 1.2 that has ECDHE suites, on P-256, P-384 or P-521. No: the
// message is refused as soon as it stands there, and one with a point on the curve is not: the handshake that was
// finished for a ticket shows it, or one more. Whoever goes on may check later: Unknown, never Yes.
Vulnerability invalid_curve(Conversation&, const Learned&, const TicketUse&, Tally&);

}  // namespace kenshin
