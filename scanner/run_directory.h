// The folder of one run: facts.jsonl, result.json, report.html, and inputs/ with copies of what the user gave, so that
// the facts can be judged again on another machine.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/base/result.h"
#include "reports/report.h"
#include "scanner/program.h"

namespace kenshin {

// run.json: what judging needs beside the facts.
struct RunInputs {
  std::string profile;                   // id
  std::optional<std::string> checklist;  // file name below inputs/
  std::optional<std::string> config;
  std::vector<std::string> host_facts;
};

Result<Done> make_run_directory(const std::string& directory);
// Copies text to inputs/NAME (the base name of `path`, made unique) and returns the name.
Result<std::string> keep_input(const std::string& directory, const std::string& path, std::string_view text);
Result<Done> write_run(const std::string& directory, const RunInputs&);
Result<RunInputs> read_run(const std::string& directory);

// The formats of every run into the folder; the names of the files written.
Result<std::vector<std::string>> write_formats(const Report&, const Program&, const std::string& directory);

}  // namespace kenshin
