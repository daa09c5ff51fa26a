#include "scanner/judged_run.h"

#include <filesystem>

#include "scanner/run_directory.h"

namespace kenshin {

namespace {

JudgedRun failed(int code) { return {std::nullopt, code}; }

}  // namespace

JudgedRun judge_run(const std::string& directory, const Arguments& arguments, const Program& program) {
  JudgingInputs inputs;
  if (arguments.has("on")) {
    const auto day = parse_day(arguments.value("on"));
    if (!day) return failed(program.fail(exit_codes::usage, "cli.bad-day", {{"what", arguments.value("on")}}));
    inputs.on = *day;
  }
  const auto path = (std::filesystem::path(directory) / "facts.jsonl").string();
  auto facts = SavedFacts::open(path);
  if (!facts)
    return failed(program.fail(exit_code_of(facts.error()),
                               facts.error().kind == Error::Kind::Malformed ? "cli.error" : "cli.cannot-read",
                               {{"what", facts.error().detail}}));
  const auto run = read_run(directory);
  if (!run && run.error().kind != Error::Kind::Absent)
    return failed(program.fail(exit_codes::data, "cli.error", {{"what", run.error().detail}}));

  inputs.profile = arguments.value("profile", run ? run->profile : "");
  std::string checklist = arguments.value("checklist");
  if (checklist.empty() && run && run->checklist)
    checklist = (std::filesystem::path(directory) / "inputs" / *run->checklist).string();
  if (!checklist.empty()) {
    auto read = read_file(checklist, std::size_t{4} << 20);
    if (!read)
      return failed(program.fail(exit_code_of(read.error()), "cli.cannot-read", {{"what", read.error().detail}}));
    inputs.checklist_name = checklist;
    inputs.checklist_text = std::move(*read);
  }
  auto report = judge_facts(std::move(*facts), inputs, program.data);
  if (!report) return failed(program.fail(exit_codes::data, "cli.error", {{"what", report.error().detail}}));
  return {std::move(*report), exit_codes::ok};
}

}  // namespace kenshin
