// From saved facts and the user's documents to a Report: what `scan` ends with and `judge` begins with.
#pragma once

#include <optional>
#include <string>

#include "reports/report.h"
#include "scanner/program.h"

namespace kenshin {

struct JudgingInputs {
  std::string profile;         // id; empty: chosen by what the facts declare
  std::string checklist_name;  // for messages
  std::optional<std::string> checklist_text;
  std::optional<Day> on;  // nothing: the day in Japan on which the facts were finished
};

// ipa-high where the system affects the medical information system (docs/user-guide.md), else checklist-2026.
std::string profile_for(const Facts& outline);

// Malformed with file and line where the facts, the checklist, the profile or a data file cannot be read.
Result<Report> judge_facts(SavedFacts, const JudgingInputs&, const DataFiles&);

std::optional<FailOn> fail_on_named(std::string_view);  // "fail", "unknown", "regression", "none"

}  // namespace kenshin
