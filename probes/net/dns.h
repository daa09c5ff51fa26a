// Addresses of a name, through libunbound: the hosts file and /etc/resolv.conf, or the resolver the user named.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/base/result.h"
#include "probes/session.h"

namespace kenshin {

struct Addresses {
  std::vector<std::string> found;             // IPv4 first, each ascending
  std::optional<Error> ipv4_lost, ipv6_lost;  // that family was asked for and could not be told
};

// A and AAAA of the name; an IP literal is its own address. Absent: the name does not exist (NXDOMAIN); Unreachable: it
// exists without an address, or the resolver failed; Timeout: nothing answered within Session::timeout.
Result<Addresses> addresses_of(const std::string& name, Session&);

}  // namespace kenshin
