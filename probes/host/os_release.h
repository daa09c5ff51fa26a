// What a Linux system calls itself: os-release(5).
#pragma once

#include <string_view>

#include "probes/facts.h"
#include "probes/host/root_files.h"

namespace kenshin {

// ID, VERSION_ID and PRETTY_NAME; missing ones stay empty, except that ID defaults to "linux" as os-release(5) says.
// Lines that are no assignment are passed over, as a shell's reader of that file would.
OsIdentity parse_os_release(std::string_view text);

// /etc/os-release, else /usr/lib/os-release, and the running kernel's release.
Result<OsIdentity> os_identity(const RootFiles&);

}  // namespace kenshin
