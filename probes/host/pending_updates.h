// Updates that wait, asked of kenshin-apt-facts: a program of its own, because libapt-pkg is GPL-2.0-or-later and
// kenshin does not link it.
#pragma once

#include <string>
#include <string_view>

#include "probes/facts.h"

namespace kenshin {

// What kenshin-apt-facts prints: {"installed","total","security","held","security_known"}, each once. `installed` 0 is
// Failed: the package database was not read.
Result<UpdatesPending> parse_apt_facts(std::string_view printed);

// Runs it (20 s, 1 MiB). `program` empty: beside the running program, or in ../libexec/kenshin/. `root` other than "/"
// is handed on. Not there: Unsupported, with what to install.
Result<UpdatesPending> pending_updates(const std::string& program, const std::string& root);

}  // namespace kenshin
