// Looks at the machine kenshin runs on: a Linux host, without root and without network. Every file is read below a root
// directory; what could not be read is denied or error, never absent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/probe.h"

namespace kenshin {

struct HostPlace {
  std::string root = "/";
  std::string apt_facts;                  // kenshin-apt-facts; empty: found beside kenshin
  Answer kernel_clock = Answer::Unknown;  // what the kernel says of its clock; this machine's is asked
  std::string programs = {};              // of systems without dpkg: a folder of programs that know `root`
};

// Every host fact of the machine below that root, HostCollection first; the target is `label`, or the machine's host
// name where that is empty. host.id is a hash of the machine-id, which itself is never shown.
std::vector<Observation> look_at_host(const HostPlace&, std::string_view label, Session&);

// The probe: this machine, under the asked target's name.
std::vector<Observation> observe_this_host(const Asked&, Session&);

// The same under `label`, or the machine's host name where that is empty: what `kenshin host` writes.
std::vector<Observation> this_host_facts(std::string_view label, Session&);

}  // namespace kenshin
