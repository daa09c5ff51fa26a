// Who may alter a log, by the access of its channel in the security descriptor definition language ([MS-DTYP] 2.5.1).
#pragma once

#include <string_view>

#include "probes/host/facts.h"

namespace kenshin::windows {

// Whether everyone, anonymous, signed-in or ordinary users may clear the log (right 0x4) or change who may. Unknown for
// a text that is no descriptor with an access list.
Answer clearable_by_everyone(std::string_view descriptor);

}  // namespace kenshin::windows
