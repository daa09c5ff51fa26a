// The page a clinic publishes (item 2(1)vi of the form): written from the allow-list in public_report.h.
#include "reports/formats/html_page.h"
#include "reports/formats/html_sections.h"

namespace kenshin {

namespace {

void html_masthead(const PublicReport& report, const Wording& words, HtmlOut& html) {
  html << "<header class=\"masthead\">\n<h1>" << words("public.title") << "</h1>\n";
  if (!report.clinic_name.empty()) html << "<p class=\"clinic\">" << report.clinic_name << "</p>\n";
  html << "<dl class=\"particulars\">\n<div><dt>" << words("page.confirmed_on") << "</dt><dd>"
       << (report.confirmed_on ? day_words(*report.confirmed_on, words) : words("page.not_stated"))
       << "</dd></div>\n<div><dt>" << words("page.confirmed_by") << "</dt><dd>"
       << (report.confirmed_by.empty() ? words("page.not_stated") : report.confirmed_by) << "</dd></div>\n<div><dt>"
       << words("public.form") << "</dt><dd>" << in_language(report.form, words) << " (" << report.form_edition
       << ")</dd></div>\n";
  if (!report.public_url.empty())
    html << "<div><dt>" << words("public.page") << "</dt><dd>" << report.public_url << "</dd></div>\n";
  html << "</dl>\n</header>\n";
}

void html_item(const PublicRow& row, const Wording& words, HtmlOut& html) {
  html << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">" << row.number
       << "</th><td role=\"cell\" class=\"item\" data-label=\"" << words("column.item") << "\">";
  if (!row.condition.empty()) html << "<p class=\"condition\" lang=\"ja\">" << row.condition << "</p>";
  html << "<p class=\"words\" lang=\"ja\">" << row.text << "</p>";
  for (const auto& note : row.notes) html << "<p class=\"note\" lang=\"ja\">" << note << "</p>";
  html << "</td><td role=\"cell\" class=\"declared\" data-label=\"" << words("column.declared") << "\">"
       << words("declared." + std::string(declared_name(row.declared))) << "</td></tr>\n";
}

void html_rows(const PublicReport& report, const Wording& words, HtmlOut& html) {
  html << "<table class=\"checklist public\" role=\"table\">\n<caption>" << words("public.caption")
       << "</caption>\n<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">"
       << words("column.number") << "</th><th role=\"columnheader\" scope=\"col\">" << words("column.item")
       << "</th><th role=\"columnheader\" scope=\"col\">" << words("column.declared")
       << "</th></tr></thead>\n<tbody role=\"rowgroup\">\n";
  for (const PublicRow& row : report.rows) {
    if (row.depth == 0) html_item(row, words, html);
    else
      html << "<tr class=\"heading depth" << row.depth
           << "\" role=\"row\"><th role=\"rowheader\" colspan=\"3\" scope=\"colgroup\" lang=\"ja\">" << row.text
           << "</th></tr>\n";
  }
  html << "</tbody>\n</table>\n";
}

}  // namespace

void write_public_html(const PublicReport& report, const Words& all_words, std::ostream& out) {
  const Wording& words = all_words.of_reader();
  HtmlOut html(out);
  const std::string title = words("public.title");
  html_head(report.clinic_name.empty() ? title : report.clinic_name + " – " + title, true, words, html);
  html << "<body>\n<a class=\"skip\" href=\"#main\">" << words("page.skip") << "</a>\n<main id=\"main\">\n";
  html_masthead(report, words, html);
  html_rows(report, words, html);
  html << "<footer>\n";
  if (report.checked_on) html << "<p>" << public_check_words(report, words) << "</p>\n";
  html << "<p>" << words("public.made_by") << "</p>\n</footer>\n</main>\n</body>\n</html>\n";
}

}  // namespace kenshin
