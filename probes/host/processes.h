// The processes of a machine by the names the kernel shows to everybody: /proc/PID/comm, at most 15 letters.
#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

#include "probes/host/root_files.h"
#include "probes/tls/facts.h"

namespace kenshin {

struct Processes {
  std::set<std::string, std::less<>> names;
  bool all = false;  // process 1 is seen: nobody hides other users' processes from us

  // Whether any of these runs; Unknown where none is seen and processes may be hidden. Names are compared by their
  // first 15 letters.
  Answer runs(std::initializer_list<std::string_view>) const;
};
Processes running_processes(const RootFiles&);

}  // namespace kenshin
