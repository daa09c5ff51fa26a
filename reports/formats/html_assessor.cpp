// What only the assessor's edition holds: every finding with the values and the threshold that decided it, every
// observation with what was seen, what people held back, and how to judge all of it again.
#include <map>
#include <stdexcept>

#include "probes/base/json_fields.h"
#include "probes/base/text.h"
#include "reports/formats/html_sections.h"

namespace kenshin {

namespace {

constexpr std::size_t fact_limit = 24000;  // characters of one fact; the rest is in the facts file

void html_table(std::string_view id, std::initializer_list<std::string_view> columns, const Wording& words,
                HtmlOut& html) {
  const std::string caption = words("page." + std::string(id));
  html << "<div class=\"scrolls\" tabindex=\"0\" role=\"region\" aria-label=\"" << caption
       << "\"><table class=\"audit\">\n<caption>" << caption << "</caption>\n<thead><tr>";
  for (const auto column : columns) html << "<th scope=\"col\">" << words("column." + std::string(column)) << "</th>";
  html << "</tr></thead>\n<tbody>\n";
}
void html_table_end(HtmlOut& html) { html << "</tbody></table></div>\n"; }

// The items each finding answers, by its index.
std::map<std::size_t, std::vector<ItemId>> items_by_finding(const Report& report) {
  std::map<std::size_t, std::vector<ItemId>> out;
  for (const ItemAnswer& answer : report.answers)
    for (const std::size_t index : answer.findings) out[index].push_back(answer.id);
  return out;
}

void html_values(const Reason& reason, HtmlOut& html) {
  html << "<code>" << reason.code << "</code>";
  std::string_view separator = "";
  html << " <span class=\"evidence\">";
  for (const auto& [name, value] : reason.parameters) {
    html << separator << name << ": " << one_line(value, 300);
    separator = " · ";
  }
  html << "</span>";
}

void html_finding(const Finding& finding, const std::vector<ItemId>& items, const Wording& words, HtmlOut& html) {
  html << "<tr id=\"";
  html.markup(html_id("finding-", finding.id))
      << "\"><th scope=\"row\">" << finding.id << "</th><td class=\"target\">" << target_words(finding.target, words)
      << "</td><td><code>" << finding.criterion.text << "</code><br>" << criterion_words(finding.criterion, words)
      << "</td><td>";
  html_status(observed_as(finding.verdict), verdict_words(finding.verdict, words), html);
  html << "<br>" << words("page.force." + std::string(force_name(finding.force))) << "</td><td>";
  html_breakable(reason_words(finding.because, words), html);
  html << "<br>";
  html_values(finding.because, html);
  html << "</td><td>" << finding.row << "<br>" << words("page.mark." + std::string(mark_name(finding.mark)))
       << "</td><td>";
  for (const ItemId& id : items) {
    html << "<a href=\"#";
    html.markup(html_id("item-", id.text)) << "\">" << id.text << "</a> ";
  }
  html << "</td><td>";
  html_evidence_links(finding, html);
  html << "</td></tr>\n";
}

// An observation's value as it stands in the facts file.
std::string value_of(const Observation& observation) {
  const auto line = parse_json(observation_line(observation), "observation");
  if (!line) throw std::runtime_error(line.error().detail);  // we wrote it
  const auto fact = line->find("fact");
  return fact == line->end() ? std::string() : fact->dump(1);
}

// Line by line, for each is cleaned on its own; false where it was cut.
bool html_lines(std::string_view value, HtmlOut& html) {
  std::size_t written = 0;
  for (const std::string_view line : lines(value)) {
    if (written > fact_limit) return false;
    html << one_line(line, fact_limit) << "\n";
    written += line.size();
  }
  return written <= fact_limit;
}

void html_observation(const Observation& observation, const Wording& words, HtmlOut& html) {
  html << "<tr id=\"";
  html.markup(html_id("observation-", observation.id.text))
      << "\"><th scope=\"row\">" << observation.id.text << "</th><td class=\"target\">"
      << target_words(observation.target, words);
  if (!observation.address.empty()) html << "<br>" << observation.address;
  html << "</td><td>" << observation.name << "</td><td class=\"day\">" << to_text(observation.at) << "</td><td>"
       << observation.connections << "</td><td>";
  if (!observation.fact) {
    html << "<b>" << error_name(observation.fact.error().kind) << "</b> " << observation.fact.error().detail;
  } else {
    html << "<details><summary>" << words("page.observations.value") << "</summary>\n<pre>";
    const bool whole = html_lines(value_of(observation), html);
    html << "</pre>\n";
    if (!whole) html << "<p>" << words("page.observations.cut") << "</p>\n";
    html << "</details>";
  }
  html << "</td></tr>\n";
}

std::string_view waiver_state(const Report& report, const DeclaredWaiver& waiver) {
  if (report.judged_on > waiver.expires) return "over";
  if (report.judged_on < waiver.created) return "not_begun";
  for (const ItemAnswer& answer : report.answers)
    if (answer.waiver && *answer.waiver == waiver) return "in_force";
  return "unused";
}

}  // namespace

void html_findings(const Report& report, const Wording& words, HtmlOut& html) {
  const auto items = items_by_finding(report);
  html << "<p>" << words("page.findings.lead", {{"count", std::to_string(report.findings.size())}}) << "</p>\n";
  html_table("findings", {"id", "target", "check", "verdict", "values", "threshold", "items", "evidence"}, words, html);
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const auto at = items.find(i);
    html_finding(report.findings[i], at == items.end() ? std::vector<ItemId>{} : at->second, words, html);
  }
  html_table_end(html);
}

void html_waivers(const Report& report, const Wording& words, HtmlOut& html) {
  const auto declared = report.facts.of<DeclaredWaiver>({TargetKind::Clinic, "", 0});
  if (declared.empty()) {
    html << "<p>" << words("page.waivers.none") << "</p>\n";
    return;
  }
  html << "<p>" << words("page.waivers.lead") << "</p>\n";
  html_table("waivers", {"item", "target", "state", "reason", "approver", "created", "expires", "ticket"}, words, html);
  for (const Observation* observation : declared) {
    const auto* waiver = fact_of<DeclaredWaiver>(*observation);
    if (!waiver) continue;
    html << "<tr><th scope=\"row\">" << waiver->item << "</th><td class=\"target\">"
         << (waiver->target.empty() ? std::string("*") : waiver->target) << "</td><td>"
         << words("waiver." + std::string(waiver_state(report, *waiver))) << "</td><td>" << waiver->reason
         << "</td><td>" << waiver->approver << "</td><td class=\"day\">" << to_text(waiver->created)
         << "</td><td class=\"day\">" << to_text(waiver->expires) << "</td><td>" << waiver->ticket << "</td></tr>\n";
  }
  html_table_end(html);
}

void html_observations(const Report& report, const Wording& words, HtmlOut& html) {
  html << "<p>" << words("page.observations.lead", {{"count", std::to_string(report.saved.observations())}})
       << "</p>\n";
  html_table("observations", {"id", "target", "question", "at", "connections", "outcome"}, words, html);
  for (const Observation& observation : report.saved.outline().all())
    if (observation.target.kind == TargetKind::Clinic) html_observation(observation, words, html);
  for (const Target& target : report.saved.targets()) {
    if (target.kind == TargetKind::Clinic) continue;
    const auto about = report.saved.about(target);
    if (!about) throw std::runtime_error(about.error().detail);  // it was readable a moment ago
    for (const Observation& observation : about->all())
      if (observation.target == target) html_observation(observation, words, html);
  }
  html_table_end(html);
}

void html_verification(const Report& report, const Wording& words, HtmlOut& html) {
  html << "<p>" << words("page.verification.lead") << "</p>\n<pre>kenshin judge DIR --profile " << report.profile.id
       << " --on " << to_text(report.judged_on) << " --out DIR2\nsha256sum DIR2/result.json</pre>\n<p>"
       << words("page.verification.limits") << "</p>\n";
}

}  // namespace kenshin
