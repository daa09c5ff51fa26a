// kenshin observe TARGET…: facts only, for engineers.
#include "scanner/commands.h"
#include "scanner/observing.h"
#include "scanner/targets.h"

namespace kenshin {

namespace {

std::vector<Option> make_options() {
  std::vector<Option> out(output_options.begin(), output_options.end());
  out.insert(out.end(), std::begin(probing_options), std::end(probing_options));
  return out;
}
const std::vector<Option> options = make_options();

}  // namespace

const std::span<const Option> observe_options = options;

int run_observe(const Arguments& arguments, const Program& program) {
  const auto targets = targets_of(arguments.positional);
  if (!targets)
    return program.fail(targets.error().kind == Error::Kind::Absent ? exit_codes::no_input : exit_codes::usage,
                        "cli.bad-target", {{"what", targets.error().detail}});
  if (targets->empty()) return program.fail(exit_codes::usage, "cli.no-endpoint");
  if (const auto code = refuse_output(arguments, program)) return *code;
  auto opening = open_session(arguments);
  if (!opening) return program.fail(exit_codes::usage, "cli.error", {{"what", opening.error().detail}});
  return observe_and_write({*targets, {}, {}}, arguments, *opening, program);
}

}  // namespace kenshin
