// kenshin history: the finished scans of a clinic with their counts, and what changed from each to the next.
#include <array>
#include <filesystem>
#include <ostream>

#include "probes/base/json_fields.h"
#include "reports/formats/change_list.h"
#include "reports/formats/phrases.h"
#include "scanner/commands.h"
#include "scanner/history.h"

namespace kenshin {

namespace {

constexpr auto options = std::to_array<Option>({
    {"config,c", Takes::Value, "FILE"},
    {"format", Takes::Value, "text|json"},
});

struct PastScan {
  RunSummary run;
  std::optional<Changes> changes;  // since the one before it of the same clinic; nothing: it is the first
};

Result<std::vector<PastScan>> read_scans(History& history) {
  auto runs = history.runs();
  if (!runs) return runs.error();
  std::vector<PastScan> out;
  std::map<std::string, Outcome> last;  // by the clinic's name
  for (RunSummary& run : *runs) {
    auto outcome = history.outcome(run);
    if (!outcome) return outcome.error();
    std::optional<Changes> changes;
    if (const auto before = last.find(outcome->clinic); before != last.end())
      changes = changes_between(before->second, *outcome);
    last.insert_or_assign(outcome->clinic, std::move(*outcome));
    out.push_back({std::move(run), std::move(changes)});
  }
  return out;
}

void write_text(const std::vector<PastScan>& scans, const Program& program) {
  const Wording& words = program.say();
  for (const PastScan& scan : scans) {
    const Outcome& outcome = scan.run.outcome;
    std::string counts;
    for (const Observed state : {Observed::NotMet, Observed::Attention, Observed::Unknown, Observed::Conditional,
                                 Observed::Supported, Observed::Met})
      counts +=
          (counts.empty() ? "" : "  ") + std::string(symbol_of(state)) + " " + std::to_string(outcome.count(state));
    program.out << words("history.run", {{"day", to_text(outcome.judged_on)},
                                         {"profile", one_line(outcome.profile + " " + outcome.profile_edition)},
                                         {"counts", counts}})
                << '\n';
    if (!scan.changes) continue;
    for (const auto& it : scan.changes->rules)
      program.out << "  ! " << one_line(it.what + ": " + it.before + " → " + it.after) << '\n';
    program.out << "  " << changes_in_a_sentence(*scan.changes, words) << '\n';
  }
}

Json changes_json(const std::optional<Changes>& changes) {
  if (!changes) return nullptr;
  Json items = Json::object(), findings = Json::object();
  for (int i = 0; i < turns; ++i) {
    const Turn turn = static_cast<Turn>(i);
    int count = 0;
    for (const auto& it : changes->items) count += it.turn == turn ? 1 : 0;
    items[std::string(turn_name(turn))] = count;
    findings[std::string(turn_name(turn))] = changes->count(turn);
  }
  return {{"rules", changes->rules.size()},
          {"items", std::move(items)},
          {"findings", std::move(findings)},
          {"ticks", changes->ticks.size()},
          {"regression", is_regression(*changes)}};
}

void write_json(const std::vector<PastScan>& scans, const Program& program) {
  Json runs = Json::array();
  for (const PastScan& scan : scans) {
    const Outcome& outcome = scan.run.outcome;
    Json counts = Json::object();
    for (std::size_t i = 0; i < outcome.counts.size(); ++i)
      counts[std::string(observed_name(static_cast<Observed>(i)))] = outcome.counts[i];
    runs.push_back({{"clinic", one_line(outcome.clinic)},
                    {"started", to_text(outcome.started)},
                    {"finished", outcome.finished ? Json(to_text(*outcome.finished)) : Json(nullptr)},
                    {"judged_on", to_text(outcome.judged_on)},
                    {"profile", {{"id", one_line(outcome.profile)}, {"edition", one_line(outcome.profile_edition)}}},
                    {"tool_version", one_line(outcome.tool_version)},
                    {"result_sha256", one_line(scan.run.result_sha256)},
                    {"items", std::move(counts)},
                    {"changes", changes_json(scan.changes)}});
  }
  program.out << Json({{"schema", "kenshin.history/1"}, {"runs", std::move(runs)}}).dump(2) << '\n';
}

}  // namespace

const std::span<const Option> history_options = options;

int run_history(const Arguments& arguments, const Program& program) {
  const std::string format = arguments.value("format", "text");
  if (format != "text" && format != "json")
    return program.fail(exit_codes::usage, "history.bad-format", {{"what", format}});
  const std::string file = History::file_beside(arguments.value("config", "kenshin.toml"));
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored))
    return program.fail(exit_codes::no_input, "history.nothing", {{"what", file}});
  auto history = History::open(file);
  if (!history) return program.fail(exit_code_of(history.error()), "cli.error", {{"what", history.error().detail}});
  const auto scans = read_scans(*history);
  if (!scans) return program.fail(exit_codes::data, "cli.error", {{"what", scans.error().detail}});
  if (format == "json") write_json(*scans, program);
  else write_text(*scans, program);
  return exit_codes::ok;
}

}  // namespace kenshin
