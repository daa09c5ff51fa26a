#include "reports/formats/text_summary.h"

#include <algorithm>
#include <ostream>

#include "probes/base/text.h"
#include "reports/formats/actions.h"
#include "reports/formats/phrases.h"

namespace kenshin {

namespace {

constexpr std::size_t width = 80;
constexpr std::size_t actions_shown = 10;
constexpr std::size_t items_shown = 4;
constexpr std::size_t reason_shown = 260;  // characters; all of it is in the report page

std::string_view colour_of(Observed state) {
  switch (state) {
    case Observed::Met:
    case Observed::Supported: return "32";
    case Observed::NotMet: return "31";
    case Observed::Attention:
    case Observed::Unknown:
    case Observed::Conditional: return "33";
    case Observed::NotApplicable:
    case Observed::NotObserved: return "0";
  }
  return "0";
}

std::string painted(std::string_view text, Observed state, bool colour) {
  if (!colour) return std::string(text);
  return "\x1b[1;" + std::string(colour_of(state)) + "m" + std::string(text) + "\x1b[0m";
}

// The symbol and what fills its three columns.
std::string symbol_column(Observed state, bool colour) {
  const auto symbol = symbol_of(state);
  return painted(symbol, state, colour) + std::string(3 - display_width(symbol), ' ');
}

// Marks that never start a line (JIS X 4051, the closing and dividing classes that occur here).
bool starts_no_line(char32_t point) {
  return std::u32string_view(U"、。，．）」』】〕］｝・：；？！ーっゃゅょッャュョ…").find(point) !=
         std::u32string_view::npos;
}

bool ends_no_line(char32_t point) {
  return std::u32string_view(U"（「『【〔［｛").find(point) != std::u32string_view::npos;
}

// `first` may hold escape sequences; it is as wide as `rest`.
void paragraph(std::string_view text, std::string_view first, std::string_view rest, std::ostream& out) {
  bool opening = true;
  for (const auto& line : wrapped(one_line(text, 1000), width - display_width(rest))) {
    out << (opening ? first : rest) << line << '\n';
    opening = false;
  }
}

// "項目 2.5.2-1.xii、2.5.2-2.i ほか2件": so that the counts of items and the list of causes can be laid side by side.
std::string items_words(const std::vector<const ItemAnswer*>& items, const Wording& words) {
  std::vector<std::string> ids;
  for (const auto* item : items) ids.push_back(one_line(item->id.text));
  if (ids.size() <= items_shown) return words("text.items", {{"ids", join(ids, words("grade.and"))}});
  const std::string more = std::to_string(ids.size() - items_shown);
  ids.resize(items_shown);
  return words("text.items.more", {{"ids", join(ids, words("grade.and"))}, {"count", more}});
}

void write_action(std::size_t number, const Action& action, const Wording& words, bool colour, std::ostream& out) {
  const Finding& first = action.first();
  const Observed state = observed_as(first.verdict);
  const bool collapsed = action.collapsed();
  const std::string target = one_line(target_words(first.target, words));
  const std::string title =
      collapsed ? words("action.unknown.title", {{"target", target}}) : criterion_words(first.criterion, words);
  const std::string numbered = (number < 10 ? " " : "") + std::to_string(number) + ". ";
  paragraph(title, numbered + symbol_column(state, colour), "       ", out);
  if (action.contradicts)
    out << "       " << painted("[" + words("agreement.contradicts") + "]", state, colour) << '\n';
  const std::string reason = one_line(reason_words(first.because, words), reason_shown);
  paragraph(collapsed ? reason : target + "  " + reason, "       ", "       ", out);
  if (!collapsed && action.findings.size() > 1)
    out << "       " << words("page.more", {{"count", std::to_string(action.findings.size() - 1)}}) << '\n';
  const std::string remedy = collapsed ? unknown_remedy_words(first, words) : remedy_words(first, words);
  paragraph(remedy, "     → ", "       ", out);
  out << "       " << words("text.charge", {{"who", charge_words(action.charge, words)}}) << '\n';
  if (!action.items.empty()) paragraph(items_words(action.items, words), "       ", "       ", out);
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> out;
  std::u32string line;
  std::size_t used = 0, break_at = 0;  // break_at: code points of the line that may stand alone
  const auto measure = [](std::u32string_view part) { return display_width(utf8(part)); };
  const auto emit = [&](std::size_t count) {
    std::u32string_view head = std::u32string_view(line).substr(0, count);
    while (!head.empty() && head.back() == U' ') head.remove_suffix(1);
    out.push_back(utf8(head));
    line.erase(0, count);
    line.erase(0, std::min(line.find_first_not_of(U' '), line.size()));
    used = measure(line);
    break_at = 0;
  };
  for (const char32_t point : code_points(text)) {
    const std::size_t wide = measure({&point, 1});
    const bool may_break = !line.empty() && (line.back() == U' ' ||
                                             ((wide == 2 || measure({&line.back(), 1}) == 2) &&
                                              !starts_no_line(point) && !ends_no_line(line.back()) && point != U' '));
    if (may_break) break_at = line.size();
    if (used + wide > columns && break_at > 0 && point != U' ') emit(break_at);
    line += point;
    used += wide;
  }
  if (!line.empty()) emit(line.size());
  return out;
}

void write_summary(const Report& report, const Words& all_words, bool colour, std::ostream& out) {
  const Wording& words = all_words.of_reader();
  const auto counts = state_counts(report);
  const Observed worst = counts.empty() ? Observed::NotObserved : counts.front().state;
  const std::string clinic = report.clinic().clinic_name;
  paragraph(words("page.product") + (clinic.empty() ? "" : "  " + clinic), "", "  ", out);
  out << '\n' << symbol_column(worst, colour);
  const auto sentence = wrapped(report_words(report, words), width - 3);
  for (std::size_t i = 0; i < sentence.size(); ++i)
    out << (i > 0 ? "   " : "") << painted(sentence[i], worst, colour) << '\n';
  std::size_t widest = 0;
  for (const auto& [state, items] : counts) widest = std::max(widest, display_width(count_words(state, words)));
  for (const auto& [state, items] : counts) {
    const bool in_scope_only =
        std::any_of(report.answers.begin(), report.answers.end(),
                    [&, which = state](const auto& a) { return a.observed == which && a.probed_only; });
    const std::string plain = count_words(state, words);
    const std::string name = in_scope_only ? words("state.probed_only", {{"state", plain}}) : plain;
    out << "  " << symbol_column(state, false) << name
        << std::string(std::max(widest, display_width(name)) - display_width(name) + 2, ' ') << items << '\n';
  }
  for (const auto& graded : report.grades)
    paragraph(words("text.grade", {{"item", graded.item.text}, {"grade", grade_words(graded.ipa, words)}}), "  ",
              "    ", out);
  const auto actions = actions_of(report);
  if (!actions.empty() || worst != Observed::NotObserved) out << '\n' << words("text.actions") << '\n';
  if (actions.empty() && worst != Observed::NotObserved) out << "  " << words("action.nothing") << '\n';
  for (std::size_t i = 0; i < std::min(actions.size(), actions_shown); ++i)
    write_action(i + 1, actions[i], words, colour, out);
  if (actions.size() > actions_shown)
    out << words("text.more", {{"count", std::to_string(actions.size() - actions_shown)}}) << '\n';
  out << '\n';
  paragraph(words("page.certifies_nothing"), "", "", out);
}

}  // namespace kenshin
