// Wishes for finished TLS 1.3 handshakes with a server that is known.
#pragma once

#include "probes/tls/handshake13.h"
#include "probes/tls/learned.h"

namespace kenshin {

// A hello the server answers, of suites and groups that can be spoken to the end. Unsupported where it has none.
Result<Wish13> finishing_wish(const Learned&);

// GET of "/", which names kenshin; `host` may be empty.
Buffer page_request(const std::string& host);

// One handshake, and again where the connection failed: up to twice, after silence once.
Seen13 insisting_handshake13(Conversation&, const Wish13&, Tally&);

// The last thing that was seen, in a word: "finished", "alert certificate_required", "reset" ...
std::string ending(const Seen13&);

}  // namespace kenshin
