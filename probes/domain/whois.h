// WHOIS over TCP (RFC 3912): one line out, text back until the server closes. Whose turn it is: registry_turns.h.
#pragma once

#include <string>
#include <string_view>

#include "probes/base/result.h"
#include "probes/session.h"

namespace kenshin {

// The answer to one query line, as it came, valid UTF-8, at most 64 KiB. `server` is "HOST:PORT", reached from the
// session's source address and through its proxy. The deadline is session.timeout from connecting to the end of the
// answer. An answer that breaks off by a reset or at the deadline is an Error, so is one without a byte (Closed).
Result<std::string> ask_whois(std::string_view server, std::string_view query, Session&);

}  // namespace kenshin
