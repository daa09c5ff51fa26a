// The programs that are registered as installed, for all users and for this one.
#pragma once

#include <vector>

#include "probes/host/collectors/windows/asked.h"
#include "probes/host/collectors/windows/decoding/known_software.h"

namespace kenshin::windows {

Asked<std::vector<InstalledProgram>> installed_programs();

}  // namespace kenshin::windows
