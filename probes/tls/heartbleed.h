// Heartbleed (CVE-2014-0160), by a heartbeat without content and without the padding RFC 6520 4 demands: vulnerable
// code answers it, mended code drops it. No memory of the server crosses the wire.
#pragma once

#include "probes/tls/learned.h"

namespace kenshin {

// Class 3. Each accepted version from TLS 1.0 to 1.2. NotApplicable where none is accepted, or none echoes the
// extension (`echoed`: whether the server is known to; Unknown asks).
Vulnerability heartbleed(Conversation&, const Learned&, Answer echoed, Tally&);

}  // namespace kenshin
