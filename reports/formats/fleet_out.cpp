#include "reports/formats/fleet_out.h"

#include <ostream>

#include "probes/base/json_fields.h"
#include "reports/formats/html_sections.h"

namespace kenshin {

namespace {

constexpr std::array shown_states = {Observed::NotMet,      Observed::Attention, Observed::Unknown,
                                     Observed::Conditional, Observed::Supported, Observed::Met};

std::string state(Observed observed, const Wording& words) {
  return words("verdict." + std::string(observed_name(observed)));
}

std::string criterion(const CriterionId& id, const Wording& words) {
  return words.has("criterion." + id.text) ? criterion_words(id, words) : id.text;
}

// Whether a spreadsheet would read a formula: also after blanks, and in Japan in full width.
bool begins_a_formula(std::string_view text) {
  constexpr std::array starts = {"=", "+", "-", "@", "|", "＝", "＋", "－", "＠"};
  while (text.starts_with(' ') || text.starts_with("　")) text.remove_prefix(text.front() == ' ' ? 1 : 3);
  return std::any_of(starts.begin(), starts.end(), [&](const char* start) { return text.starts_with(start); });
}

// An apostrophe makes a text of what would be a formula.
std::string csv_cell(std::string_view foreign) {
  const std::string text = one_line(foreign, 2000);
  std::string out = begins_a_formula(text) ? "\"'" : "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

void csv_row(const std::vector<std::string>& cells, std::ostream& out) {
  for (std::size_t i = 0; i < cells.size(); ++i) out << (i == 0 ? "" : ",") << csv_cell(cells[i]);
  out << "\r\n";
}

std::string judged_words(const FleetClinic& it, const Wording& words) {
  return to_text(it.judged_on) + (it.cut_short ? " " + words("fleet.cut_short") : "");
}

void html_clinics(const Fleet& fleet, const Wording& words, HtmlOut& html) {
  html << "<div class=\"scrolls\" tabindex=\"0\" role=\"region\" aria-label=\"" << words("fleet.clinics")
       << "\"><table>\n<caption>" << words("fleet.clinics.lead") << "</caption>\n<thead><tr><th scope=\"col\">"
       << words("fleet.clinic") << "</th><th scope=\"col\">" << words("fleet.judged_on") << "</th>";
  for (const Observed observed : shown_states) {
    html << "<th scope=\"col\">";
    html_status(observed, state(observed, words), html);
    html << "</th>";
  }
  html << "<th scope=\"col\">" << words("fleet.contradictions") << "</th><th scope=\"col\">" << words("fleet.waived")
       << "</th><th scope=\"col\">" << words("fleet.profile") << "</th></tr></thead>\n<tbody>\n";
  for (const FleetClinic& it : fleet.clinics) {
    html << "<tr><th scope=\"row\">" << it.shown() << "</th><td class=\"day\">" << judged_words(it, words) << "</td>";
    for (const Observed observed : shown_states) html << "<td>" << it.count(observed) << "</td>";
    html << "<td>" << it.contradictions << "</td><td>" << it.waived << "</td><td>"
         << it.profile + " " + it.profile_edition << "</td></tr>\n";
  }
  html << "</tbody></table></div>\n";
}

void html_failures(const Fleet& fleet, const Wording& words, HtmlOut& html) {
  html << "<h2>" << words("fleet.failures") << "</h2>\n";
  if (fleet.failures.empty()) {
    html << "<p>" << words("fleet.failures.none") << "</p>\n";
    return;
  }
  html << "<p>" << words("fleet.failures.lead") << "</p>\n<table>\n<caption>" << words("fleet.failures")
       << "</caption>\n<thead><tr><th scope=\"col\">" << words("fleet.host") << "</th><th scope=\"col\">"
       << words("column.check") << "</th><th scope=\"col\">" << words("fleet.whom") << "</th></tr></thead>\n<tbody>\n";
  for (const FleetFailure& it : fleet.failures)
    html << "<tr><th scope=\"row\" class=\"target\">" << it.host << "</th><td>" << criterion(it.criterion, words)
         << "</td><td>" << it.clinics.size() << ": " << join(it.clinics, words("changes.and")) << "</td></tr>\n";
  html << "</tbody></table>\n";
}

}  // namespace

void write_fleet_json(const Fleet& fleet, const Words&, std::ostream& out) {
  Json clinics = Json::array(), failures = Json::array();
  for (const FleetClinic& it : fleet.clinics) {
    Json counts = Json::object();
    for (std::size_t i = 0; i < it.counts.size(); ++i)
      counts[std::string(observed_name(static_cast<Observed>(i)))] = it.counts[i];
    clinics.push_back({{"name", it.name},
                       {"source", it.source},
                       {"judged_on", to_text(it.judged_on)},
                       {"finished", !it.cut_short},
                       {"profile", {{"id", it.profile}, {"edition", it.profile_edition}}},
                       {"tool_version", it.tool_version},
                       {"items", std::move(counts)},
                       {"contradictions", it.contradictions},
                       {"waived", it.waived},
                       {"failing", it.failing}});
  }
  for (const FleetFailure& it : fleet.failures)
    failures.push_back({{"host", it.host}, {"criterion", it.criterion.text}, {"clinics", it.clinics}});
  const Json all = {{"schema", "kenshin.fleet/1"}, {"clinics", std::move(clinics)}, {"failures", std::move(failures)}};
  out << all.dump(2) << '\n';
}

void write_fleet_csv(const Fleet& fleet, const Words& all_words, std::ostream& out) {
  const Wording& words = all_words.of_reader();
  out << "\xEF\xBB\xBF";
  std::vector<std::string> heads = {words("fleet.clinic"), words("fleet.judged_on")};
  for (const Observed observed : shown_states) heads.push_back(state(observed, words));
  for (const char* key : {"fleet.contradictions", "fleet.waived", "fleet.profile", "fleet.source"})
    heads.push_back(words(key));
  csv_row(heads, out);
  for (const FleetClinic& it : fleet.clinics) {
    std::vector<std::string> cells = {it.name, judged_words(it, words)};
    for (const Observed observed : shown_states) cells.push_back(std::to_string(it.count(observed)));
    cells.push_back(std::to_string(it.contradictions));
    cells.push_back(std::to_string(it.waived));
    cells.push_back(it.profile + " " + it.profile_edition);
    cells.push_back(it.source);
    csv_row(cells, out);
  }
}

void write_fleet_html(const Fleet& fleet, const Words& all_words, std::ostream& out) {
  const Wording& words = all_words.of_reader();
  HtmlOut html(out);
  html_head(words("fleet.title"), false, words, html);
  html << "<body>\n<a class=\"skip\" href=\"#main\">" << words("page.skip")
       << "</a>\n<main id=\"main\">\n<header class=\"masthead\">\n<h1>" << words("fleet.title") << "</h1>\n<p>"
       << words("fleet.lead", {{"clinics", std::to_string(fleet.clinics.size())}}) << "</p>\n</header>\n<h2>"
       << words("fleet.clinics") << "</h2>\n";
  html_clinics(fleet, words, html);
  html_failures(fleet, words, html);
  html << "<footer>\n<p>" << words("page.certifies_nothing") << "</p>\n<p>" << words("page.made_by") << " "
       << std::string(KENSHIN_VERSION) << "</p>\n</footer>\n</main>\n</body>\n</html>\n";
}

}  // namespace kenshin
