// Ticketbleed (CVE-2016-9244): a server that takes up a ticket answers with 32 bytes of session id, however short the
// one it was sent; the rest is its memory. What comes is counted, never kept.
#pragma once

#include "probes/tls/handshake12.h"

namespace kenshin {

// Class 3. Up to five connections: a ticket, its use with a session id of 32 bytes, then thrice with one byte.
Vulnerability ticketbleed(Conversation&, const Learned&, Tally&);

}  // namespace kenshin
