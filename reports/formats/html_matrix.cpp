// Targets × checks: one table for each kind of target and each handful of targets, so that it stays readable on paper.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <tuple>

#include "reports/formats/html_sections.h"

namespace kenshin {

namespace {

constexpr std::size_t targets_per_table = 4, most_shown = 40;
constexpr Verdict verdicts[] = {Verdict::NotMet,      Verdict::Unknown, Verdict::Attention,
                                Verdict::Conditional, Verdict::Met,     Verdict::NotApplicable};

using Cell = std::pair<Target, CriterionId>;

struct Matrix {
  std::vector<Target> targets;        // ascending; machines, and the most_shown of more, by their need
  std::size_t all = 0;                // of the kind
  std::vector<CriterionId> criteria;  // in the order of judging
  std::map<Cell, const Finding*> cells;
  std::map<std::pair<CriterionId, Verdict>, std::size_t> sums;  // of all targets

  const Finding* at(const Target& target, const CriterionId& criterion) const {  // nullptr: an empty cell
    const auto found = cells.find({target, criterion});
    return found == cells.end() ? nullptr : found->second;
  }
};

// How much a target needs attention, most first: findings that fall short, by verdict.
using Need = std::tuple<int, int, int>;

void keep_the_neediest(Matrix& matrix, const std::map<Target, Need>& needs) {
  matrix.all = matrix.targets.size();
  const bool are_machines = !matrix.targets.empty() && matrix.targets.front().kind == TargetKind::Host;
  if (matrix.all <= most_shown && !are_machines) return;
  std::stable_sort(matrix.targets.begin(), matrix.targets.end(),
                   [&](const Target& a, const Target& b) { return needs.at(b) < needs.at(a); });
  if (matrix.targets.size() > most_shown) matrix.targets.resize(most_shown);
}

Matrix matrix_of(const Report& report, TargetKind kind) {
  Matrix out;
  std::set<Target> targets;
  std::set<CriterionId> known;
  std::map<Target, Need> needs;
  for (const auto& finding : report.findings) {
    if (finding.target.kind != kind) continue;
    ++out.sums[{finding.criterion, finding.verdict}];
    auto& [not_met, attention, unknown] = needs[finding.target];
    if (finding.force == Force::Must) {
      not_met += finding.verdict == Verdict::NotMet;
      attention += finding.verdict == Verdict::Attention || finding.verdict == Verdict::Conditional;
      unknown += finding.verdict == Verdict::Unknown;
    }
    targets.insert(finding.target);
    if (known.insert(finding.criterion).second) out.criteria.push_back(finding.criterion);
    out.cells.emplace(Cell{finding.target, finding.criterion}, &finding);
  }
  out.targets.assign(targets.begin(), targets.end());
  keep_the_neediest(out, needs);
  return out;
}

void html_force(Force force, const Wording& words, HtmlOut& html) {
  html << " <small>" << words("page.force." + std::string(force_name(force))) << "</small>";
}

// One target may be judged by a check that is mere advice for another: a cell says so where its row does not.
void html_cell(const Finding* finding, Force of_row, const Wording& words, HtmlOut& html) {
  html << "<td>";
  if (finding) {
    html_status(observed_as(finding->verdict), words("short." + std::string(verdict_name(finding->verdict))), html);
    if (finding->force != of_row) html_force(finding->force, words, html);
  }
  html << "</td>";
}

// A column's head; a long name may break before a dot or the port, nowhere else.
void html_target(std::string_view name, HtmlOut& html) {
  html << "<th scope=\"col\" class=\"target\">";
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t next = std::min(name.find_first_of(".:", at + 1), name.size());
    if (at > 0) html << "<wbr>";
    html << name.substr(at, next - at);
    at = next;
  }
  html << "</th>";
}

// The force of a row: what weighs most in it. Nothing where none of a table's targets is judged by it.
std::optional<Force> strictest_of(const Matrix& matrix, std::span<const Target> targets, const CriterionId& criterion) {
  std::optional<Force> out;
  for (const Target& target : targets)
    if (const Finding* finding = matrix.at(target, criterion))
      out = std::max(out.value_or(Force::Note), finding->force);
  return out;
}

void html_table(const Matrix& matrix, std::size_t first, std::string_view caption, const Wording& words,
                HtmlOut& html) {
  const auto shown =
      std::span(matrix.targets).subspan(first, std::min(targets_per_table, matrix.targets.size() - first));
  html << "<div class=\"scrolls\" tabindex=\"0\" role=\"region\" aria-label=\"" << caption
       << "\"><table class=\"matrix\">\n<caption>" << caption << "</caption>\n<thead><tr><th scope=\"col\">"
       << words("column.check") << "</th>";
  for (const Target& target : shown) html_target(target_words(target, words), html);
  html << "</tr></thead>\n<tbody>\n";
  for (const CriterionId& criterion : matrix.criteria) {
    const auto strictest = strictest_of(matrix, shown, criterion);
    if (!strictest) continue;
    html << "<tr><th scope=\"row\">";
    html_breakable(criterion_words(criterion, words), html);
    if (*strictest != Force::Must) html_force(*strictest, words, html);
    html << "</th>";
    for (const Target& target : shown) html_cell(matrix.at(target, criterion), *strictest, words, html);
    html << "</tr>\n";
  }
  html << "</tbody></table></div>\n";
}

void html_sums(const Matrix& matrix, std::string_view kind, const Wording& words, HtmlOut& html) {
  const std::string caption =
      words("page.matrix.sums", {{"kind", std::string(kind)}, {"of", std::to_string(matrix.all)}});
  html << "<div class=\"scrolls\" tabindex=\"0\" role=\"region\" aria-label=\"" << caption
       << "\"><table class=\"matrix\">\n<caption>" << caption << "</caption>\n<thead><tr><th scope=\"col\">"
       << words("column.check") << "</th>";
  for (const Verdict verdict : verdicts)
    html << "<th scope=\"col\">" << words("short." + std::string(verdict_name(verdict))) << "</th>";
  html << "</tr></thead>\n<tbody>\n";
  for (const CriterionId& criterion : matrix.criteria) {
    html << "<tr><th scope=\"row\">" << criterion_words(criterion, words) << "</th>";
    for (const Verdict verdict : verdicts) {
      const auto at = matrix.sums.find({criterion, verdict});
      html << "<td>" << (at == matrix.sums.end() ? std::size_t{0} : at->second) << "</td>";
    }
    html << "</tr>\n";
  }
  html << "</tbody></table></div>\n<p>"
       << words("page.matrix.neediest",
                {{"count", std::to_string(matrix.targets.size())}, {"of", std::to_string(matrix.all)}})
       << "</p>\n";
}

}  // namespace

void html_matrix(const Report& report, const Wording& words, HtmlOut& html) {
  bool any = false;
  html_hosts(report, words, html);
  for (const TargetKind kind : {TargetKind::Endpoint, TargetKind::Domain, TargetKind::Host, TargetKind::Clinic}) {
    const Matrix matrix = matrix_of(report, kind);
    const std::string name = words("target." + std::string(target_kind_name(kind)));
    if (matrix.all > matrix.targets.size()) html_sums(matrix, name, words, html);
    for (std::size_t first = 0; first < matrix.targets.size(); first += targets_per_table) {
      any = true;
      const std::size_t last = std::min(first + targets_per_table, matrix.targets.size());
      html_table(matrix, first,
                 matrix.targets.size() <= targets_per_table
                     ? name
                     : words("page.matrix.part", {{"kind", name},
                                                  {"first", std::to_string(first + 1)},
                                                  {"last", std::to_string(last)},
                                                  {"of", std::to_string(matrix.targets.size())}}),
                 words, html);
    }
  }
  html << "<p>" << words(any ? "page.matrix.legend" : "page.matrix.nothing") << "</p>\n";
}

}  // namespace kenshin
