// kenshin explain ITEM|CRITERION: which criteria answer an item, from which document and clause, with which thresholds.
// Without a word: what there is to explain.
#include <algorithm>
#include <array>
#include <ostream>

#include "probes/base/text.h"
#include "reports/checklist/catalogue.h"
#include "reports/criteria/criterion.h"
#include "reports/criteria/explain.h"
#include "scanner/commands.h"

namespace kenshin {

namespace {

constexpr std::string_view shown_edition = "mhlw-2026";

constexpr auto options = std::to_array<Option>({{"profile", Takes::Value, "PROFILE"}});

void explain(const Criterion& criterion, const Profile& profile, const Program& program) {
  const auto& say = program.say();
  auto& out = program.out;
  out << criterion.id << "  " << say("criterion." + std::string(criterion.id)) << '\n';
  auto standing = standing_of(criterion, profile);
  out << "  " << say("explain.cites") << ": " << standing["document"] << '\n';
  if (!standing.contains("row")) {
    out << "  " << say("explain.no-row", {{"profile", profile.id}}) << '\n';
    return;
  }
  out << "  " << profile.id << " " << standing["row"] << ": " << say("force." + standing["force"]) << ", "
      << say("explain.rank") << " " << standing["rank"] << ", " << standing["edition"] << ", " << standing["source"]
      << ", " << say("mark." + standing["mark"]) << '\n';
  if (standing["found"] != standing["force"])
    out << "  " << say("explain.found", {{"force", say("force." + standing["found"])}}) << '\n';
  for (const auto& [name, value] : thresholds_of(criterion, profile)) out << "  " << name << " = " << value << '\n';
}

// Every item and criterion there is to explain, a line each.
int list_all(const std::vector<Catalogue>& catalogues, const Program& program) {
  const auto line = [&](std::string_view id, const std::string& title) {
    constexpr std::size_t width = 34;
    program.out << id << std::string(std::max(width, id.size() + 2) - id.size(), ' ') << title << '\n';
  };
  for (const auto& catalogue : catalogues)
    if (catalogue.edition == shown_edition)
      for (const auto& item : catalogue.items)
        line(item.id.text, program.language == Language::Ja ? item.title.ja : item.title.en);
  program.out << '\n';
  for (const auto& criterion : all_criteria())
    line(criterion.id, program.say()("criterion." + std::string(criterion.id)));
  return exit_codes::ok;
}

}  // namespace

const std::span<const Option> explain_options = options;

int run_explain(const Arguments& arguments, const Program& program) {
  if (arguments.positional.size() > 1) return program.fail(exit_codes::usage, "cli.one-item");
  const auto catalogues = load_catalogues(program.data);
  if (!catalogues) return program.fail(exit_codes::could_not_run, "cli.error", {{"what", catalogues.error().detail}});
  if (arguments.positional.empty()) return list_all(*catalogues, program);
  const std::string word = lower_ascii(arguments.positional.front());
  const auto profile = load_profile(program.data, arguments.value("profile", "checklist-2026"));
  if (!profile) return program.fail(exit_codes::data, "cli.error", {{"what", profile.error().detail}});
  if (const auto* criterion = criterion_named(word)) return explain(*criterion, *profile, program), exit_codes::ok;
  std::vector<std::string_view> known;
  for (const auto& catalogue : *catalogues) {
    if (catalogue.edition != shown_edition) continue;
    for (const auto& item : catalogue.items) known.push_back(item.id.text);
    const auto* item = catalogue.find({word});
    if (!item) continue;
    const auto& say = program.say();
    program.out << item->id.text << "  " << (program.language == Language::Ja ? item->title.ja : item->title.en)
                << '\n';
    const char* by = item->answered_by == AnsweredBy::Machine  ? "machine"
                     : item->answered_by == AnsweredBy::Person ? "person"
                                                               : "machine_and_person";
    program.out << "  " << say(std::string("explain.answered-by.") + by) << '\n';
    for (const auto& part : item->rolls_up)
      program.out << "  " << say("explain.rolls-up", {{"item", part.text}}) << '\n';
    if (item->criteria.empty() && item->rolls_up.empty()) program.out << "  " << say("explain.no-criterion") << '\n';
    for (const auto& id : item->criteria)
      if (const auto* criterion = criterion_named(id.text)) program.out << '\n', explain(*criterion, *profile, program);
    return exit_codes::ok;
  }
  for (const auto& criterion : all_criteria()) known.push_back(criterion.id);
  const auto meant = nearest(word, known);
  return program.fail(exit_codes::usage, meant.empty() ? "cli.unknown-item" : "cli.unknown-item-meant",
                      {{"what", word}, {"meant", std::string(meant)}});
}

}  // namespace kenshin
