// Addresses of a name, through libunbound: the hosts file and /etc/resolv.conf, or the resolver the user named.
#pragma once

#include <string>
#include <vector>

#include "probes/base/result.h"
#include "probes/session.h"

namespace kenshin {

// A and AAAA of the name, IPv4 first, each ascending; an IP literal is its own address. Absent: the name does not
// exist (NXDOMAIN); Unreachable: it exists without an address, or the resolver failed; Timeout: nothing answered within
// Session::timeout.
Result<std::vector<std::string>> addresses_of(const std::string& name, Session&);

}  // namespace kenshin
