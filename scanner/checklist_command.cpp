// kenshin checklist show|lint|fingerprint FILE.
#include <algorithm>
#include <array>
#include <ostream>

#include "reports/checklist/checklist.h"
#include "scanner/commands.h"

namespace kenshin {

namespace {
constexpr auto options = std::to_array<Option>({{"format", Takes::Value, "text|json"}});
}  // namespace

const std::span<const Option> checklist_options = options;

int run_checklist(const Arguments& arguments, const Program& program) {
  constexpr std::string_view verbs[] = {"show", "lint", "fingerprint"};
  if (arguments.positional.size() != 2 ||
      std::find(std::begin(verbs), std::end(verbs), arguments.positional[0]) == std::end(verbs))
    return program.fail(exit_codes::usage, "cli.checklist-usage");
  const std::string& verb = arguments.positional[0];
  const std::string& path = arguments.positional[1];
  const std::string format = arguments.value("format", "text");
  if (format != "text" && format != "json")
    return program.fail(exit_codes::usage, "cli.bad-format", {{"what", format}, {"known", "text, json"}});
  const auto text = read_file(path, std::size_t{4} << 20);
  if (!text) return program.fail(exit_code_of(text.error()), "cli.cannot-read", {{"what", text.error().detail}});
  if (verb == "fingerprint") {
    const auto fingerprints = fingerprints_of(*text, path);
    if (!fingerprints) return program.fail(exit_codes::data, "cli.error", {{"what", fingerprints.error().detail}});
    return program.out << *fingerprints, exit_codes::ok;
  }

  const auto catalogues = load_catalogues(program.data);
  if (!catalogues) return program.fail(exit_codes::could_not_run, "cli.error", {{"what", catalogues.error().detail}});
  const auto checklist = read_checklist(*text, *catalogues, path);
  if (!checklist) return program.fail(exit_codes::data, "cli.error", {{"what", checklist.error().detail}});
  const auto catalogue = std::find_if(catalogues->begin(), catalogues->end(),
                                      [&](const Catalogue& c) { return c.edition == checklist->edition; });
  if (verb == "lint") program.out << checklist_lint_text(*checklist, program.say(), path);
  else if (format == "json") program.out << checklist_json(*checklist, *catalogue, program.ja, program.en);
  else program.out << checklist_text(*checklist, *catalogue, program.say());
  return exit_codes::ok;
}

}  // namespace kenshin
