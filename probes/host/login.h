// Who a Linux machine lets in without a question: the automatic login of its display manager or of its console.
#pragma once

#include <string_view>

#include "probes/host/processes.h"
#include "probes/host/protection_facts.h"

namespace kenshin {

// A key of an INI file: "[section]" lines, "key=value"; an empty section takes every one. The last value counts.
std::string ini_value(std::string_view text, std::string_view section, std::string_view key);

// Unsupported: neither a display manager nor a console that logs in by itself.
Result<AutomaticLogin> automatic_login(const RootFiles&, const Processes&);
// Each user's own setting where there is a display manager (NotCollected); Unsupported where there is none.
Result<ScreenLock> screen_lock(const RootFiles&, const Processes&);

}  // namespace kenshin
