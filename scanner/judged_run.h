// A run's folder judged again, offline: facts.jsonl with what run.json and inputs/ hold.
#pragma once

#include <optional>
#include <string>

#include "scanner/judging.h"
#include "scanner/options.h"

namespace kenshin {

struct JudgedRun {
  std::optional<Report> report;  // nothing: what is wrong was said, and `code` is the exit code
  int code = 0;
};

// The options --profile, --on and --checklist stand before what the run was judged with.
JudgedRun judge_run(const std::string& directory, const Arguments&, const Program&);

}  // namespace kenshin
