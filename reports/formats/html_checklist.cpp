// The checklist as the clinic published it, row for row in the document's own words and order, with what was found
// beside what was declared. Rows the document lacks follow in a table of their own.
#include <algorithm>
#include <map>

#include "reports/formats/finding_groups.h"
#include "reports/formats/html_sections.h"

namespace kenshin {

namespace {

constexpr std::size_t reasons_shown = 3;  // of one item; all of them fold below

std::string text(std::string_view view) { return std::string(view); }

void html_table_head(std::string_view caption, const Wording& words, HtmlOut& html) {
  html << "<table class=\"checklist\" role=\"table\">\n<caption>" << caption
       << "</caption>\n<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">"
       << words("column.number") << "</th><th role=\"columnheader\" scope=\"col\">" << words("column.item")
       << "</th><th role=\"columnheader\" scope=\"col\">" << words("column.declared")
       << "</th><th role=\"columnheader\" scope=\"col\">" << words("column.observed")
       << "</th></tr></thead>\n<tbody role=\"rowgroup\">\n";
}
void html_table_end(HtmlOut& html) { html << "</tbody>\n</table>\n"; }

void html_heading_row(int depth, std::string_view heading, bool japanese, HtmlOut& html) {
  html << "<tr class=\"heading depth" << depth
       << "\" role=\"row\"><th role=\"rowheader\" colspan=\"4\" scope=\"colgroup\"";
  if (japanese) html << " lang=\"ja\"";
  html << ">" << heading << "</th></tr>\n";
}

void html_declared(Declared declared, const Wording& words, HtmlOut& html) {
  html << "<td role=\"cell\" class=\"declared\" data-label=\"" << words("column.declared") << "\">"
       << words("declared." + text(declared_name(declared))) << "</td>";
}

void html_decisions(const ItemAnswer& answer, Day on, const Wording& words, HtmlOut& html) {
  for (const auto* d : answer.decisions) {
    const std::string known = "short." + d->verdict;
    html << "<p class=\"beside\"><b>" << words("item.decision") << "</b> "
         << (words.has(known) ? words(known) : d->verdict) << " – " << d->by;
    if (!d->role.empty()) html << " (" << d->role << ")";
    html << ", " << day_words(d->on, words);
    if (!d->basis.empty()) html << "<br>" << words("item.basis", {{"text", d->basis}});
    if (!d->comment.empty()) html << "<br>" << words("item.comment", {{"text", d->comment}});
    if (d->review_by) html << "<br>" << words("item.review_by", {{"day", day_words(*d->review_by, words)}});
    if (!still_answers(*d, on)) html << " <span class=\"tag contradicts\">" << words("decision.overdue") << "</span>";
    html << "</p>\n";
  }
}

void html_documents(const ItemAnswer& answer, Day on, const Wording& words, HtmlOut& html) {
  for (const auto* d : answer.documents) {
    html << "<p class=\"beside\"><b>" << words("item.document") << "</b> " << d->title;
    if (!d->version.empty()) html << " " << d->version;
    if (d->date) html << ", " << day_words(*d->date, words);
    if (d->valid_until) html << ", " << words("item.valid_until", {{"day", day_words(*d->valid_until, words)}});
    if (d->valid_until && on > *d->valid_until)
      html << " <span class=\"tag contradicts\">" << words("document.expired") << "</span>";
    if (!d->problem.empty()) {
      const std::string problem = "document." + d->problem;
      html << " <span class=\"tag contradicts\">" << (words.has(problem) ? words(problem) : d->problem) << "</span>";
    }
    html << "</p>\n";
  }
}

void html_waiver(const ItemAnswer& answer, const Wording& words, HtmlOut& html) {
  const auto* w = answer.waiver;
  if (!w) return;
  html << "<p class=\"beside\"><b>" << words("item.waiver") << "</b> "
       << words("item.waiver_text",
                {{"reason", w->reason}, {"approver", w->approver}, {"until", day_words(w->expires, words)}})
       << "</p>\n";
}

// The findings that made the item what it is: `must`, of the leading verdict.
std::vector<const Finding*> leading(const Report& report, const ItemAnswer& answer) {
  std::vector<const Finding*> out;
  for (const std::size_t index : answer.findings) {
    const Finding& finding = report.findings.at(index);
    if (finding.force != Force::Must || finding.verdict == Verdict::NotApplicable) continue;
    if (!out.empty() && finding.verdict != out.front()->verdict) continue;
    out.push_back(&finding);
  }
  return out;
}

bool needs_a_reason(Observed observed) {
  return observed == Observed::NotMet || observed == Observed::Attention || observed == Observed::Unknown ||
         observed == Observed::Conditional;
}

void html_reason(std::string_view target, std::string_view reason, HtmlOut& html) {
  html << "<li><b class=\"target\">" << target << "</b> ";
  html_breakable(reason, html);
  html << "</li>\n";
}

// Several findings may give one target the same reason; it is told once.
void html_reasons(const Report& report, const ItemAnswer& answer, const Wording& words, HtmlOut& html) {
  if (!needs_a_reason(answer.observed)) return;
  std::vector<std::pair<std::string, std::string>> told;
  for (const Finding* finding : leading(report, answer)) {
    std::pair<std::string, std::string> reason = {target_words(finding->target, words),
                                                  reason_words(finding->because, words)};
    if (std::find(told.begin(), told.end(), reason) == told.end()) told.push_back(std::move(reason));
  }
  if (told.empty()) return;
  html << "<ul class=\"reasons\">\n";
  for (std::size_t i = 0; i < std::min(told.size(), reasons_shown); ++i)
    html_reason(told[i].first, told[i].second, html);
  html << "</ul>\n";
  if (told.size() > reasons_shown)
    html << "<p>" << words("page.more", {{"count", std::to_string(told.size() - reasons_shown)}}) << "</p>\n";
}

void html_because_of(const ItemAnswer& answer, const Wording& words, HtmlOut& html) {
  if (answer.because_of.empty()) return;
  html << "<p>" << words("item.because_of");
  for (const auto& id : answer.because_of) {
    html << " <a href=\"#";
    html.markup(html_id("item-", id.text)) << "\">" << id.text << "</a>";
  }
  html << "</p>\n";
}

void html_findings(const Report& report, const ItemAnswer& answer, const Wording& words, HtmlOut& html) {
  if (answer.findings.empty()) return;
  html << "<details><summary>" << words("item.findings", {{"count", std::to_string(answer.findings.size())}})
       << "</summary>\n<ul class=\"findings\">\n";
  for (const FindingGroup& group : groups_of(report, answer)) {
    const Finding& first = group.first();
    html << "<li>";
    html_status(observed_as(first.verdict), verdict_words(first.verdict, words), html);
    html << " " << criterion_words(first.criterion, words) << " ";
    html_breakable(reason_words(first.because, words), html);
    html << " <span class=\"evidence\">" << words("page.force." + text(force_name(first.force))) << "</span>";
    for (std::size_t i = 0; i < group.named(); ++i) {
      const Finding& finding = *group.findings[i];
      html << "<br><b class=\"target\">" << target_words(finding.target, words) << "</b> <span class=\"evidence\">"
           << finding.id << ":";
      html_evidence_links(finding, html);
      html << "</span>";
    }
    if (const std::size_t rest = group.findings.size() - group.named(); rest > 0)
      html << "<br>" << words("page.more-in-result", {{"count", std::to_string(rest)}});
    html << "</li>\n";
  }
  html << "</ul></details>\n";
}

void html_observed(const Report& report, const ItemAnswer& answer, const CatalogueItem* item, const Wording& words,
                   HtmlOut& html) {
  const AnsweredBy by = item ? item->answered_by : AnsweredBy::Person;
  html << "<td role=\"cell\" class=\"observed\" data-label=\"" << words("column.observed") << "\">";
  html_status(answer.observed, state_words(answer, by, words), html);
  if (answer.agreement == Agreement::Contradicts)
    html << "<br><span class=\"tag contradicts\">" << words("agreement.contradicts") << "</span>";
  if (item && (answer.observed == Observed::Attention || answer.observed == Observed::Supported))
    html << "<p>" << words("item.who", {{"who", charge_words(item->charge, words)}}) << "</p>\n";
  if (const auto* ipa = report.grade_of(answer.id))
    html << "<p class=\"beside\"><b>" << words("grade.label") << "</b> " << grade_words(*ipa, words) << "</p>\n";
  html_because_of(answer, words, html);
  html_reasons(report, answer, words, html);
  html_waiver(answer, words, html);
  html_decisions(answer, report.judged_on, words, html);
  html_documents(answer, report.judged_on, words, html);
  html_findings(report, answer, words, html);
  html << "</td>";
}

void html_number(const ItemId& id, std::string_view printed, const Wording& words, HtmlOut& html) {
  const bool unmatched = id.text.starts_with('~');
  html << "<tr id=\"";
  html.markup(html_id("item-", id.text)) << "\" role=\"row\"><th role=\"rowheader\" scope=\"row\">";
  if (unmatched) html << "<span class=\"id\">" << words("item.line", {{"line", id.text.substr(id.text.find('L') + 1)}});
  else if (id.text.find(".opt-") != std::string::npos) html << "<span class=\"id\">" << words("item.short_optional");
  else html << "<span class=\"id\">" << id.text;
  html << "</span>";
  const auto dot = id.text.rfind('.');
  if (!printed.empty() && (unmatched || dot == std::string::npos || id.text.substr(dot + 1) != printed))
    html << "<br><small>" << words("item.printed", {{"text", std::string(printed)}}) << "</small>";
  html << "</th>";
}

void html_document_row(const Report& report, const ChecklistItem& item, const ItemAnswer* answer, bool said_above,
                       const Wording& words, HtmlOut& html) {
  const CatalogueItem* known = report.catalogue.find(item.id);
  html_number(item.id, item.printed, words, html);
  html << "<td role=\"cell\" class=\"item\" data-label=\"" << words("column.item") << "\">";
  if (!item.condition.empty() && !said_above) html << "<p class=\"condition\" lang=\"ja\">" << item.condition << "</p>";
  html << "<p class=\"words\" lang=\"ja\">" << item.text << "</p>";
  if (known && words.language() != Language::Ja)
    html << "<p class=\"gloss\">" << in_language(known->title, words) << "</p>";
  for (const auto& note : item.notes) html << "<p class=\"note\" lang=\"ja\">" << note << "</p>";
  if (item.third_party_preferred) html << "<p class=\"gloss\">" << words("item.third_party") << "</p>";
  html << "</td>";
  html_declared(item.declared, words, html);
  if (answer) html_observed(report, *answer, known, words, html);
  else
    html << "<td role=\"cell\" class=\"observed\" data-label=\"" << words("column.observed")
         << "\"><span class=\"status not_observed\">" << words(item.matched ? "verdict.not_observed" : "item.unmatched")
         << "</span></td>";
  html << "</tr>\n";
}

void html_catalogue_row(const Report& report, const CatalogueItem& item, const ItemAnswer& answer, const Wording& words,
                        HtmlOut& html) {
  html_number(item.id, "", words, html);
  html << "<td role=\"cell\" class=\"item\" data-label=\"" << words("column.item") << "\">";
  if (!item.condition.empty()) html << "<p class=\"condition\">" << words("condition." + item.condition) << "</p>";
  html << "<p class=\"words\">" << in_language(item.title, words) << "</p>";
  if (item.optional) html << "<p class=\"gloss\">" << words("item.optional") << "</p>";
  if (item.third_party_preferred) html << "<p class=\"gloss\">" << words("item.third_party") << "</p>";
  html << "</td>";
  html_declared(answer.declared, words, html);
  html_observed(report, answer, &item, words, html);
  html << "</tr>\n";
}

const ItemAnswer* answer_of(const Report& report, std::size_t index, const ItemId& id) {
  for (const auto& answer : report.answers)
    if (answer.checklist_item == index || (answer.checklist_item == ItemAnswer::npos && answer.id == id))
      return &answer;
  return nullptr;
}

void html_document(const Report& report, const Checklist& checklist, const Wording& words, HtmlOut& html) {
  html_table_head(words("page.checklist.caption"), words, html);
  auto heading = checklist.headings.begin();
  std::map<int, std::string_view> above;  // by depth, the headings in force
  for (std::size_t i = 0; i < checklist.items.size(); ++i) {
    const auto& item = checklist.items[i];
    for (; heading != checklist.headings.end() && heading->line <= item.line; ++heading) {
      html_heading_row(heading->depth, heading->text, true, html);
      above.erase(above.lower_bound(heading->depth), above.end());
      above[heading->depth] = heading->text;
    }
    const bool said_above =
        std::any_of(above.begin(), above.end(), [&](const auto& it) { return it.second == item.condition; });
    html_document_row(report, item, answer_of(report, i, item.id), said_above, words, html);
  }
  html_table_end(html);
}

// Answers whose item the document does not print; without a document, all of them.
void html_other_items(const Report& report, std::string_view caption, const Wording& words, HtmlOut& html) {
  std::string section;
  bool open = false;
  for (const auto& answer : report.answers) {
    const CatalogueItem* item = report.catalogue.find(answer.id);
    if (!item) continue;
    if (report.checklist) {
      const auto& printed = report.checklist->items;
      if (answer.checklist_item < printed.size() ||
          std::any_of(printed.begin(), printed.end(), [&](const auto& it) { return it.id == answer.id; }))
        continue;
    }
    if (!open) html_table_head(caption, words, html), open = true;
    if (const auto here = item->id.text.substr(0, item->id.text.rfind('.')); here != section) {
      const std::string known = "section." + here;
      html_heading_row(2, here + (words.has(known) ? " " + words(known) : ""), false, html);
      section = here;
    }
    html_catalogue_row(report, *item, answer, words, html);
  }
  if (open) html_table_end(html);
}

void html_diagnostics(const Checklist& checklist, const Wording& words, HtmlOut& html) {
  if (checklist.diagnostics.empty()) return;
  html << "<details><summary>"
       << words("page.checklist.diagnostics", {{"count", std::to_string(checklist.diagnostics.size())}})
       << "</summary>\n<ul>\n";
  for (const auto& remark : checklist.diagnostics)
    html << "<li>" << words("item.line", {{"line", std::to_string(remark.line)}}) << ": "
         << words("checklist." + remark.code, remark.parameters) << "</li>\n";
  html << "</ul></details>\n";
}

}  // namespace

void html_checklist(const Report& report, const Wording& words, HtmlOut& html) {
  if (!report.checklist) {
    html << "<p>" << words("page.checklist.none_given") << "</p>\n";
    html_other_items(report, words("page.checklist.caption_catalogue"), words, html);
    return;
  }
  html << "<p>" << words("page.checklist.lead") << "</p>\n";
  html_document(report, *report.checklist, words, html);
  html_other_items(report, words("page.checklist.caption_missing"), words, html);
  html_diagnostics(*report.checklist, words, html);
}

}  // namespace kenshin
