// Which PC this is, told by a hash, and what runs here: the collector's own file and rights.
#pragma once

#include <string>

#include "probes/host/collectors/windows/asked.h"

namespace kenshin::windows {

// SHA-256 of a fixed prefix and the MachineGuid, in hex: the same at every collection, and tells nothing of the PC.
Asked<std::string> host_id();

bool is_elevated();
std::wstring own_path();   // of this program's file; empty where Windows does not say
std::string own_sha256();  // empty where it cannot be read

}  // namespace kenshin::windows
