// kenshin.host-facts/1 (docs/schema/host-facts.json): what a collector wrote on a terminal or server, read strictly and
// written. Each fact there stands in an envelope with a status, so that "could not tell" keeps its reason. Free of
// POSIX.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probes/facts.h"

namespace kenshin {

// One observation per fact, HostCollection first; the target is the host's label, or its id where it has none, and the
// time is `collected_at`. A status other than `ok` becomes an Error of the same meaning (absent, denied, error,
// unsupported, not_collected) that carries what the collector said of it.
// - A fact this edition does not know (a newer collector's) becomes an observation "host.unknown_fact" with an Error
//   Unsupported that names it; never an error of the file.
// - `updates.pending` with `installed` 0 becomes Failed: an empty package database was not read.
// Malformed, naming file and line: larger than 1 MiB, not JSON, deeper than 64, duplicate or unknown keys outside
// `facts`, wrong types, a status without its value, another schema. Text is made safe to show.
Result<std::vector<Observation>> read_host_facts(std::string_view json, std::string_view file_name);

// Whether these observations of one host are dated later than `now` and the hour by which two clocks may differ: what
// was not collected yet, or with a clock that is wrong, is no evidence.
bool is_dated_ahead(const std::vector<Observation>&, Instant now);

// The document of one host: its HostCollection, and every other observation of host facts as a fact. Reading it back
// yields equal observations, apart from ids, and from Error kinds that the schema does not have: those become `error`.
// Without a HostCollection that succeeded it throws std::logic_error: a bug.
std::string write_host_facts(std::span<const Observation>);

}  // namespace kenshin
