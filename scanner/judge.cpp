// kenshin judge DIR: saved facts judged again, offline, with another profile or on another day.
#include <array>
#include <filesystem>

#include "reports/formats/text_summary.h"
#include "scanner/commands.h"
#include "scanner/judging.h"
#include "scanner/run_directory.h"

namespace kenshin {

namespace {

constexpr auto options = std::to_array<Option>({
    {"profile", Takes::Value, "PROFILE"},
    {"on", Takes::Value, "YYYY-MM-DD"},
    {"checklist", Takes::Value, "FILE"},
    {"out,o", Takes::Value, "DIR"},
    {"fail-on", Takes::Value, "fail|unknown|none"},
});

}  // namespace

const std::span<const Option> judge_options = options;

int run_judge(const Arguments& arguments, const Program& program) {
  if (arguments.positional.size() != 1) return program.fail(exit_codes::usage, "cli.one-directory");
  const std::string directory = arguments.positional.front();
  const auto fail_on = fail_on_named(arguments.value("fail-on", "fail"));
  if (!fail_on) return program.fail(exit_codes::usage, "cli.bad-fail-on", {{"what", arguments.value("fail-on")}});

  JudgingInputs inputs;
  if (arguments.has("on")) {
    const auto day = parse_day(arguments.value("on"));
    if (!day) return program.fail(exit_codes::usage, "cli.bad-day", {{"what", arguments.value("on")}});
    inputs.on = *day;
  }
  const auto path = (std::filesystem::path(directory) / "facts.jsonl").string();
  auto facts = SavedFacts::open(path);
  if (!facts)
    return program.fail(exit_code_of(facts.error()),
                        facts.error().kind == Error::Kind::Malformed ? "cli.error" : "cli.cannot-read",
                        {{"what", facts.error().detail}});
  const auto run = read_run(directory);
  if (!run && run.error().kind != Error::Kind::Absent)
    return program.fail(exit_codes::data, "cli.error", {{"what", run.error().detail}});

  inputs.profile = arguments.value("profile", run ? run->profile : "");
  std::string checklist = arguments.value("checklist");
  if (checklist.empty() && run && run->checklist)
    checklist = (std::filesystem::path(directory) / "inputs" / *run->checklist).string();
  if (!checklist.empty()) {
    auto read = read_file(checklist, std::size_t{4} << 20);
    if (!read) return program.fail(exit_code_of(read.error()), "cli.cannot-read", {{"what", read.error().detail}});
    inputs.checklist_name = checklist;
    inputs.checklist_text = std::move(*read);
  }
  const auto report = judge_facts(std::move(*facts), inputs, program.data);
  if (!report) return program.fail(exit_codes::data, "cli.error", {{"what", report.error().detail}});

  // Judged otherwise than the scan was, it stands beside that result and does not replace it.
  const bool otherwise = arguments.has("profile") || arguments.has("on") || arguments.has("checklist");
  const std::string beside = "judged-" + report->profile.id + "-" + to_text(report->judged_on);
  const std::string out =
      arguments.value("out", otherwise ? (std::filesystem::path(directory) / beside).string() : directory);
  std::error_code trouble;
  std::filesystem::create_directories(out, trouble);
  if (trouble)
    return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", out + ": " + trouble.message()}});
  const auto files = write_formats(*report, program, out);
  if (!files) return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", files.error().detail}});
  if (!report->facts.finished) program.err << program.say()("cli.unfinished") << '\n';
  write_summary(*report, program.words(), program.colour, program.out);
  for (const auto& file : *files) program.err << program.say()("cli.wrote", {{"what", file}}) << '\n';
  return exit_code(*report, *fail_on);
}

}  // namespace kenshin
