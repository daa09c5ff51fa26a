// Results of osquery and Fleet as host facts. Every value osquery prints is a text; what a table leaves out is an
// answer of its own: no rows on a server is "unsupported", an empty history is an error, and neither is ever "none".
//
// Read are: an array of rows (the table is the file's name: os_version.json), an object of such arrays by table, logged
// results of osqueryd (snapshots and changes, one JSON value a line), and Fleet's report of one query
// ({"results": [{"columns": …}]}).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/facts.h"

namespace kenshin {

using OsqueryRow = std::map<std::string, std::string, std::less<>>;
struct OsqueryResults {
  std::map<std::string, std::vector<OsqueryRow>, std::less<>> tables;  // those asked for, rows or not
  std::map<std::string, Instant, std::less<>> snapshots;  // when a table was told whole, where that is logged
  std::optional<Instant> at;                              // the newest time that came with results
  std::string host;                                       // as osqueryd or Fleet names it
};

// Adds the tables of one file; those that kenshin does not use are skipped. Malformed: not JSON, another shape, a value
// that is neither text nor number, results of another machine than those before.
Result<Done> add_osquery_results(std::string_view text, std::string_view file_name, OsqueryResults&);

// Observations like read_host_facts(). Malformed where the machine, its system or the time are not told, with what to
// ask osquery for.
Result<std::vector<Observation>> host_facts_of(const OsqueryResults&, std::string_view label);

// Seconds since 1970 as osquery prints them; nothing where it is no such time.
std::optional<Instant> osquery_time(std::string_view digits);

}  // namespace kenshin
