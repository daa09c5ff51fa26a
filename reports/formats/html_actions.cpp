#include <algorithm>
#include <map>

#include "probes/base/text.h"
#include "reports/formats/html_sections.h"

namespace kenshin {

namespace {

constexpr std::size_t shown_at_once = 6;  // targets of one matter; the rest folds

std::string action_title(const Action& action, const Wording& words) {
  if (!action.collapsed()) return criterion_words(action.first().criterion, words);
  return words("action.unknown.title", {{"target", target_words(action.first().target, words)}});
}

std::string action_meaning(const Action& action, const Wording& words) {
  const bool unknown = action.first().verdict == Verdict::Unknown;
  return unknown ? words("action.unknown.meaning") : meaning_words(action.first(), words);
}

std::string action_remedy(const Action& action, const Wording& words) {
  return action.collapsed() ? unknown_remedy_words(action.first(), words) : remedy_words(action.first(), words);
}

// The same words about several targets stand once.
using SameWords = std::pair<std::string, std::vector<const Finding*>>;

std::vector<SameWords> by_words(const Action& action, const Wording& words) {
  std::vector<SameWords> out;
  std::map<std::string, std::size_t> known;
  for (const Finding* finding : action.findings) {
    const std::string said = reason_words(finding->because, words);
    const auto [at, is_new] = known.emplace(said, out.size());
    if (is_new) out.push_back({said, {}});
    out[at->second].second.push_back(finding);
  }
  return out;
}

void html_names(const std::vector<const Finding*>& findings, std::size_t from, std::size_t to, const Wording& words,
                HtmlOut& html) {
  for (std::size_t i = from; i < to; ++i)
    html << " <b class=\"target\">" << target_words(findings[i]->target, words) << "</b>";
}

void html_measured(const SameWords& same, const Wording& words, HtmlOut& html) {
  const auto& [said, findings] = same;
  const std::size_t shown = std::min(findings.size(), shown_at_once);
  html << "<li>";
  html_names(findings, 0, shown, words, html);
  html << " ";
  html_breakable(said, html);
  if (shown < findings.size()) {
    html << "\n<details><summary>" << words("page.more", {{"count", std::to_string(findings.size() - shown)}})
         << "</summary>\n<p>";
    html_names(findings, shown, findings.size(), words, html);
    html << "</p>\n</details>";
  }
  html << "</li>\n";
}

void html_targets(const Action& action, const Wording& words, HtmlOut& html) {
  if (action.collapsed()) {
    html << "<p>";
    html_breakable(reason_words(action.first().because, words), html);
    html << "</p>\n<p class=\"questions\">" << words("action.unknown.questions") << "</p>\n<ul class=\"inline\">\n";
    for (const auto* finding : action.findings)
      html << "<li>" << criterion_words(finding->criterion, words) << "</li>\n";
    html << "</ul>\n";
    return;
  }
  const auto told = by_words(action, words);
  html << "<ul>\n";
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (i == shown_at_once)
      html << "</ul>\n<details><summary>"
           << words("page.more", {{"count", std::to_string(told.size() - shown_at_once)}}) << "</summary>\n<ul>\n";
    html_measured(told[i], words, html);
  }
  html << "</ul>\n";
  if (told.size() > shown_at_once) html << "</details>\n";
}

void html_tags(const Action& action, const Wording& words, HtmlOut& html) {
  if (action.contradicts) html << "<span class=\"tag contradicts\">" << words("agreement.contradicts") << "</span> ";
  if (action.waiver)
    html << "<span class=\"tag\">" << words("action.waived", {{"until", day_words(action.waiver->expires, words)}})
         << "</span> ";
}

void html_items(const Action& action, const Wording& words, HtmlOut& html) {
  if (action.items.empty()) return;
  html << "<div><dt>" << words("action.items") << "</dt><dd>";
  for (const auto* answer : action.items) {
    html << "<a href=\"#";
    html.markup(html_id("item-", answer->id.text)) << "\">" << answer->id.text << "</a> ";
  }
  html << "</dd></div>\n";
}

// One finding stands for all of the matter: they share criterion and reason.
void html_configuration(const Report& report, const Action& action, const Wording& words, HtmlOut& html) {
  const auto* lines = action.collapsed() ? nullptr : report.configuration.of(action.first());
  if (!lines) return;
  html << "<details><summary>" << words("action.configuration") << "</summary>\n<dl>\n";
  for (const auto& [product, line] : *lines)
    html << "<div><dt>" << words("product." + product) << "</dt><dd><code>" << line << "</code> "
         << words("action.configuration.mark." + std::string(mark_name(report.configuration.marks.at(product))))
         << "</dd></div>\n";
  html << "</dl>\n<p>" << words("action.configuration.note", {{"edition", report.configuration.edition}})
       << "</p>\n</details>\n";
}

// One letter for each finding that tells something of its own: what was seen differs from name to name.
void html_letters(const Report& report, const Action& action, const Wording& words, HtmlOut& html) {
  if (action.collapsed()) return;
  const std::string clinic = report.clinic().clinic_name;
  const std::size_t most = std::min(action.findings.size(), shown_at_once);
  for (std::size_t i = 0; i < most; ++i) {
    const Finding& finding = *action.findings[i];
    const std::string letter = letter_words(finding, target_words(finding.target, words), clinic, words);
    if (letter.empty()) return;
    html << "<details><summary>" << words("letter.title") << " <b class=\"target\">"
         << target_words(finding.target, words) << "</b></summary>\n<blockquote>\n";
    for (const std::string_view line : lines(letter)) html << line << "<br>\n";
    html << "</blockquote>\n</details>\n";
  }
}

void html_action(const Report& report, const Action& action, const Wording& words, HtmlOut& html) {
  html << "<li class=\"action " << observed_name(observed_as(action.first().verdict)) << "\">\n<h4>"
       << action_title(action, words) << "</h4>\n";
  if (action.contradicts || action.waiver) {
    html << "<p>";
    html_tags(action, words, html);
    html << "</p>\n";
  }
  html << "<dl>\n<div><dt>" << words("action.meaning") << "</dt><dd>";
  html_breakable(action_meaning(action, words), html);
  html << "</dd></div>\n<div><dt>" << words("action.remedy") << "</dt><dd>";
  html_breakable(action_remedy(action, words), html);
  html << "</dd></div>\n<div><dt>" << words("action.charge") << "</dt><dd><b>" << charge_words(action.charge, words)
       << "</b></dd></div>\n<div><dt>" << words("action.measured") << "</dt><dd>\n";
  html_targets(action, words, html);
  html << "</dd></div>\n";
  html_items(action, words, html);
  html << "</dl>\n";
  html_letters(report, action, words, html);
  html_configuration(report, action, words, html);
  html << "</li>\n";
}

}  // namespace

void html_actions(const Report& report, const Wording& words, HtmlOut& html) {
  const auto actions = actions_of(report);
  if (actions.empty()) {
    html << "<p>" << words("action.nothing") << "</p>\n";
    return;
  }
  const Action* before = nullptr;
  for (const auto& action : actions) {
    const bool same_group = before && before->advice() == action.advice() &&
                            (action.advice() || before->first().verdict == action.first().verdict);
    if (!same_group) {
      if (before) html << "</ol>\n";
      html << "<h3>";
      if (action.advice()) html << words("action.advice");
      else html_status(observed_as(action.first().verdict), verdict_words(action.first().verdict, words), html);
      html << "</h3>\n<ol class=\"actions\">\n";
    }
    html_action(report, action, words, html);
    before = &action;
  }
  html << "</ol>\n";
}

}  // namespace kenshin
