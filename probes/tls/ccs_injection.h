// ChangeCipherSpec injection (CVE-2014-0224): vulnerable code takes a ChangeCipherSpec before the ClientKeyExchange and
// changes keys, so that it cannot read the next record; mended code answers alert 10 at once (RFC 5246 7.1).
#pragma once

#include "probes/tls/learned.h"

namespace kenshin {

// Class 3, in the highest accepted version up to TLS 1.2. No: an alert or the end of the connection at once. Yes:
// silence, and another alert than 10 to a second one, in two connections. Unknown: silence to both, or anything else.
Vulnerability ccs_injection(Conversation&, const Learned&, Tally&);

}  // namespace kenshin
