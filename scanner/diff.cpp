// kenshin diff A B: what changed from one result to another.
#include <array>
#include <ostream>

#include "reports/formats/diff.h"
#include "scanner/commands.h"
#include "scanner/earlier.h"

namespace kenshin {

namespace {

constexpr auto options = std::to_array<Option>({{"format", Takes::Value, "text|json|md"}});

struct DiffFormat {
  std::string_view name;
  void (*write)(const Changes&, const Words&, std::ostream&);
};
constexpr auto formats =
    std::to_array<DiffFormat>({{"text", write_diff_text}, {"json", write_diff_json}, {"md", write_diff_markdown}});

const DiffFormat* diff_format_named(std::string_view name) {
  for (const auto& format : formats)
    if (format.name == name) return &format;
  return nullptr;
}

int refuse(const Error& error, const Program& program) {
  return program.fail(exit_code_of(error), error.kind == Error::Kind::Malformed ? "cli.error" : "cli.cannot-read",
                      {{"what", error.detail}});
}

}  // namespace

const std::span<const Option> diff_options = options;

int run_diff(const Arguments& arguments, const Program& program) {
  if (arguments.positional.size() != 2) return program.fail(exit_codes::usage, "diff.two-results");
  const DiffFormat* format = diff_format_named(arguments.value("format", "text"));
  if (!format) return program.fail(exit_codes::usage, "diff.bad-format", {{"what", arguments.value("format")}});
  const auto before = outcome_at(arguments.positional[0]);
  if (!before) return refuse(before.error(), program);
  const auto after = outcome_at(arguments.positional[1]);
  if (!after) return refuse(after.error(), program);
  const Changes changes = changes_between(*before, *after);
  format->write(changes, program.words(), program.out);
  return changes.none() ? exit_codes::ok : exit_codes::not_met;
}

}  // namespace kenshin
