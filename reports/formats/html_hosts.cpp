// The machines, a row each, those that need somebody most first: what is wrong, what to do about it, and how good the
// evidence is.
#include <algorithm>
#include <map>
#include <tuple>

#include "probes/host/evidence_grade.h"
#include "reports/formats/html_sections.h"

namespace kenshin {

namespace {

struct HostRow {
  Target target;
  std::vector<const Finding*> asking;  // what to do, most urgent first
  const Finding* untold = nullptr;     // what would decide an item, and could not be told
};

// Smaller comes first: what decides an item, then the worse verdict, then the profile's rank.
std::tuple<bool, bool, int, int> urgency(const Finding& finding) {
  return {finding.verdict != Verdict::NotMet, finding.force != Force::Must, static_cast<int>(finding.force),
          finding.rank};
}

std::vector<HostRow> rows_of(const Report& report) {
  std::map<Target, HostRow> rows;
  for (const Finding& finding : report.findings) {
    if (finding.target.kind != TargetKind::Host) continue;
    HostRow& row = rows[finding.target];
    row.target = finding.target;
    const bool asks =
        finding.verdict == Verdict::NotMet || (finding.verdict == Verdict::Attention && finding.force != Force::Note);
    if (asks) row.asking.push_back(&finding);
    if (finding.verdict == Verdict::Unknown && finding.force == Force::Must && !row.untold) row.untold = &finding;
  }
  std::vector<HostRow> out;
  for (auto& [target, row] : rows) {
    std::stable_sort(row.asking.begin(), row.asking.end(),
                     [](const Finding* a, const Finding* b) { return urgency(*a) < urgency(*b); });
    out.push_back(std::move(row));
  }
  const auto need = [](const HostRow& row) {
    const auto count = [&](auto wanted) { return -std::count_if(row.asking.begin(), row.asking.end(), wanted); };
    return std::tuple(count([](const Finding* f) { return f->verdict == Verdict::NotMet && f->force == Force::Must; }),
                      count([](const Finding* f) { return f->verdict == Verdict::NotMet; }),
                      count([](const Finding* f) { return f->force == Force::Must; }),
                      -static_cast<long>(row.asking.size()), row.untold == nullptr);
  };
  std::stable_sort(out.begin(), out.end(), [&](const HostRow& a, const HostRow& b) { return need(a) < need(b); });
  return out;
}

std::string evidence_words(const Report& report, const Target& target, const Wording& words) {
  const auto* collection = report.facts.one<HostCollection>(target);
  if (!collection) return {};
  constexpr std::string_view grades = "ABCD";
  const EvidenceGrade grade = evidence_grade(*collection);
  const char letter = grade == EvidenceGrade::A ? grades[0] : grade == EvidenceGrade::B ? grades[1] : grades[3];
  return words(
      std::string("host.evidence.") + letter,
      {{"day", day_words(day_in_japan(collection->collected_at), words)}, {"collector", collection->collector}});
}

}  // namespace

void html_hosts(const Report& report, const Wording& words, HtmlOut& html) {
  const auto rows = rows_of(report);
  if (rows.empty()) return;
  html << "<div class=\"scrolls\" tabindex=\"0\" role=\"region\" aria-label=\"" << words("page.hosts")
       << "\"><table>\n<caption>" << words("page.hosts") << "</caption>\n<thead><tr>";
  for (const auto* column :
       {"host.column.name", "host.column.state", "host.column.first", "host.column.more", "host.column.evidence"})
    html << "<th scope=\"col\">" << words(column) << "</th>";
  html << "</tr></thead>\n<tbody>\n";
  for (const HostRow& row : rows) {
    html << "<tr><th scope=\"row\" class=\"target\">" << row.target.name << "</th><td>";
    const Finding* first = row.asking.empty() ? row.untold : row.asking.front();
    const Observed state = first ? observed_as(first->verdict) : Observed::Met;
    html_status(state, first ? count_words(state, words) : words("host.state.nothing"), html);
    html << "</td><td>";
    if (first) html << criterion_words(first->criterion, words) << "<br>" << remedy_words(*first, words);
    html << "</td><td>" << std::to_string(row.asking.size() > 1 ? row.asking.size() - 1 : 0) << "</td><td>"
         << evidence_words(report, row.target, words) << "</td></tr>\n";
  }
  html << "</tbody></table></div>\n";
}

}  // namespace kenshin
