#include "scanner/earlier.h"

#include <filesystem>
#include <ostream>

#include "reports/report.h"

namespace kenshin {

namespace fs = std::filesystem;

Result<Outcome> outcome_at(const std::string& path) {
  std::error_code ignored;
  const std::string file = fs::is_directory(path, ignored) ? (fs::path(path) / "result.json").string() : path;
  const auto text = read_file(file, largest_result);
  if (!text) return text.error();
  return read_outcome(*text, file);
}

std::optional<int> compare_with_since(const Arguments& arguments, const Program& program, Report& report) {
  if (!arguments.has("since")) return std::nullopt;
  const auto earlier = outcome_at(arguments.value("since"));
  if (!earlier)
    return program.fail(exit_code_of(earlier.error()),
                        earlier.error().kind == Error::Kind::Malformed ? "cli.error" : "cli.cannot-read",
                        {{"what", earlier.error().detail}});
  report.changes = changes_between(*earlier, outcome_of(report, program.ja, program.en));
  report.past = {{earlier->judged_on, earlier->count(Observed::NotMet), earlier->count(Observed::Unknown)}};
  return std::nullopt;
}

void say_where_nothing_is_compared(const Report& report, FailOn fail_on, const Program& program) {
  if (fail_on == FailOn::Regression && !report.changes) program.err << program.say()("history.no-earlier") << '\n';
}

}  // namespace kenshin
