// kenshin lint kenshin.toml: faults with line and remedy, then what is not wrong but odd.
#include <algorithm>
#include <ostream>

#include "probes/base/text.h"
#include "reports/checklist/catalogue.h"
#include "scanner/commands.h"
#include "scanner/config.h"
#include "scanner/scan_inputs.h"

namespace kenshin {

const std::span<const Option> lint_options;

int run_lint(const Arguments& arguments, const Program& program) {
  if (arguments.positional.size() != 1) return program.fail(exit_codes::usage, "cli.one-file");
  const std::string& path = arguments.positional.front();
  const auto text = read_file(path);
  if (!text) return program.fail(exit_code_of(text.error()), "cli.cannot-read", {{"what", text.error().detail}});
  const Instant now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const Day today = day_in_japan(now);
  const auto config = read_config(*text, path, today);
  if (!config) {
    for (const auto line : lines(config.error().detail)) program.out << one_line(line, 500) << '\n';
    return exit_codes::configuration;
  }
  const auto catalogues = load_catalogues(program.data);
  if (!catalogues) return program.fail(exit_codes::could_not_run, "cli.error", {{"what", catalogues.error().detail}});
  const auto catalogue =
      std::find_if(catalogues->begin(), catalogues->end(), [](const Catalogue& c) { return c.edition == "mhlw-2026"; });
  if (catalogue == catalogues->end())
    return program.fail(exit_codes::could_not_run, "cli.error", {{"what", "mhlw-2026"}});
  for (const auto& remark : lint_config(*config, *catalogue, today))
    program.out << path << ':' << (remark.line > 0 ? std::to_string(remark.line) + ": " : " ")
                << program.say()("config." + remark.code, remark.parameters) << '\n';
  for (const auto& declared : declared_observations(*config, now))
    if (const auto* document = fact_of<DeclaredDocument>(declared); document && !document->problem.empty())
      program.out << path << ": "
                  << program.say()("cli.document", {{"title", one_line(document->title)},
                                                    {"item", document->item},
                                                    {"file", one_line(document->file)}})
                  << '\n';
  // What a scan would refuse: the checklist, the profile, facts of hosts, the bundle.
  const auto as_scanned = parse_arguments(scan_options, {"--config=" + path});
  if (!as_scanned) return program.fail(exit_codes::software, "cli.error", {{"what", as_scanned.error().detail}});
  if (path != "-")
    if (const auto code = check_scan_inputs(*as_scanned, program)) return *code;
  program.out << program.say()("cli.lint-good", {{"what", path}}) << '\n';
  return exit_codes::ok;
}

}  // namespace kenshin
