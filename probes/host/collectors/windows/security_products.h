// Windows Security Center's lists. Its interfaces are declared here, because our headers have none (iwscapi.h of the
// Windows SDK: ids and order of methods); wscapi.dll is loaded when asked, because Windows Server has none.
#pragma once

#include <vector>

#include "probes/host/collectors/windows/asked.h"
#include "probes/host/collectors/windows/decoding/security_center.h"

namespace kenshin::windows {

enum class SecurityProvider : unsigned long { Firewall = 1, Antivirus = 4 };

Asked<std::vector<SecurityProduct>> security_products(SecurityProvider);

}  // namespace kenshin::windows
