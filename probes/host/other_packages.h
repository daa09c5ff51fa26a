// Systems whose packages are not dpkg's (rpm with dnf or zypper, pacman, apk): what the shell collector tells of them.
// One program knows these systems, and it is the one that is carried to machines without kenshin.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/facts.h"

namespace kenshin {

// The facts that rest on packages (updates, restart, antivirus, detection), as kenshin-collect-linux.sh of this kenshin
// prints them, started as a user without rights (30 s, 1 MiB). `programs` empty: this machine's own; otherwise a folder
// with those that know `root`. Each fact once, failed with the same reason where the collector did not answer.
std::vector<Observation> facts_of_other_packages(const std::string& root, const std::string& programs,
                                                 const Target& target, Instant now);

}  // namespace kenshin
