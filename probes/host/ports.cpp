#include "probes/host/ports.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <optional>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t port_limit = 500;

std::optional<std::uint32_t> hexadecimal(std::string_view digits) {
  std::uint32_t value{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// An address as the kernel prints it: words of four octets in the machine's own order.
std::optional<std::vector<unsigned>> octets_of(std::string_view digits) {
  if (digits.size() != 8 && digits.size() != 32) return std::nullopt;
  std::vector<unsigned> out;
  for (std::size_t at = 0; at < digits.size(); at += 8) {
    const auto word = hexadecimal(digits.substr(at, 8));
    if (!word) return std::nullopt;
    for (unsigned i = 0; i < 4; ++i)
      out.push_back((*word >> (std::endian::native == std::endian::little ? 8 * i : 24 - 8 * i)) & 255U);
  }
  return out;
}

ListeningScope scope_of_four(unsigned a, unsigned b) {
  if (a == 127) return ListeningScope::Loopback;
  const bool shared = a == 100 && b >= 64 && b <= 127, link = a == 169 && b == 254;        // RFC 6598, RFC 3927
  const bool own = a == 10 || (a == 172 && b >= 16 && b <= 31) || (a == 192 && b == 168);  // RFC 1918
  return own || shared || link ? ListeningScope::Private : ListeningScope::Any;
}

ListeningScope scope_of(const std::vector<unsigned>& octets) {
  if (octets.size() == 4) return scope_of_four(octets[0], octets[1]);
  const bool zeros = std::all_of(octets.begin(), octets.begin() + 10, [](unsigned o) { return o == 0; });
  if (zeros && octets[10] == 255 && octets[11] == 255) return scope_of_four(octets[12], octets[13]);
  const bool one = std::all_of(octets.begin() + 10, octets.end() - 1, [](unsigned o) { return o == 0; });
  if (zeros && one && octets[15] == 1) return ListeningScope::Loopback;
  const bool own = (octets[0] & 0xFEU) == 0xFCU;                         // RFC 4193
  const bool link = octets[0] == 0xFEU && (octets[1] & 0xC0U) == 0x80U;  // RFC 4291 2.5.6
  return own || link ? ListeningScope::Private : ListeningScope::Any;
}

void keep_widest(ListeningPorts& out, const ListeningPort& port) {
  const auto same = std::find_if(out.ports.begin(), out.ports.end(), [&](const ListeningPort& p) {
    return p.protocol == port.protocol && p.port == port.port;
  });
  if (same != out.ports.end()) same->scope = std::max(same->scope, port.scope);
  else if (out.ports.size() <= port_limit) out.ports.push_back(port);
}

int first_client_port(const RootFiles& files) {
  const auto range = files.read("/proc/sys/net/ipv4/ip_local_port_range", 256);
  int first = 32768;
  if (range) std::from_chars(range->data(), range->data() + range->size(), first);
  return first;
}

}  // namespace

void parse_proc_net(std::string_view text, PortProtocol protocol, int client_port, ListeningPorts& out) {
  constexpr std::string_view tcp_listens = "0A", udp_unconnected = "07";
  for (const auto line : lines(text)) {
    std::vector<std::string_view> words;
    for (const auto word : split(line.substr(0, 512), ' '))
      if (!word.empty()) words.push_back(word);
    if (words.size() < 4 || words[3] != (protocol == PortProtocol::Tcp ? tcp_listens : udp_unconnected)) continue;
    const auto local = split(words[1], ':');
    if (local.size() != 2) continue;
    const auto octets = octets_of(local[0]);
    const auto port = hexadecimal(local[1]);
    if (!octets || !port || *port == 0 || *port > 65535) continue;
    if (protocol == PortProtocol::Udp && static_cast<int>(*port) >= client_port) continue;
    keep_widest(out, {protocol, static_cast<int>(*port), scope_of(*octets)});
  }
}

Result<ListeningPorts> listening_ports(const RootFiles& files) {
  struct Table {
    std::string_view path;
    PortProtocol protocol;
  };
  constexpr std::array<Table, 4> tables = {{{"/proc/net/tcp", PortProtocol::Tcp},
                                            {"/proc/net/tcp6", PortProtocol::Tcp},
                                            {"/proc/net/udp", PortProtocol::Udp},
                                            {"/proc/net/udp6", PortProtocol::Udp}}};
  ListeningPorts out;
  const int client_port = first_client_port(files);
  for (const auto& table : tables) {
    const auto text = files.read(table.path, std::size_t{16} << 20);
    if (text && text->find("local_address") == std::string::npos)
      return Error{Error::Kind::Failed, std::string(table.path) + " is no table of sockets"};
    if (text) parse_proc_net(*text, table.protocol, client_port, out);
    else if (text.error().kind != Error::Kind::Absent || table.path == tables.front().path) return text.error();
  }
  if (out.ports.size() > port_limit)
    return Error{Error::Kind::Failed, "more than " + std::to_string(port_limit) + " ports wait for somebody"};
  std::sort(out.ports.begin(), out.ports.end(), [](const ListeningPort& a, const ListeningPort& b) {
    return a.protocol != b.protocol ? a.protocol < b.protocol : a.port < b.port;
  });
  return out;
}

}  // namespace kenshin
