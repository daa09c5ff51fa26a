// What changed since the last result, and how many items were not met or unknown in the scans before.
#include <algorithm>

#include "reports/formats/change_list.h"
#include "reports/formats/html_sections.h"

namespace kenshin {

namespace {

constexpr std::size_t most_lines = 40, most_runs = 12;
constexpr int width = 240, height = 48, margin = 4;

std::string point(std::size_t index, std::size_t points, int value, int highest) {
  const int across = static_cast<int>(index) * (width - 2 * margin) / static_cast<int>(points - 1);
  const int up = highest == 0 ? 0 : value * (height - 2 * margin) / highest;
  return std::to_string(margin + across) + "," + std::to_string(height - margin - up);
}

// One line of the picture; its colour comes from the class in page.css.
void html_line(const std::vector<PastRun>& runs, int PastRun::*member, int highest, std::string_view colour,
               HtmlOut& html) {
  html << "<polyline class=\"" << colour << "\" points=\"";
  for (std::size_t i = 0; i < runs.size(); ++i)
    html << (i == 0 ? std::string() : std::string(" ")) << point(i, runs.size(), runs[i].*member, highest);
  html << "\"/>";
}

void html_trend_table(const std::vector<PastRun>& runs, const Wording& words, HtmlOut& html) {
  html << "<table class=\"trend\">\n<caption>" << words("changes.trend") << "</caption>\n<thead><tr><th scope=\"col\">"
       << words("changes.trend.day") << "</th><th scope=\"col\">";
  html_status(Observed::NotMet, words("verdict.not_met"), html);
  html << "</th><th scope=\"col\">";
  html_status(Observed::Unknown, words("verdict.unknown"), html);
  html << "</th></tr></thead>\n<tbody>\n";
  for (const PastRun& run : runs) {
    const std::string day = day_words(run.judged_on, words);
    html << "<tr><th scope=\"row\">" << (&run == &runs.back() ? words("changes.trend.this", {{"day", day}}) : day)
         << "</th><td>" << run.not_met << "</td><td>" << run.unknown << "</td></tr>\n";
  }
  html << "</tbody>\n</table>\n";
}

void html_trend(std::vector<PastRun> runs, const Wording& words, HtmlOut& html) {
  if (runs.size() > most_runs) runs.erase(runs.begin(), runs.end() - static_cast<std::ptrdiff_t>(most_runs));
  int highest = 0;
  for (const PastRun& run : runs) highest = std::max({highest, run.not_met, run.unknown});
  html << "<h3>" << words("changes.trend") << "</h3>\n<svg class=\"trend\" role=\"img\" aria-label=\""
       << words("changes.trend.picture") << "\" viewBox=\"0 0 " << width << " " << height << "\" width=\"" << width
       << "\" height=\"" << height << "\">";
  html_line(runs, &PastRun::unknown, highest, "unknown", html);
  html_line(runs, &PastRun::not_met, highest, "not_met", html);
  html << "</svg>\n";
  html_trend_table(runs, words, html);
}

void html_list(const ChangeList& list, const Wording& words, HtmlOut& html) {
  html << "<h3>" << list.heading << "</h3>\n";
  if (!list.lead.empty()) html << "<p>" << list.lead << "</p>\n";
  html << "<ul>\n";
  for (std::size_t i = 0; i < std::min(list.lines.size(), most_lines); ++i)
    html << "<li>" << list.lines[i] << "</li>\n";
  if (list.lines.size() > most_lines)
    html << "<li>" << words("changes.more", {{"count", std::to_string(list.lines.size() - most_lines)}}) << "</li>\n";
  html << "</ul>\n";
}

}  // namespace

void html_changes(const Report& report, const Wording& words, HtmlOut& html) {
  if (!report.changes) {
    html << "<p>" << words("changes.none_given") << "</p>\n";
    return;
  }
  html << "<p>" << changes_in_a_sentence(*report.changes, words) << "</p>\n";
  for (const auto& caution : cautions(*report.changes, words)) html << "<p class=\"banner\">" << caution << "</p>\n";
  for (const auto& list : change_lists(*report.changes, words)) html_list(list, words, html);
  if (report.past.empty()) return;
  auto runs = report.past;
  runs.push_back({report.judged_on, report.count(Observed::NotMet), report.count(Observed::Unknown)});
  html_trend(std::move(runs), words, html);
}

}  // namespace kenshin
