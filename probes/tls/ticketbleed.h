// Ticketbleed (CVE-2016-9244): a server that takes up a ticket answers with 32 bytes of session id, however short the
// one it was sent; the rest is its memory. What comes is counted, never kept.
#pragma once

#include "probes/tls/sessions.h"

namespace kenshin {

// Class 3. After a ticket was taken up with a session id of 32 bytes, up to three connections with one byte.
Vulnerability ticketbleed(Conversation&, const TicketUse&, Tally&);

}  // namespace kenshin
