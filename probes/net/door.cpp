#include "probes/net/door.h"

#include "probes/net/dialogue.h"
#include "probes/net/proxy.h"
#include "probes/net/starttls.h"

namespace kenshin {

Result<Socket> open_port(const std::string& address, std::uint16_t port, const Session& session, Deadline deadline) {
  if (session.proxy.empty()) return Socket::connect(address, port, session.source_address, deadline);
  return connect_through_proxy(address, port, session, deadline);
}

Result<Socket> open_door(const Target& target, const std::string& address, const Session& session, Deadline deadline) {
  auto socket = open_port(address, target.port, session, deadline);
  if (!socket) {
    const bool before = target.protocol != Protocol::Tls && socket.error().kind == Error::Kind::Reset;
    return before ? before_tls(socket.error(), protocol_name(target.protocol)) : socket.error();
  }
  if (const auto begun = begin_tls(*socket, target, deadline); !begun) return begun.error();
  return socket;
}

}  // namespace kenshin
