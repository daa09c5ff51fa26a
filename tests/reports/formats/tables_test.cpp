// CSV, Markdown, JUnit, Prometheus and SARIF: well formed whatever foreign text says, and every verdict told.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "probes/base/json_fields.h"
#include "probes/base/text.h"
#include "reports/formats/csv.h"
#include "reports/formats/markdown.h"
#include "tests/lab/process.h"
#include "tests/reports/formats/sample_report.h"

namespace kenshin {
namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string written(std::string_view format, const Report& report, Language language = Language::Ja) {
  std::ostringstream out;
  format_named(format)->write(report, sample::words(language), out);
  return out.str();
}

std::string written_for_public(std::string_view format, const Report& report) {
  std::ostringstream out;
  format_named(format)->write_public(*public_report_of(report), sample::words(Language::Ja), out);
  return out.str();
}

const std::string hostile =
    std::string("=1+1|<b>&\"'\r\n`*_[x](y)\0", 24) + "\x1B[2J\xE2\x80\xAE\xFF\xEF\xBF\xBE]]>" + std::string(10000, 'x');

Report hostile_report() {
  Report report = sample::report();
  for (Finding& finding : report.findings) {
    finding.because = {"sample-issuer", {{"issuer", hostile}}};
    finding.evidence = {{hostile}};
    finding.row = hostile;
  }
  report.findings[2].target.name = hostile;
  report.not_probed[0].what = hostile;
  for (ChecklistItem& item : report.checklist->items) item.text = hostile;
  report.checklist->confirmed_by = hostile;
  return report;
}

using Row = std::vector<std::string>;
// RFC 4180, strictly: nothing where a quote stands astray.
std::optional<std::vector<Row>> read_csv(std::string_view text) {
  std::vector<Row> rows;
  while (!text.empty()) {
    Row row;
    for (;;) {
      std::string cell;
      if (text.starts_with('"')) {
        for (text.remove_prefix(1);; text.remove_prefix(1)) {
          if (text.empty()) return std::nullopt;
          if (text.starts_with("\"\"")) text.remove_prefix(1);
          else if (text.front() == '"') break;
          cell += text.front();
        }
        text.remove_prefix(1);
      } else {
        const std::size_t end = std::min(text.find_first_of(",\r"), text.size());
        cell = text.substr(0, end);
        if (has(cell, "\"") || has(cell, "\n")) return std::nullopt;
        text.remove_prefix(end);
      }
      row.push_back(std::move(cell));
      if (!text.starts_with(',')) break;
      text.remove_prefix(1);
    }
    if (!text.starts_with("\r\n")) return std::nullopt;
    text.remove_prefix(2);
    rows.push_back(std::move(row));
  }
  return rows;
}

TEST(Csv, IsATableOfEqualRowsWithAMarkThatExcelKnows) {
  for (const Report& report : {sample::report(), hostile_report()}) {
    for (const auto& text : {written("csv", report), written_for_public("csv", report)}) {
      ASSERT_TRUE(text.starts_with("\xEF\xBB\xBF"));
      const auto rows = read_csv(std::string_view(text).substr(3));
      ASSERT_TRUE(rows);
      for (const Row& row : *rows) EXPECT_EQ(row.size(), rows->front().size());
      EXPECT_GT(rows->size(), report.checklist->items.size());
    }
  }
}

TEST(Csv, NeverStartsACellWithAFormula) {
  for (const std::string_view start : {"=", "+", "-", "@", "\t=", " =", "＝", "＋", "－", "＠"})
    EXPECT_TRUE(has(csv_cell(std::string(start) + "cmd"), "'")) << start;
  EXPECT_EQ(csv_cell("2.5.2-1.xii"), "2.5.2-1.xii");
  const auto text = written("csv", hostile_report());
  const auto rows = read_csv(std::string_view(text).substr(3));
  ASSERT_TRUE(rows);
  for (const Row& row : *rows)
    for (const auto& cell : row)
      EXPECT_FALSE(!cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos)
          << cell.substr(0, 40);
}

TEST(Csv, QuotesAsRfc4180Says) {
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"no\""), "\"say \"\"no\"\"\"");
}

TEST(Markdown, LeavesNothingOfForeignTextToItsReader) {
  EXPECT_EQ(markdown_escape("<b>|`x`*"), "\\<b\\>\\|\\`x\\`\\*");
  for (const auto& text : {written("md", hostile_report()), written_for_public("md", hostile_report())}) {
    EXPECT_FALSE(has(text, "<b>"));
    EXPECT_FALSE(has(text, "\x1B"));
    EXPECT_TRUE(valid_utf8(text));
    std::size_t columns = 0;  // a table's rows have as many cells as its head
    for (const std::string_view line : lines(text)) {
      std::size_t bars = 0;
      for (std::size_t i = 0; i < line.size(); ++i) bars += line[i] == '|' && (i == 0 || line[i - 1] != '\\') ? 1 : 0;
      EXPECT_TRUE(columns == 0 || bars == 0 || bars == columns) << line.substr(0, 80);
      columns = bars;
    }
  }
}

TEST(Junit, IsXmlWithCountsThatAddUp) {
  const lab::Folder folder;
  for (const Report& report : {sample::report(), hostile_report()}) {
    const std::string text = written("junit", report);
    std::ofstream(folder.path("junit.xml"), std::ios::binary) << text;
    const auto checked = lab::run({"xmllint", "--noout", folder.path("junit.xml")});
    EXPECT_EQ(checked.status, 0) << checked.output.substr(0, 400);
    const auto occurrences = [&](std::string_view tag) {
      int out = 0;
      for (auto at = text.find(tag); at != std::string::npos; at = text.find(tag, at + 1)) ++out;
      return out;
    };
    int failures = 0, unknown = 0;
    for (const Finding& finding : report.findings) {
      failures += finding.verdict == Verdict::NotMet && finding.id != "f9" ? 1 : 0;  // f9's item is waived
      unknown += finding.verdict == Verdict::Unknown ? 1 : 0;
    }
    EXPECT_EQ(occurrences("<testcase "), static_cast<int>(report.findings.size()));
    EXPECT_EQ(occurrences("<failure "), failures);
    EXPECT_EQ(occurrences("<error "), unknown);
    EXPECT_EQ(occurrences("<skipped "), 2) << "the waived one and the one that does not apply";
    EXPECT_TRUE(has(text, "<testsuites name=\"kenshin\" tests=\"" + std::to_string(report.findings.size()) +
                              "\" failures=\"" + std::to_string(failures) + "\" errors=\"" + std::to_string(unknown) +
                              "\">"));
  }
}

TEST(PrometheusText, CountsEveryVerdict) {
  const Report report = sample::report();
  const std::string text = written("prometheus", report);
  std::map<Verdict, int> by_verdict;
  for (const Finding& finding : report.findings) ++by_verdict[finding.verdict];
  for (const auto& [verdict, count] : by_verdict) {
    int told = 0;
    const std::regex line("kenshin_findings\\{verdict=\"" + std::string(verdict_name(verdict)) +
                          "\",[^}]*\\} (\\d+)\n");
    for (std::sregex_iterator at(text.begin(), text.end(), line), end; at != end; ++at) told += std::stoi((*at)[1]);
    EXPECT_EQ(told, count) << verdict_name(verdict);
  }
  EXPECT_TRUE(has(text, "kenshin_run_complete 1\n"));
  EXPECT_TRUE(has(text, "kenshin_item_state{item=\"2.5.2-1.xii\",state=\"not_met\"} 1\n"));
}

TEST(PrometheusText, IsInTheTextFormat) {
  Report report = hostile_report();
  report.answers[0].id.text = "a\"b\\c\n";
  const std::regex sample(R"re([a-z_]+(\{[a-z_]+="([^"\\]|\\.)*"(,[a-z_]+="([^"\\]|\\.)*")*\})? -?[0-9]+)re");
  const std::string text = written("prometheus", report);
  for (const std::string_view line : lines(text))
    EXPECT_TRUE(line.starts_with("# ") || std::regex_match(std::string(line), sample)) << line;
}

Json sarif(const Report& report) {
  const auto parsed = parse_json(written("sarif", report), "report.sarif");
  EXPECT_TRUE(parsed);
  return parsed ? (*parsed)["runs"][0] : Json();
}

TEST(Sarif, HasAResultForEachFindingThatIsNotMetAndNoOther) {
  const Report report = sample::report();
  const Json run = sarif(report);
  std::size_t not_met = 0;
  for (const Finding& finding : report.findings) not_met += finding.verdict == Verdict::NotMet ? 1 : 0;
  EXPECT_EQ(run["results"].size(), not_met);
  for (const Json& result : run["results"]) {
    EXPECT_EQ(result["kind"], "fail");
    EXPECT_FALSE(result["locations"].empty()) << "a reader refuses the whole file";
    EXPECT_EQ(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
    EXPECT_EQ(result["partialFingerprints"]["kenshin/1"].get<std::string>().size(), 64u);
  }
}

TEST(Sarif, NotifiesOfWhatCouldNotBeTold) {
  Report report = sample::report();
  EXPECT_EQ(sarif(report)["invocations"][0]["toolExecutionNotifications"].size(), 2u);
  EXPECT_EQ(sarif(report)["invocations"][0]["executionSuccessful"], true);
  report.facts.finished.reset();
  EXPECT_EQ(sarif(report)["invocations"][0]["toolExecutionNotifications"].size(), 3u);
  EXPECT_EQ(sarif(report)["invocations"][0]["executionSuccessful"], false);
}

TEST(Sarif, SuppressesWhatIsWaivedWithItsReason) {
  int suppressed = 0;
  const Json run = sarif(sample::report());
  for (const Json& result : run["results"]) {
    if (!result.contains("suppressions")) continue;
    ++suppressed;
    EXPECT_EQ(result["ruleId"], "sample.lock");
    EXPECT_TRUE(has(result["suppressions"][0]["justification"], "移管の手続き中"));
  }
  EXPECT_EQ(suppressed, 1);
}

TEST(Formats, StayWellFormedWhateverForeignTextSays) {
  for (const Format& format : all_formats()) {
    const std::string text = written(format.name, hostile_report());
    EXPECT_TRUE(valid_utf8(text)) << format.name;
    EXPECT_EQ(text.find('\0'), std::string::npos) << format.name;
    EXPECT_FALSE(has(text, "\x1B")) << format.name;
    EXPECT_FALSE(has(text, "\xE2\x80\xAE")) << format.name;
    const bool is_markup = format.name == "md" || format.name == "junit";
    EXPECT_FALSE(is_markup && has(text, "<b>")) << format.name;
  }
}

TEST(Formats, WriteTheSameBytesTwice) {
  for (const Format& format : all_formats())
    EXPECT_EQ(written(format.name, sample::report()), written(format.name, sample::report())) << format.name;
}

// Every text that is not the form itself holds the canary; the form's own words, names and days are for everybody.
TEST(Formats, ForThePublicTellNothingThatIsNotOnTheList) {
  const std::string canary = "canary";
  Report report = sample::report();
  for (Finding& finding : report.findings) {
    finding.criterion.text += canary;
    finding.target.name += canary;
    finding.because = {canary, {{"issuer", canary}}};
    finding.evidence = {{canary}};
    finding.row = canary;
  }
  for (NotProbed& row : report.not_probed) row.what = canary;
  for (DataFileUsed& file : report.data) file.name = file.edition = file.source = canary;
  for (ItemAnswer& answer : report.answers) answer.because_of = {{canary}};
  Facts facts = sample::facts();
  sample::declare(facts, sample::clinic(),
                  DeclaredDecision{"1.1.i", "met", canary, canary, canary, canary, sample::day("2026-11-20"), {}});
  sample::declare(
      facts, sample::clinic(),
      DeclaredWaiver{"1.1.i", canary, canary, canary, canary, sample::day("2026-10-01"), sample::day("2027-01-01")});
  sample::observe(facts, sample::endpoint("canary.example:443"), canary, "tls.versions",
                  Error{Error::Kind::Timeout, canary});
  report.facts = facts;
  report.saved = SavedFacts::of(facts);
  int for_public = 0;
  for (const Format& format : all_formats()) {
    if (!format.write_public) continue;
    ++for_public;
    EXPECT_FALSE(has(written_for_public(format.name, report), canary)) << format.name;
    EXPECT_TRUE(has(written(format.name, report), canary)) << format.name << ": the canary is alive";
  }
  EXPECT_GE(for_public, 3);
}

}  // namespace
}  // namespace kenshin
