// Windows Management Instrumentation, asked in WQL.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "probes/host/collectors/windows/com.h"

namespace kenshin::windows {

// Texts, numbers and yes or no ("true", "false") of a row, under the names that were asked for; what is null is left
// out.
using WmiRow = std::map<std::wstring, std::string>;

// At most 1,000 rows, each awaited for 20 seconds.
Asked<std::vector<WmiRow>> wmi_query(const std::wstring& name_space, const std::wstring& query,
                                     const std::vector<std::wstring>& members);

}  // namespace kenshin::windows
