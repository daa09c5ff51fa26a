#include "reports/formats/csv.h"

#include <initializer_list>
#include <ostream>
#include <vector>

#include "probes/base/text.h"
#include "reports/formats/phrases.h"

namespace kenshin {

namespace {

constexpr std::size_t cell_limit = 8000;  // code points; Excel holds 32,767

bool begins_a_formula(std::string_view text) {
  for (const std::string_view start : {"=", "+", "-", "@", "＝", "＋", "－", "＠"})
    if (text.starts_with(start)) return true;
  return false;
}

void write_row(const std::vector<std::string>& cells, std::ostream& out) {
  std::string_view separator = "";
  for (const auto& cell : cells) {
    out << separator << csv_cell(cell);
    separator = ",";
  }
  out << "\r\n";
}

void write_head(std::initializer_list<std::string_view> columns, const Wording& words, std::ostream& out) {
  std::vector<std::string> cells;
  for (const auto column : columns) cells.push_back(words("column." + std::string(column)));
  out << "\xEF\xBB\xBF";
  write_row(cells, out);
}

std::vector<std::string> item_cells(const Report& report, const ItemAnswer& answer, const Wording& words) {
  const CatalogueItem* item = report.catalogue.find(answer.id);
  return {answer.id.text, item ? in_language(item->title, words) : "",
          words("declared." + std::string(declared_name(answer.declared))),
          state_words(answer, item ? item->answered_by : AnsweredBy::Person, words),
          words("agreement." + std::string(agreement_name(answer.agreement)))};
}

std::vector<std::string> finding_cells(const Finding& finding, const Wording& words) {
  const bool nothing_to_do = finding.verdict == Verdict::Met || finding.verdict == Verdict::NotApplicable;
  std::string evidence;
  for (const auto& id : finding.evidence) evidence += (evidence.empty() ? "" : " ") + id.text;
  return {target_words(finding.target, words),
          finding.criterion.text,
          criterion_words(finding.criterion, words),
          verdict_words(finding.verdict, words),
          words("page.force." + std::string(force_name(finding.force))),
          reason_words(finding.because, words),
          nothing_to_do ? "" : remedy_words(finding, words),
          finding.id,
          finding.row,
          evidence};
}

void write_joined(std::vector<std::string> left, const std::vector<std::string>& right, std::ostream& out) {
  left.insert(left.end(), right.begin(), right.end());
  write_row(left, out);
}

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string cell = one_line(text, cell_limit);
  if (begins_a_formula(cell) || begins_a_formula(trim(cell))) cell.insert(0, "'");
  if (cell.find_first_of("\",\r\n") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

void write_csv(const Report& report, const Words& all_words, std::ostream& out) {
  const Wording& words = all_words.of_reader();
  write_head({"number", "item", "declared", "observed", "agreement", "target", "criterion", "check", "verdict", "force",
              "reason", "remedy", "id", "row", "evidence"},
             words, out);
  const std::vector<std::string> no_item(5), no_finding(10);
  std::vector<bool> told(report.findings.size());
  for (const ItemAnswer& answer : report.answers) {
    const auto item = item_cells(report, answer, words);
    if (answer.findings.empty()) write_joined(item, no_finding, out);
    for (const std::size_t index : answer.findings) {
      told.at(index) = true;
      write_joined(item, finding_cells(report.findings[index], words), out);
    }
  }
  for (std::size_t i = 0; i < told.size(); ++i)
    if (!told[i]) write_joined(no_item, finding_cells(report.findings[i], words), out);
}

void write_public_csv(const PublicReport& report, const Words& all_words, std::ostream& out) {
  const Wording& words = all_words.of_reader();
  write_head({"number", "item", "declared"}, words, out);
  for (const PublicRow& row : report.rows)
    write_row(
        {row.number, row.text, row.depth > 0 ? "" : words("declared." + std::string(declared_name(row.declared)))},
        out);
}

}  // namespace kenshin
