// kenshin observe TARGET…: facts only, for engineers. Exit 0: something was observed, 3: nothing could be.
#include <algorithm>
#include <array>
#include <sstream>

#include "reports/formats/observe_text.h"
#include "scanner/commands.h"
#include "scanner/opened_session.h"
#include "scanner/plan.h"
#include "scanner/targets.h"

namespace kenshin {

namespace {

constexpr auto own_options =
    std::to_array<Option>({{"format", Takes::Value, "text|json|jsonl"}, {"out,o", Takes::Value, "FILE"}});

std::vector<Option> make_options() {
  std::vector<Option> out(own_options.begin(), own_options.end());
  out.insert(out.end(), std::begin(probing_options), std::end(probing_options));
  return out;
}
const std::vector<Option> options = make_options();

void write_lines(const Facts& facts, std::ostream& out) {
  out << header_line(facts.tool_version, facts.started) << '\n';
  for (const auto& observation : facts.all()) out << observation_line(observation) << '\n';
  if (facts.finished) out << finished_line(*facts.finished) << '\n';
}

}  // namespace

const std::span<const Option> observe_options = options;

int run_observe(const Arguments& arguments, const Program& program) {
  const std::string format = arguments.value("format", "text");
  if (format != "text" && format != "json" && format != "jsonl")
    return program.fail(exit_codes::usage, "cli.bad-format", {{"what", format}, {"known", "text, json, jsonl"}});
  const auto targets = targets_of(arguments.positional);
  if (!targets)
    return program.fail(targets.error().kind == Error::Kind::Absent ? exit_codes::no_input : exit_codes::usage,
                        "cli.bad-target", {{"what", targets.error().detail}});
  if (targets->empty()) return program.fail(exit_codes::usage, "cli.no-endpoint");
  auto opening = open_session(arguments);
  if (!opening) return program.fail(exit_codes::usage, "cli.error", {{"what", opening.error().detail}});

  FactsFile file;
  file.start_in_memory(opening->session.now());
  observe_all({*targets, {}, {}}, opening->session, opening->workers, file, progress_line(program, targets->size()));
  file.finish(opening->session.now());
  const Facts facts = file.take();

  std::ostringstream text;
  if (format == "json") text << facts_document(facts);
  else if (format == "jsonl") write_lines(facts, text);
  else write_observations(facts, text, program.colour && !arguments.has("out"));
  if (arguments.has("out") && arguments.value("out") != "-") {
    const auto written = write_file(arguments.value("out"), text.str());
    if (!written)
      return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", written.error().detail}});
  } else {
    program.out << text.str();
  }
  const bool any = std::any_of(facts.all().begin(), facts.all().end(),
                               [](const Observation& o) { return o.fact && o.target.kind == TargetKind::Endpoint; });
  return any ? exit_codes::ok : exit_codes::not_determinable;
}

}  // namespace kenshin
