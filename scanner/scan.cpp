// kenshin scan: observe, judge, merge, show. Readable as the table of contents of the whole.
#include <array>
#include <filesystem>
#include <ostream>

#include "reports/formats/change_list.h"
#include "reports/formats/text_summary.h"
#include "scanner/commands.h"
#include "scanner/earlier.h"
#include "scanner/interrupt.h"
#include "scanner/judging.h"
#include "scanner/opened_session.h"
#include "scanner/plan.h"
#include "scanner/remembering.h"
#include "scanner/run_directory.h"
#include "scanner/scan_inputs.h"

namespace kenshin {

namespace {

constexpr auto own_options = std::to_array<Option>({
    {"config,c", Takes::Value, "FILE"},
    {"checklist", Takes::Value, "FILE"},
    {"facts", Takes::Values, "FILE"},
    {"facts-nonce", Takes::Value, "VALUE"},
    {"facts-key", Takes::Value, "FILE"},
    {"baseline", Takes::Value, "FILE"},
    {"profile", Takes::Value, "PROFILE"},
    {"out,o", Takes::Value, "DIR"},
    {"resume", Takes::Nothing, ""},
    {"dry-run", Takes::Nothing, ""},
    {"fail-on", Takes::Value, "fail|unknown|regression|none"},
});

std::vector<Option> make_options() {
  std::vector<Option> out(own_options.begin(), own_options.end());
  out.insert(out.end(), std::begin(probing_options), std::end(probing_options));
  return out;
}
const std::vector<Option> options = make_options();

// The facts file in DIR, new or resumed, or one without a name. Returns an exit code where it cannot be had.
std::optional<int> open_facts(const Arguments& arguments, const Session& session, const Program& program,
                              FactsFile& file) {
  if (!arguments.has("out")) {
    if (arguments.has("resume")) return program.fail(exit_codes::usage, "cli.resume-out");
    const auto created = file.create_unnamed(session.now());
    if (!created)
      return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", created.error().detail}});
    return std::nullopt;
  }
  const std::string directory = arguments.value("out");
  if (const auto made = make_run_directory(directory); !made)
    return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", made.error().detail}});
  const std::string path = (std::filesystem::path(directory) / "facts.jsonl").string();
  if (arguments.has("resume") && std::filesystem::exists(path)) {
    const auto resumed = file.resume(path);
    if (!resumed) return program.fail(exit_code_of(resumed.error()), "cli.error", {{"what", resumed.error().detail}});
    return std::nullopt;
  }
  const auto created = file.create(path, session.now());
  if (created) return std::nullopt;
  if (created.error().kind == Error::Kind::Malformed)
    return program.fail(exit_codes::cannot_create, "cli.facts-exist", {{"what", created.error().detail}});
  return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", created.error().detail}});
}

// What the user gave, kept beside the facts; the checklist's text goes to judging as it was.
Result<Done> keep_inputs(const ScanInputs& inputs, const std::string& profile, const std::string& directory) {
  RunInputs run;
  run.profile = profile;
  const auto keep = [&](const InputFile& file, auto store) -> Result<Done> {
    auto name = keep_input(directory, file.path, file.text);
    if (!name) return name.error();
    store(std::move(*name));
    return Done{};
  };
  if (inputs.config_file)
    if (auto kept = keep(*inputs.config_file, [&](std::string name) { run.config = std::move(name); }); !kept)
      return kept;
  if (inputs.checklist)
    if (auto kept = keep(*inputs.checklist, [&](std::string name) { run.checklist = std::move(name); }); !kept)
      return kept;
  for (const auto& file : inputs.host_facts)
    if (auto kept = keep(file, [&](std::string name) { run.host_facts.push_back(std::move(name)); }); !kept)
      return kept;
  return write_run(directory, run);
}

}  // namespace

const std::span<const Option> scan_options = options;

int run_scan(const Arguments& arguments, const Program& program) {
  auto opening = open_session(arguments);
  if (!opening) return program.fail(exit_codes::usage, "cli.error", {{"what", opening.error().detail}});
  Session& session = opening->session;
  const auto fail_on = fail_on_named(arguments.value("fail-on", "fail"));
  if (!fail_on) return program.fail(exit_codes::usage, "cli.bad-fail-on", {{"what", arguments.value("fail-on")}});

  const auto inputs = read_scan_inputs(arguments, session, program);
  if (!inputs) return inputs.code();
  if (arguments.has("dry-run")) return print_plan(inputs->plan, session, program), exit_codes::ok;

  FactsFile file;
  if (const auto code = open_facts(arguments, session, program, file)) return *code;
  if (!file.was_begun_with(inputs->given))
    return program.fail(exit_codes::data, "cli.other-run", {{"what", arguments.value("out")}});
  if (arguments.has("out"))
    if (const auto kept = keep_inputs(*inputs, inputs->profile, arguments.value("out")); !kept)
      return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", kept.error().detail}});
  file.add_given(inputs->given);
  const Interrupt interrupt(program.say()("cli.stopping"),
                            program.say()(arguments.has("out") ? "cli.stopping-now-resume" : "cli.stopping-now"));
  Progress progress(program);
  const Asking asking = observe_all(inputs->plan, session, opening->workers, file, progress);
  if (asking.done == asking.all) file.finish(session.now());
  say_what_the_proxy_lost(asking, session, program);
  if (file.failed_to_write())
    return program.fail(exit_codes::cannot_create, "cli.killed-write", {{"what", arguments.value("out")}});
  if (asking.done < asking.all) say_what_is_missing(asking, arguments.has("out"), program);

  auto saved = file.saved();
  if (!saved) return program.fail(exit_codes::data, "cli.error", {{"what", saved.error().detail}});
  JudgingInputs judging{inputs->profile, "", std::nullopt, std::nullopt};
  if (inputs->checklist)
    judging.checklist_name = inputs->checklist->path, judging.checklist_text = inputs->checklist->text;
  auto report = judge_facts(std::move(*saved), judging, program.data);
  if (!report) return program.fail(exit_codes::data, "cli.error", {{"what", report.error().detail}});
  const bool compared = !inputs->config_file || compare_with_history(inputs->config_file->path, program, *report);
  write_summary(*report, program.words(), program.colour, program.out);
  if (report->changes) program.out << changes_in_a_sentence(*report->changes, program.say()) << '\n';
  if (!arguments.has("out")) {
    program.err << program.say()("cli.kept-nothing") << '\n';
  } else {
    const auto files = write_formats(*report, program, arguments.value("out"));
    if (!files) return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", files.error().detail}});
    for (const auto& written : *files) program.err << program.say()("cli.wrote", {{"what", written}}) << '\n';
    const auto result = (std::filesystem::path(arguments.value("out")) / "result.json").string();
    if (inputs->config_file) remember(inputs->config_file->path, result, *report, program);
  }
  if (asking.done < asking.all) return Interrupt::exit_code();
  if (compared) return say_where_nothing_is_compared(*report, *fail_on, program), exit_code(*report, *fail_on);
  if (*fail_on != FailOn::Regression) return exit_code(*report, *fail_on);
  return program.fail(exit_codes::not_determinable, "history.not-determinable");
}

}  // namespace kenshin
