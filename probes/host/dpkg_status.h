// The packages of a Debian family system: /var/lib/dpkg/status, deb-control(5) stanzas.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "probes/host/root_files.h"

namespace kenshin {

using InstalledPackages = std::map<std::string, std::string, std::less<>>;  // name → version

// Those whose third status word is "installed". Of a name installed for several architectures, the last one's version.
InstalledPackages parse_dpkg_status(std::string_view text);

// Absent: not a Debian family system. A database that names no installed package is Failed, never an empty system.
Result<InstalledPackages> installed_packages(const RootFiles&);

// Whether version `a` sorts before `b`: digits as numbers, the rest as text, "~" before the end of the text
// (deb-version(7), without epochs).
bool version_before(std::string_view a, std::string_view b);

}  // namespace kenshin
