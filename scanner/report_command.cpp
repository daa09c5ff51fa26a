// kenshin report DIR: a run's result for one audience, in the formats asked for. Nothing is observed anew.
#include <algorithm>
#include <array>
#include <filesystem>

#include "scanner/commands.h"
#include "scanner/earlier.h"
#include "scanner/judged_run.h"

namespace kenshin {

namespace {

constexpr auto options = std::to_array<Option>({
    {"audience", Takes::Value, "public|clinic|assessor"},
    {"format", Takes::Value, "NAME,…"},
    {"out,o", Takes::Value, "DIR|-"},
    {"profile", Takes::Value, "PROFILE"},
    {"on", Takes::Value, "YYYY-MM-DD"},
    {"checklist", Takes::Value, "FILE"},
    {"since", Takes::Value, "DIR|FILE"},
});

std::string known_formats() {
  std::string out;
  for (const Format& format : all_formats()) out += (out.empty() ? "" : ", ") + std::string(format.name);
  return out;
}

// The named ones in the order given, each once; nothing, and the name, where one is not known or not for the audience.
struct Chosen {
  std::vector<const Format*> formats;
  std::string unknown, withheld;
};
Chosen chosen_formats(std::string_view names, Audience audience) {
  Chosen out;
  while (!names.empty()) {
    const std::string_view name = names.substr(0, names.find(','));
    names.remove_prefix(std::min(names.size(), name.size() + 1));
    const Format* format = format_named(name);
    if (!format) return {{}, name.empty() ? "," : std::string(name), ""};
    if (audience == Audience::Public && !format->write_public) return {{}, "", std::string(name)};
    if (std::find(out.formats.begin(), out.formats.end(), format) == out.formats.end()) out.formats.push_back(format);
  }
  return out;
}

// One edition of a judged run: the public's is written from the allow-list alone.
class Edition {
 public:
  Edition(const Report& report, std::optional<PublicReport> for_public, Words words)
      : report_(report), public_(std::move(for_public)), words_(words) {}
  void write(const Format& format, std::ostream& out) const {
    if (public_) format.write_public(*public_, words_, out);
    else format.write(report_, words_, out);
  }

 private:
  const Report& report_;
  const std::optional<PublicReport> public_;
  const Words words_;
};

void warn_author(const Report& report, const Program& program) {
  const auto items = ticked_but_not_met(report);
  if (items.empty()) return;
  program.err << program.say()("report.ticked-not-met", {{"count", std::to_string(items.size())}}) << '\n';
  for (const ItemId& id : items) {
    const CatalogueItem* item = report.catalogue.find(id);
    program.err << "  " << id.text;
    if (item) program.err << "  " << (program.language == Language::Ja ? item->title.ja : item->title.en);
    program.err << '\n';
  }
}

}  // namespace

const std::span<const Option> report_options = options;

int run_report(const Arguments& arguments, const Program& program) {
  if (arguments.positional.size() != 1) return program.fail(exit_codes::usage, "report.one-directory");
  const std::string directory = arguments.positional.front();
  const auto audience = audience_named(arguments.value("audience", "clinic"));
  if (!audience) return program.fail(exit_codes::usage, "report.bad-audience", {{"what", arguments.value("audience")}});
  const Chosen chosen = chosen_formats(arguments.value("format", "html"), *audience);
  if (!chosen.unknown.empty())
    return program.fail(exit_codes::usage, "report.bad-format", {{"what", chosen.unknown}, {"known", known_formats()}});
  if (!chosen.withheld.empty())
    return program.fail(exit_codes::usage, "report.not-public", {{"what", chosen.withheld}});
  const std::string out = arguments.value("out", directory);
  if (chosen.formats.empty() || (out == "-" && chosen.formats.size() != 1))
    return program.fail(exit_codes::usage, "report.one-format");

  auto judged = judge_run(directory, arguments, program);
  if (!judged.report) return judged.code;
  if (const auto code = compare_with_since(arguments, program, *judged.report)) return *code;
  std::optional<PublicReport> for_public;
  if (*audience == Audience::Public) {
    auto made = public_report_of(*judged.report);
    if (!made) return program.fail(exit_codes::usage, "report.no-checklist");
    for_public = std::move(*made);
    warn_author(*judged.report, program);
  }
  const Edition edition(*judged.report, std::move(for_public), program.words(*audience));
  if (out == "-") {
    edition.write(*chosen.formats.front(), program.out);
    program.out.flush();
    if (!program.out) return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", "standard output"}});
    return exit_codes::ok;
  }
  std::error_code trouble;
  std::filesystem::create_directories(out, trouble);
  if (trouble)
    return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", out + ": " + trouble.message()}});
  for (const Format* format : chosen.formats) {
    const auto path = (std::filesystem::path(out) / file_name_of(*format, *audience)).string();
    const auto written = write_file(path, [&](std::ostream& file) { edition.write(*format, file); });
    if (!written)
      return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", written.error().detail}});
    program.err << program.say()("cli.wrote", {{"what", path}}) << '\n';
  }
  return exit_codes::ok;
}

}  // namespace kenshin
