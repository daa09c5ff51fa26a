#include "scanner/observing.h"

#include <ostream>
#include <utility>

#include "probes/facts_lines.h"
#include "reports/formats/observe_text.h"
#include "scanner/interrupt.h"

namespace kenshin {

namespace {

// One after the other, by target: the same facts give the same order.
class Writing {
 public:
  Writing(const SavedFacts& facts, std::string_view format, const Wording& say, bool colour, std::ostream& out)
      : facts_(facts), format_(format), say_(say), colour_(colour), out_(out) {}

  // Whether something was observed of a target.
  Result<bool> run() {
    const Facts& outline = facts_.outline();
    if (format_ == "json") write_document_start(outline, out_);
    if (format_ == "jsonl") out_ << header_line(outline.tool_version, outline.started) << '\n';
    for (const Target& target : facts_.targets()) {
      const auto about = facts_.about(target);
      if (!about) return about.error();
      write(*about, target);
    }
    if (format_ == "json") write_document_end(is_first_, out_);
    if (format_ == "jsonl" && outline.finished) out_ << finished_line(*outline.finished) << '\n';
    return any_;
  }

 private:
  void write(const Facts& about, const Target& target) {
    Facts own;
    for (const auto& observation : about.all()) {
      if (observation.target != target) continue;
      any_ = any_ || is_answer(observation) || (observation.fact && target.kind == TargetKind::Domain);
      if (format_ == "json") write_document_observation(observation, std::exchange(is_first_, false), out_);
      if (format_ == "jsonl") out_ << observation_line(observation) << '\n';
      if (format_ == "text") own.add(observation);
    }
    if (format_ == "text") write_observations(own, say_, out_, colour_);
  }

  const SavedFacts& facts_;
  const std::string_view format_;
  const Wording& say_;
  const bool colour_;
  std::ostream& out_;
  bool is_first_ = true, any_ = false;
};

bool goes_to_file(const Arguments& arguments) { return arguments.has("out") && arguments.value("out") != "-"; }

}  // namespace

std::optional<int> refuse_output(const Arguments& arguments, const Program& program) {
  const std::string format = arguments.value("format", "text");
  if (format != "text" && format != "json" && format != "jsonl")
    return program.fail(exit_codes::usage, "cli.bad-format", {{"what", format}, {"known", "text, json, jsonl"}});
  if (goes_to_file(arguments))
    if (const auto possible = can_create(arguments.value("out")); !possible)
      return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", possible.error().detail}});
  return std::nullopt;
}

int observe_and_write(const Plan& plan, const Arguments& arguments, OpenedSession& opening, const Program& program) {
  const std::string format = arguments.value("format", "text");
  FactsFile file;
  if (const auto created = file.create_unnamed(opening.session.now()); !created)
    return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", created.error().detail}});
  const Interrupt interrupt(program.say()("cli.stopping"), program.say()("cli.stopping-now"));
  Progress progress(program);
  const Asking asking = observe_all(plan, opening.session, opening.workers, file, progress);
  if (asking.done == asking.all) file.finish(opening.session.now());
  else say_what_is_missing(asking, false, program);
  say_what_the_proxy_lost(asking, opening.session, program);
  if (file.failed_to_write()) return program.fail(exit_codes::cannot_create, "cli.killed-write", {{"what", "TMPDIR"}});
  const auto saved = file.saved();
  if (!saved) return program.fail(exit_codes::data, "cli.error", {{"what", saved.error().detail}});

  Result<bool> any = false;
  const auto write = [&](std::ostream& out) {
    any = Writing(*saved, format, program.say(), program.colour && !arguments.has("out"), out).run();
  };
  if (!goes_to_file(arguments)) write(program.out);
  else if (const auto written = write_file(arguments.value("out"), write); !written)
    return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", written.error().detail}});
  if (!any) return program.fail(exit_codes::data, "cli.error", {{"what", any.error().detail}});
  if (asking.done < asking.all) return Interrupt::exit_code();
  return *any ? exit_codes::ok : exit_codes::not_determinable;
}

}  // namespace kenshin
