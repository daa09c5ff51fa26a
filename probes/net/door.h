// The one way to an endpoint: TCP, or the session's proxy, then the STARTTLS opening of the target's protocol. What
// comes back is ready for a ClientHello.
#pragma once

#include <string>

#include "probes/base/target.h"
#include "probes/net/socket.h"
#include "probes/session.h"

namespace kenshin {

// Errors: as in Socket::connect; as in connect_through_proxy (probes/net/proxy.h) and begin_tls
// (probes/net/starttls.h), whose details name the step. After TCP stands, no error is a Timeout, Reset or Closed: those
// speak of TLS alone.
Result<Socket> open_door(const Target&, const std::string& address, const Session&, Deadline);

// The same without the opening: a connection to any port of the address.
Result<Socket> open_port(const std::string& address, std::uint16_t port, const Session&, Deadline);

}  // namespace kenshin
