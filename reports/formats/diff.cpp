#include "reports/formats/diff.h"

#include <ostream>

#include "probes/base/json_fields.h"
#include "reports/formats/change_list.h"
#include "reports/formats/phrases.h"

namespace kenshin {

namespace {

std::string title(const Changes& changes, const Wording& words) {
  return words("changes.title",
               {{"before", day_words(changes.before_on, words)}, {"after", day_words(changes.after_on, words)}});
}

// CommonMark 2.4: punctuation that a foreign text could give a meaning with stands behind a backslash; 2.5: no
// character references and no raw HTML either.
std::string markdown_text(std::string_view text) {
  std::string out;
  for (const char c : one_line(text, 2000)) {
    if (std::string_view("\\`*_[]<>#~&").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

Json both(const BothLanguages& text) {
  if (text.ja.empty() && text.en.empty()) return nullptr;
  return {{"ja", text.ja}, {"en", text.en}};
}

Json finding_json(const std::optional<FindingOutcome>& it) {
  if (!it) return nullptr;
  return {{"verdict", verdict_name(it->verdict)},
          {"force", force_name(it->force)},
          {"code", it->reason},
          {"because", both(it->because)},
          {"waived", it->waived}};
}

Json observed_json(const std::optional<Observed>& it) { return it ? Json(observed_name(*it)) : Json(nullptr); }

Json side_json(Day on, const std::string& clinic, bool cut_short) {
  return {{"judged_on", to_text(on)}, {"clinic", clinic}, {"finished", !cut_short}};
}

}  // namespace

void write_diff_text(const Changes& changes, const Words& all_words, std::ostream& out) {
  const Wording& words = all_words.of_reader();
  out << title(changes, words) << '\n';
  for (const auto& caution : cautions(changes, words)) out << caution << '\n';
  for (const auto& list : change_lists(changes, words)) {
    out << '\n' << list.heading << '\n';
    if (!list.lead.empty()) out << "  " << list.lead << '\n';
    for (const auto& line : list.lines) out << "  - " << line << '\n';
  }
  if (changes.none()) out << '\n' << words("changes.nothing") << '\n';
}

void write_diff_markdown(const Changes& changes, const Words& all_words, std::ostream& out) {
  const Wording& words = all_words.of_reader();
  out << "# " << markdown_text(title(changes, words)) << "\n\n"
      << markdown_text(changes_in_a_sentence(changes, words)) << '\n';
  for (const auto& caution : cautions(changes, words)) out << "\n**" << markdown_text(caution) << "**\n";
  for (const auto& list : change_lists(changes, words)) {
    out << "\n## " << markdown_text(list.heading) << "\n\n";
    if (!list.lead.empty()) out << markdown_text(list.lead) << "\n\n";
    for (const auto& line : list.lines) out << "- " << markdown_text(line) << '\n';
  }
}

void write_diff_json(const Changes& changes, const Words&, std::ostream& out) {
  Json rules = Json::array(), items = Json::array(), findings = Json::array(), ticks = Json::array();
  for (const auto& it : changes.rules) rules.push_back({{"what", it.what}, {"before", it.before}, {"after", it.after}});
  for (const auto& it : changes.items)
    items.push_back({{"change", turn_name(it.turn)},
                     {"id", it.id.text},
                     {"title", both(it.title)},
                     {"before", observed_json(it.before)},
                     {"after", observed_json(it.after)}});
  for (const auto& it : changes.findings)
    findings.push_back({{"change", turn_name(it.turn)},
                        {"criterion", it.latest().criterion.text},
                        {"target", {{"kind", it.latest().target_kind}, {"name", it.latest().target}}},
                        {"before", finding_json(it.before)},
                        {"after", finding_json(it.after)}});
  for (const auto& it : changes.ticks)
    ticks.push_back({{"id", it.id.text},
                     {"title", both(it.title)},
                     {"before", declared_name(it.before)},
                     {"after", declared_name(it.after)}});
  const Json all = {{"schema", "kenshin.diff/1"},
                    {"before", side_json(changes.before_on, changes.before_clinic, changes.before_cut_short)},
                    {"after", side_json(changes.after_on, changes.after_clinic, changes.after_cut_short)},
                    {"same", changes.none()},
                    {"regression", is_regression(changes)},
                    {"rules", std::move(rules)},
                    {"items", std::move(items)},
                    {"findings", std::move(findings)},
                    {"ticks", std::move(ticks)}};
  out << all.dump(2) << '\n';
}

}  // namespace kenshin
