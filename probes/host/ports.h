// The ports of a Linux machine that wait for somebody: proc_pid_net(5).
#pragma once

#include <string_view>

#include "probes/host/protection_facts.h"
#include "probes/host/root_files.h"

namespace kenshin {

// Adds the listening ports of one table: /proc/net/tcp, tcp6, udp or udp6. A UDP port from `first_client_port` on is
// left out: mostly a client's. Of a port on several addresses the widest scope is kept.
void parse_proc_net(std::string_view text, PortProtocol, int first_client_port, ListeningPorts&);

Result<ListeningPorts> listening_ports(const RootFiles&);

}  // namespace kenshin
