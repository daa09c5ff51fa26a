#include "scanner/remembering.h"

#include <filesystem>
#include <fstream>
#include <ostream>

#include "probes/base/crypto.h"
#include "probes/base/text.h"
#include "scanner/history.h"

namespace kenshin {

namespace {

bool unusable(const Error& error, const Program& program) {
  program.err << program.say()("history.unusable", {{"what", one_line(error.detail, 500)}}) << '\n';
  return false;
}

// Standard input lies beside nothing.
bool has_a_place(const std::string& configuration) { return configuration != "-"; }

}  // namespace

bool compare_with_history(const std::string& configuration, const Program& program, Report& report) {
  const std::string file = History::file_beside(configuration);
  std::error_code ignored;
  if (!has_a_place(configuration) || !std::filesystem::exists(file, ignored)) return true;
  auto history = History::open(file);
  if (!history) return unusable(history.error(), program);
  auto runs = history->runs();
  if (!runs) return unusable(runs.error(), program);
  const Outcome now = outcome_of(report, program.ja, program.en);
  std::erase_if(*runs, [&](const RunSummary& run) {
    return run.outcome.started >= now.started || run.outcome.clinic != now.clinic;
  });
  if (runs->empty()) return true;
  const auto last = history->outcome(runs->back());
  if (!last) return unusable(last.error(), program);
  report.changes = changes_between(*last, now);
  for (const RunSummary& run : *runs)
    report.past.push_back(
        {run.outcome.judged_on, run.outcome.count(Observed::NotMet), run.outcome.count(Observed::Unknown)});
  return true;
}

void remember(const std::string& configuration, const std::string& result_file, const Report& report,
              const Program& program) {
  if (!has_a_place(configuration) || !report.facts.finished) return;
  std::ifstream result(result_file, std::ios::binary);
  const auto digest = sha256(result);
  if (!digest) {
    unusable({Error::Kind::Denied, result_file}, program);
    return;
  }
  const std::string file = History::file_beside(configuration);
  auto history = History::open(file);
  if (!history) {
    unusable(history.error(), program);
    return;
  }
  const auto added = history->add(outcome_of(report, program.ja, program.en), hex(*digest));
  if (!added) unusable(added.error(), program);
  else if (*added) program.err << program.say()("history.kept", {{"what", file}}) << '\n';
}

}  // namespace kenshin
