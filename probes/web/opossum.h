// Opossum (2025): a service that is reached both by TLS from the first byte and by an upgrade to TLS can be made to
// answer the wrong one of two waiting requests. Tested for HTTP (RFC 2817); for mail, FTP, LDAP and NNTP the condition:
// both ways stand open at one address.
#pragma once

#include "probes/probe.h"
#include "probes/tls/conversation.h"
#include "probes/tls/facts.h"

namespace kenshin {

// Yes: the plain HTTP port switched to TLS, or both ways stand open (because: "condition: ..."). No: it answers without
// switching, or nobody listens on the other port while the target's own takes connections. NotApplicable: a protocol
// with one way. Unknown: anything else.
Vulnerability opossum(const Asked&, Session&, Tally&);

}  // namespace kenshin
