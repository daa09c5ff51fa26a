// The packet filter of a Linux machine, as far as anybody may know without root: the rules are root's to read, but a
// program that keeps them may say that it is on.
#pragma once

#include "probes/host/processes.h"
#include "probes/host/protection_facts.h"

namespace kenshin {

// On: firewalld runs, or ufw is switched on in its configuration and its service was started. Everything else is
// Denied: other rules may be there. Unsupported: a container, whose packets its host filters.
Result<HostFirewall> firewall(const RootFiles&, const Processes&);

}  // namespace kenshin
