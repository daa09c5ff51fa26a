// One question to one name server itself, past any resolver: UDP, and TCP where the answer did not fit (RFC 7766).
#pragma once

#include <string>

#include "probes/dns/message.h"
#include "probes/net/socket.h"
#include "probes/session.h"

namespace kenshin {

// The server's answer, whatever its code, from Session::name_server_port. What is not the answer to this question (id,
// name, type, address) is passed over. Errors: Timeout, Refused, Unreachable, Malformed, Denied (an address of this
// network, unless the session's resolver is of it, too).
Result<DnsMessage> ask_name_server(const std::string& address, const DnsQuestion&, const Session&, Deadline);

}  // namespace kenshin
