// Whether a restart is due: the flag file of Debian and Ubuntu, and the running kernel against the installed ones.
#pragma once

#include <string_view>

#include "probes/facts.h"
#include "probes/host/dpkg_status.h"
#include "probes/host/root_files.h"

namespace kenshin {

// The signs of a container below that root: its kernel and its updates are somebody else's.
bool in_container(const RootFiles&);

// Required: /run/reboot-required is there, or an installed kernel is newer than the running one. Not required only
// where the running kernel is the newest and a package that writes that file is installed: its absence alone proves
// nothing. Unsupported: a container, or a kernel that belongs to no package.
Result<RebootRequired> reboot_required(const RootFiles&, const InstalledPackages&);

}  // namespace kenshin
