// Which Windows this is, for people. ProductName says "Windows 10" on Windows 11, so only the build decides.
#pragma once

#include <string>
#include <string_view>

#include "probes/host/facts.h"

namespace kenshin::windows {

// InstallationType as registered to "Client", "Server", or empty.
std::string installation_type(std::string_view);

// "Windows 11 25H2 Professional (26200.7171)".
std::string pretty_name(const OsIdentity&, std::string_view display_version);

}  // namespace kenshin::windows
