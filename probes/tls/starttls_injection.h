// STARTTLS command injection (CVE-2011-0411 and its many relatives, CVE-2021-23214 for PostgreSQL): does the server
// answer, inside TLS, a command that came in clear in the same segment as STARTTLS? Class 3.
#pragma once

#include "probes/net/dialogue.h"
#include "probes/probe.h"
#include "probes/tls/conversation.h"
#include "probes/tls/facts.h"

namespace kenshin {

// Yes: the answer to our harmless command came inside TLS, three times alike, while connections without company in
// between were answered as usual. No: the answer to a later command came first; or STARTTLS is refused with a command
// along, or (PostgreSQL) TLS is closed inside, three times alike, while connections without company in between went
// well. NotApplicable: TLS from the first byte. Unknown: not authorised, busy, a protocol without a test (XMPP, MySQL,
// RDP), anything else. At most five connections.
Vulnerability starttls_injection(const Asked&, Session&, Tally&);

// Whose answer the text inside TLS opens with: Yes of the injected command, No of the later one, More while it cannot
// be told (`ended`: nothing more will come), Wrong if it never can.
Said whose_answer(Protocol, Bytes inside, bool ended);

}  // namespace kenshin
