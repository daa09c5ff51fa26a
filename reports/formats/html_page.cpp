#include "reports/formats/html_page.h"

#include <array>
#include <stdexcept>

#include "probes/base/crypto.h"
#include "probes/base/data_files.h"
#include "reports/formats/html_sections.h"

namespace kenshin {

namespace {

constexpr auto sections = std::to_array<Section>({
    {"actions", html_actions},
    {"changes", html_changes},
    {"checklist", html_checklist},
    {"matrix", html_matrix},
    {"findings", html_findings, Readers::AssessorAlone},
    {"waivers", html_waivers, Readers::AssessorAlone},
    {"not-probed", html_not_probed},
    {"coverage", html_coverage},
    {"editions", html_editions},
    {"evidence", html_evidence, Readers::ClinicAlone},
    {"observations", html_observations, Readers::AssessorAlone},
    {"verification", html_verification, Readers::AssessorAlone},
    {"glossary", html_glossary},
});

std::vector<Section> sections_for(Audience audience) {
  const Readers others = audience == Audience::Assessor ? Readers::ClinicAlone : Readers::AssessorAlone;
  std::vector<Section> out;
  for (const Section& section : sections)
    if (section.readers != others) out.push_back(section);
  return out;
}

std::string heading_of(const Section& section, const Wording& words) {
  return words("page." + std::string(section.id));
}

void html_row(std::string_view term, std::string_view value, HtmlOut& html) {
  if (!value.empty()) html << "<div><dt>" << term << "</dt><dd>" << value << "</dd></div>\n";
}

// When the scan ran, in Japan's time (no summer time).
std::string observed_at(const Facts& facts, const Wording& words) {
  const auto hours = std::chrono::hours(9);
  const std::string from = to_text(facts.started + hours).substr(11, 5);
  const std::string to = facts.finished ? to_text(*facts.finished + hours).substr(11, 5) : from;
  return words("page.time_in_japan",
               {{"day", day_words(day_in_japan(facts.started), words)}, {"time", from == to ? from : from + "–" + to}});
}

void html_masthead(const Report& report, const Wording& words, HtmlOut& html) {
  const DeclaredClinic clinic = report.clinic();
  const Facts& facts = report.facts;
  html << "<header class=\"masthead\">\n<p class=\"product\">" << words("page.product") << "</p>\n<h1>"
       << words("page.title") << "</h1>\n";
  if (!clinic.clinic_name.empty()) html << "<p class=\"clinic\">" << clinic.clinic_name << "</p>\n";
  html << "<dl class=\"particulars\">\n";
  if (report.checklist) {
    const auto& day = report.checklist->confirmed_on;
    html_row(words("page.confirmed_on"), day ? day_words(*day, words) : words("page.not_stated"), html);
    html_row(words("page.confirmed_by"),
             report.checklist->confirmed_by.empty() ? words("page.not_stated") : report.checklist->confirmed_by, html);
  }
  html_row(words("page.observed_at"), observed_at(facts, words), html);
  html_row(words("page.judged_on"), day_words(report.judged_on, words), html);
  const auto& profile = report.profile;
  html_row(words("page.profile"),
           (words.language() == Language::Ja ? profile.title_ja : profile.title_en) + " (" + profile.edition + ")",
           html);
  html_row(words("page.catalogue"), in_language(report.catalogue.title, words) + " (" + report.catalogue.edition + ")",
           html);
  html << "</dl>\n</header>\n";
}

void html_banner(std::string_view text, HtmlOut& html) { html << "<p class=\"banner\">" << text << "</p>\n"; }

void html_banners(const Report& report, const Wording& words, HtmlOut& html) {
  if (!report.facts.finished) html_banner(words("page.cut_short"), html);
  if (!report.checklist) html_banner(words("page.no_checklist"), html);
  for (const auto& file : report.data)
    if (file.old && file.as_of)
      html_banner(words("page.old_data", {{"name", file.name}, {"as_of", day_words(*file.as_of, words)}}), html);
}

// The colour of the verdict line: that of the worst state among the items.
Observed worst_of(const Report& report) {
  const auto counts = state_counts(report);
  return counts.empty() ? Observed::NotObserved : counts.front().state;
}

void html_verdict(const Report& report, const Wording& words, HtmlOut& html) {
  html << "<section class=\"verdict " << observed_name(worst_of(report))
       << "\" aria-labelledby=\"h-verdict\">\n<h2 id=\"h-verdict\">" << words("page.verdict")
       << "</h2>\n<p class=\"sentence\">" << report_words(report, words) << "</p>\n<p class=\"counts\">";
  html << words("page.counts", {{"items", std::to_string(report.items())}}) << "</p>\n<ul class=\"counts\">\n";
  for (const auto& [state, items] : state_counts(report)) {
    html << "<li>";
    html_status(state, count_words(state, words), html);
    html << " <b>" << words("page.count", {{"count", std::to_string(items)}}) << "</b></li>\n";
  }
  html << "</ul>\n<p class=\"disclaimer\">" << words("page.certifies_nothing") << "</p>\n</section>\n";
}

std::string title_of(const Report& report, const Wording& words) {
  const std::string clinic = report.clinic().clinic_name;
  return (clinic.empty() ? "" : clinic + " – ") + words("page.title") + " (" + to_text(report.judged_on) + ")";
}

void html_contents(const std::vector<Section>& shown, const Wording& words, HtmlOut& html) {
  html << "<nav class=\"contents\" aria-labelledby=\"h-contents\">\n<h2 id=\"h-contents\">" << words("page.contents")
       << "</h2>\n<ol>\n";
  for (const auto& section : shown) {
    html << "<li><a href=\"#" << section.id << "\">" << heading_of(section, words) << "</a></li>\n";
  }
  html << "</ol>\n</nav>\n";
}

}  // namespace

void html_status(Observed state, std::string_view words, HtmlOut& html) {
  html << "<span class=\"status " << observed_name(state) << "\"><span class=\"symbol\" aria-hidden=\"true\">"
       << symbol_of(state) << "</span> " << words << "</span>";
}

void html_breakable(std::string_view text, HtmlOut& html) {
  for (auto at = text.find('_'); at != std::string_view::npos; at = text.find('_')) {
    html << text.substr(0, at + 1) << "<wbr>";
    text.remove_prefix(at + 1);
  }
  html << text;
}

void html_evidence_links(const Finding& finding, HtmlOut& html) {
  for (const auto& id : finding.evidence) {
    html << " <a href=\"#";
    html.markup(html_id("observation-", id.text)) << "\">" << id.text << "</a>";
  }
}

void write_html(const Report& report, const Words& all_words, std::ostream& out) {
  const Wording& words = all_words.of_reader();
  HtmlOut html(out);
  html_head(title_of(report, words), false, words, html);
  html << "<body>\n<a class=\"skip\" href=\"#main\">" << words("page.skip") << "</a>\n<main id=\"main\">\n";
  html_masthead(report, words, html);
  html_banners(report, words, html);
  html_verdict(report, words, html);
  const auto shown = sections_for(all_words.audience);
  html_contents(shown, words, html);
  for (const auto& section : shown) {
    html << "<section id=\"" << section.id << "\" aria-labelledby=\"h-" << section.id << "\">\n<h2 id=\"h-"
         << section.id << "\">" << heading_of(section, words) << "</h2>\n";
    section.write(report, words, html);
    html << "</section>\n";
  }
  html << "<footer>\n<p>" << words("page.certifies_nothing") << "</p>\n<p>" << words("page.made_by") << " "
       << std::string(KENSHIN_VERSION) << "</p>\n</footer>\n</main>\n</body>\n</html>\n";
}

}  // namespace kenshin
