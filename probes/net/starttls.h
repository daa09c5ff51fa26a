// The way from a protocol's first byte to the moment TLS may begin. One table row per protocol (starttls.cpp).
#pragma once

#include "probes/base/target.h"
#include "probes/net/socket.h"

namespace kenshin {

// Speaks the target's protocol until the server agrees to TLS; nothing is said where TLS begins at once. `along` goes
// out in the same segment as the last command (a weakness test; empty otherwise). Bytes that came behind the agreement
// stay in the socket. Errors: Absent (TLS is not offered), RateLimited (not now: busy, or out of order), Refused
// (another refusal), Malformed (it speaks something else), Unreachable (lost on the way); the detail opens with
// protocol and step.
Result<Done> begin_tls(Socket&, const Target&, Deadline, Bytes along = {});

}  // namespace kenshin
