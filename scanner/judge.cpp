// kenshin judge DIR: saved facts judged again, offline, with another profile or on another day.
#include <array>
#include <filesystem>

#include "reports/formats/text_summary.h"
#include "scanner/commands.h"
#include "scanner/earlier.h"
#include "scanner/judged_run.h"
#include "scanner/run_directory.h"

namespace kenshin {

namespace {

constexpr auto options = std::to_array<Option>({
    {"profile", Takes::Value, "PROFILE"},
    {"on", Takes::Value, "YYYY-MM-DD"},
    {"checklist", Takes::Value, "FILE"},
    {"out,o", Takes::Value, "DIR"},
    {"fail-on", Takes::Value, "fail|unknown|regression|none"},
    {"since", Takes::Value, "DIR|FILE"},
});

}  // namespace

const std::span<const Option> judge_options = options;

int run_judge(const Arguments& arguments, const Program& program) {
  if (arguments.positional.size() != 1) return program.fail(exit_codes::usage, "cli.one-directory");
  const std::string directory = arguments.positional.front();
  const auto fail_on = fail_on_named(arguments.value("fail-on", "fail"));
  if (!fail_on) return program.fail(exit_codes::usage, "cli.bad-fail-on", {{"what", arguments.value("fail-on")}});
  auto judged = judge_run(directory, arguments, program);
  if (!judged.report) return judged.code;
  if (const auto code = compare_with_since(arguments, program, *judged.report)) return *code;
  const Report* report = &*judged.report;

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
  say_where_nothing_is_compared(*report, *fail_on, program);
  return exit_code(*report, *fail_on);
}

}  // namespace kenshin
