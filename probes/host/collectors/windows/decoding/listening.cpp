#include "probes/host/collectors/windows/decoding/listening.h"

#include <algorithm>
#include <tuple>

namespace kenshin::windows {

namespace {

constexpr int first_lent_port = 49152;

ListeningScope scope4(std::span<const std::uint8_t> a) {
  if (a[0] == 127) return ListeningScope::Loopback;
  const bool lan = a[0] == 10 || (a[0] == 172 && a[1] >= 16 && a[1] < 32) || (a[0] == 192 && a[1] == 168) ||
                   (a[0] == 169 && a[1] == 254);
  return lan ? ListeningScope::Private : ListeningScope::Any;
}

ListeningScope scope6(std::span<const std::uint8_t> a) {
  const auto zeros = [&](std::size_t count) {
    return std::all_of(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(count), [](auto byte) { return byte == 0; });
  };
  if (zeros(15) && a[15] == 1) return ListeningScope::Loopback;
  if (zeros(10) && a[10] == 0xFF && a[11] == 0xFF) return scope4(a.subspan(12));
  const bool lan = (a[0] & 0xFE) == 0xFC || (a[0] == 0xFE && (a[1] & 0xC0) == 0x80);
  return lan ? ListeningScope::Private : ListeningScope::Any;
}

}  // namespace

ListeningScope listening_scope(std::span<const std::uint8_t> address) {
  if (address.size() == 4) return scope4(address);
  return address.size() == 16 ? scope6(address) : ListeningScope::Any;
}

std::vector<ListeningPort> one_row_per_port(std::vector<ListeningPort> ports) {
  std::erase_if(ports, [](const auto& p) { return p.protocol == PortProtocol::Udp && p.port >= first_lent_port; });
  std::sort(ports.begin(), ports.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.protocol, a.port, b.scope) < std::tuple(b.protocol, b.port, a.scope);
  });
  const auto same = [](const auto& a, const auto& b) { return a.protocol == b.protocol && a.port == b.port; };
  ports.erase(std::unique(ports.begin(), ports.end(), same), ports.end());
  return ports;
}

}  // namespace kenshin::windows
