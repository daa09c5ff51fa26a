// Which ports listen, and how many networks this machine is connected to. Addresses stay here.
#include <winsock2.h>
// winsock2.h comes first
#include <iphlpapi.h>
#include <windows.h>
#include <ws2tcpip.h>

#include "probes/host/collectors/windows/decoding/known_software.h"
#include "probes/host/collectors/windows/decoding/listening.h"
#include "probes/host/collectors/windows/facts.h"
#include "probes/host/collectors/windows/installed.h"

namespace kenshin::windows {

namespace {

NoAnswer network_failed(const char* step, unsigned long code) { return no_answer("iphlpapi", step, code); }

int port_of(DWORD network_order) { return static_cast<int>((network_order & 0xFF) << 8 | (network_order >> 8 & 0xFF)); }

// The table that `ask` fills, asked again while it grows.
template <class Ask>
unsigned long fetch(std::vector<BYTE>& table, Ask ask) {
  unsigned long code = ERROR_INSUFFICIENT_BUFFER;
  for (int tries = 0; tries < 5 && (code == ERROR_INSUFFICIENT_BUFFER || code == ERROR_BUFFER_OVERFLOW); ++tries) {
    DWORD size = static_cast<DWORD>(table.size());
    code = ask(table.data(), &size);
    if (code == ERROR_INSUFFICIENT_BUFFER || code == ERROR_BUFFER_OVERFLOW) table.resize(size + 4096);
  }
  return code;
}

template <class Table, class Address>
void add_rows(const std::vector<BYTE>& bytes, PortProtocol protocol, Address address, std::vector<ListeningPort>& out) {
  const auto* table = reinterpret_cast<const Table*>(bytes.data());
  for (DWORD i = 0; i < table->dwNumEntries; ++i) {
    const auto& row = table->table[i];
    out.push_back({protocol, port_of(row.dwLocalPort), listening_scope(address(row))});
  }
}

constexpr auto address4 = [](const auto& row) {
  return std::span(reinterpret_cast<const std::uint8_t*>(&row.dwLocalAddr), 4);
};
constexpr auto address6 = [](const auto& row) { return std::span<const std::uint8_t>(row.ucLocalAddr, 16); };

std::optional<NoAnswer> add_tcp(ULONG family, std::vector<ListeningPort>& out) {
  std::vector<BYTE> table(16 * 1024);
  const auto code = fetch(table, [&](void* into, DWORD* size) {
    return GetExtendedTcpTable(into, size, FALSE, family, TCP_TABLE_OWNER_PID_LISTENER, 0);
  });
  if (code != NO_ERROR) return network_failed("GetExtendedTcpTable", code);
  if (family == AF_INET) add_rows<MIB_TCPTABLE_OWNER_PID>(table, PortProtocol::Tcp, address4, out);
  else add_rows<MIB_TCP6TABLE_OWNER_PID>(table, PortProtocol::Tcp, address6, out);
  return std::nullopt;
}

std::optional<NoAnswer> add_udp(ULONG family, std::vector<ListeningPort>& out) {
  std::vector<BYTE> table(16 * 1024);
  const auto code = fetch(table, [&](void* into, DWORD* size) {
    return GetExtendedUdpTable(into, size, FALSE, family, UDP_TABLE_OWNER_PID, 0);
  });
  if (code != NO_ERROR) return network_failed("GetExtendedUdpTable", code);
  if (family == AF_INET) add_rows<MIB_UDPTABLE_OWNER_PID>(table, PortProtocol::Udp, address4, out);
  else add_rows<MIB_UDP6TABLE_OWNER_PID>(table, PortProtocol::Udp, address6, out);
  return std::nullopt;
}

// Adapters that are up and lead somewhere.
std::optional<int> networks() {
  std::vector<BYTE> buffer(32 * 1024);
  const auto code = fetch(buffer, [&](void* into, DWORD* size) {
    return GetAdaptersAddresses(AF_UNSPEC, GAA_FLAG_INCLUDE_GATEWAYS, nullptr, static_cast<IP_ADAPTER_ADDRESSES*>(into),
                                size);
  });
  if (code != NO_ERROR) return std::nullopt;
  int out = 0;
  for (const auto* at = reinterpret_cast<const IP_ADAPTER_ADDRESSES*>(buffer.data()); at != nullptr; at = at->Next)
    if (at->OperStatus == IfOperStatusUp && at->IfType != IF_TYPE_SOFTWARE_LOOPBACK &&
        at->FirstGatewayAddress != nullptr)
      ++out;
  return out;
}

}  // namespace

Asked<ListeningPorts> network_listening() {
  std::vector<ListeningPort> ports;
  for (const ULONG family : {AF_INET, AF_INET6}) {
    if (auto why = add_tcp(family, ports)) return std::move(*why);
    if (auto why = add_udp(family, ports)) return std::move(*why);
  }
  return ListeningPorts{one_row_per_port(std::move(ports))};
}

Asked<OtherUse> terminal_other_use() {
  const auto programs = installed_programs();
  if (!programs) return programs.why();
  return OtherUse{has_ehr_client(*programs), networks()};
}

}  // namespace kenshin::windows
