// What the verdicts rest on: data files with their day, thresholds with their source and mark, and the observations.
#include <set>
#include <stdexcept>

#include "reports/formats/finding_groups.h"
#include "reports/formats/html_sections.h"

namespace kenshin {

namespace {

void html_data_files(const Report& report, const Wording& words, HtmlOut& html) {
  html << "<div class=\"scrolls\" tabindex=\"0\" role=\"region\" aria-label=\"" << words("page.editions.data")
       << "\"><table>\n<caption>" << words("page.editions.data") << "</caption>\n<thead><tr><th scope=\"col\">"
       << words("column.data") << "</th><th scope=\"col\">" << words("column.edition") << "</th><th scope=\"col\">"
       << words("column.as_of") << "</th><th scope=\"col\">" << words("column.source")
       << "</th></tr></thead>\n<tbody>\n";
  for (const auto& file : report.data) {
    html << "<tr><th scope=\"row\">" << file.name << "</th><td>" << file.edition << "</td><td class=\"day\">"
         << (file.as_of ? to_text(*file.as_of) : "–");
    if (file.empty) html << " <span class=\"tag\">" << words("page.editions.empty") << "</span>";
    if (file.old) html << " <span class=\"tag contradicts\">" << words("page.editions.old") << "</span>";
    html << "</td><td>" << file.source << "</td></tr>\n";
  }
  html << "</tbody></table></div>\n";
}

void html_thresholds(const Report& report, const Wording& words, HtmlOut& html) {
  std::set<CriterionId> used;
  for (const auto& finding : report.findings) used.insert(finding.criterion);
  html << "<details><summary>" << words("page.editions.thresholds")
       << "</summary>\n<div class=\"scrolls\" tabindex=\"0\" role=\"region\" aria-label=\""
       << words("page.editions.thresholds") << "\"><table>\n<caption>" << words("page.editions.thresholds")
       << "</caption>\n<thead><tr><th scope=\"col\">" << words("column.row") << "</th><th scope=\"col\">"
       << words("column.check") << "</th><th scope=\"col\">" << words("column.force") << "</th><th scope=\"col\">"
       << words("column.source") << "</th><th scope=\"col\">" << words("column.mark")
       << "</th></tr></thead>\n<tbody>\n";
  for (const auto& row : report.profile.rows) {
    if (!used.contains(row.criterion)) continue;
    html << "<tr><th scope=\"row\">" << row.row << "</th><td>" << criterion_words(row.criterion, words) << "</td><td>"
         << words("page.force." + std::string(force_name(row.force))) << "</td><td>" << row.source;
    if (!row.edition.empty()) html << " (" << row.edition << ")";
    html << "</td><td>" << words("page.mark." + std::string(mark_name(row.mark))) << "</td></tr>\n";
  }
  html << "</tbody></table></div>\n<p>" << words("page.editions.marks") << "</p>\n</details>\n";
}

}  // namespace

void html_editions(const Report& report, const Wording& words, HtmlOut& html) {
  html << "<p>"
       << words("page.editions.lead", {{"catalogue", report.catalogue.edition},
                                       {"from", day_words(report.catalogue.valid_from, words)},
                                       {"profile", report.profile.id + " " + report.profile.edition}});
  if (report.checklist)
    html << " "
         << words("page.editions.read_as",
                  {{"edition", report.checklist->edition},
                   {"day", report.checklist->confirmed_on ? day_words(*report.checklist->confirmed_on, words)
                                                          : words("page.not_stated")}});
  html << "</p>\n";
  html_data_files(report, words, html);
  html_thresholds(report, words, html);
}

void html_evidence(const Report& report, const Wording& words, HtmlOut& html) {
  std::set<ObservationId> named;
  for (const auto& answer : report.answers)
    for (const FindingGroup& group : groups_of(report, answer))
      for (std::size_t i = 0; i < group.named(); ++i)
        named.insert(group.findings[i]->evidence.begin(), group.findings[i]->evidence.end());
  html << "<p>" << words("page.evidence.lead") << "</p>\n<details><summary>"
       << words("page.evidence.list", {{"count", std::to_string(named.size())}})
       << "</summary>\n<div class=\"scrolls\" tabindex=\"0\" role=\"region\" aria-label=\"" << words("page.evidence")
       << "\"><table>\n<caption>" << words("page.evidence") << "</caption>\n<thead><tr><th scope=\"col\">"
       << words("column.id") << "</th><th scope=\"col\">" << words("column.target") << "</th><th scope=\"col\">"
       << words("column.question") << "</th><th scope=\"col\">" << words("column.at") << "</th><th scope=\"col\">"
       << words("column.outcome") << "</th></tr></thead>\n<tbody>\n";
  const auto all = report.saved.each([&](const ObservationHead& observation) {
    if (!named.contains(observation.id)) return;
    html << "<tr id=\"";
    html.markup(html_id("observation-", observation.id.text))
        << "\"><th scope=\"row\">" << observation.id.text << "</th><td class=\"target\">"
        << target_words(observation.target, words);
    if (!observation.address.empty()) html << "<br>" << observation.address;
    html << "</td><td>" << observation.name << "</td><td class=\"day\">" << to_text(observation.at) << "</td><td>";
    if (!observation.failed) html << words("page.evidence.observed");
    else html << error_name(observation.failed->kind) << ": " << observation.failed->detail;
    html << "</td></tr>\n";
  });
  if (!all) throw std::runtime_error(all.error().detail);  // it was readable a moment ago
  html << "</tbody></table></div></details>\n";
}

}  // namespace kenshin
