#include "probes/net/vantage.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probes/certificate/trust.h"

namespace kenshin {

namespace {

// Connecting a datagram socket asks the routing table and sends nothing. The address lies in 2000::/3, all that is
// routed today, at the name servers of the root.
Answer has_ipv6_route() {
  const int socket = ::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return Answer::No;
  sockaddr_in6 far{};
  far.sin6_family = AF_INET6;
  far.sin6_port = htons(443);
  far.sin6_addr.s6_addr[0] = 0x20;
  far.sin6_addr.s6_addr[1] = 0x01;
  far.sin6_addr.s6_addr[2] = 0x05;
  far.sin6_addr.s6_addr[15] = 0x01;
  const bool routed = connect(socket, reinterpret_cast<const sockaddr*>(&far), sizeof far) == 0;
  close(socket);
  return routed ? Answer::Yes : Answer::No;
}

}  // namespace

Observation observe_vantage(Session& session) {
  Vantage out;
  out.ipv6 = has_ipv6_route();
  const auto anchors = trust_anchors(session.trust_bundle);
  out.trust_store = anchors ? trust_store_text((*anchors)->description) : anchors.error().detail;
  return observed<Vantage>({TargetKind::Clinic, "", 0}, "", session.now(), 0, Result<Vantage>(std::move(out)));
}

}  // namespace kenshin
