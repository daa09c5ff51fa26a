// Many clinics side by side: their order, the hosts they share, and the three forms.
#include "reports/fleet.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "reports/formats/fleet_out.h"
#include "tests/reports/formats/sample_report.h"
#include "tests/reports/formats/schema.h"

namespace kenshin {
namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Outcome clinic(std::string name, int not_met, int unknown = 0) {
  Outcome out;
  out.clinic = std::move(name);
  out.judged_on = sample::day("2026-11-22");
  out.finished = Instant{};
  out.counts[static_cast<std::size_t>(Observed::NotMet)] = not_met;
  out.counts[static_cast<std::size_t>(Observed::Unknown)] = unknown;
  return out;
}
void fail(Outcome& outcome, std::string kind, std::string target, bool waived = false) {
  outcome.findings.push_back(
      {{"tls.version.floor"}, std::move(kind), std::move(target), "r", {}, Verdict::NotMet, Force::Must, waived});
}
Fleet fleet_of(const std::vector<Outcome>& outcomes) {
  FleetCount counting;
  for (std::size_t i = 0; i < outcomes.size(); ++i) counting.add(outcomes[i], std::to_string(i) + ".json");
  return counting.take();
}
template <class Write>
std::string written(Write write, const Fleet& fleet) {
  std::ostringstream out;
  write(fleet, sample::words(Language::Ja), out);
  return out.str();
}

TEST(Fleet, PutsTheWorstFirst) {
  const Fleet fleet = fleet_of({clinic("良", 0), clinic("悪", 3), clinic("中", 1, 0), clinic("乙", 1, 5)});
  std::string order;
  for (const auto& it : fleet.clinics) order += it.name;
  EXPECT_EQ(order, "悪乙中良");
}

TEST(Fleet, GroupsWhatFailsByHostNameAndNeverByTheLabelOfAComputer) {
  Outcome a = clinic("A", 1), b = clinic("B", 1), c = clinic("C", 1);
  fail(a, "endpoint", "tele.example.jp:443");
  fail(b, "endpoint", "tele.example.jp:8443");
  fail(b, "endpoint", "tele.example.jp:443");
  fail(c, "endpoint", "tele.example.jp:443", true);
  fail(a, "domain", "example.jp");
  fail(a, "host", "受付PC");
  fail(b, "host", "受付PC");
  const Fleet fleet = fleet_of({a, b, c});
  ASSERT_EQ(fleet.failures.size(), 2U);
  EXPECT_EQ(fleet.failures[0].host, "tele.example.jp");
  EXPECT_EQ(fleet.failures[0].clinics, (std::vector<std::string>{"A", "B"})) << "C has it waived";
  EXPECT_EQ(fleet.failures[1].host, "example.jp");
  EXPECT_EQ(fleet.clinics.back().failing, 0);
}

TEST(Fleet, CountsContradictionsAndWaivers) {
  const Fleet fleet =
      fleet_of({outcome_of(sample::report(), sample::wording(Language::Ja), sample::wording(Language::En))});
  EXPECT_EQ(fleet.clinics[0].contradictions, sample::report().contradictions());
  EXPECT_EQ(fleet.clinics[0].waived, sample::report().waived());
}

TEST(FleetCsv, NeverStartsACellWithAFormula) {
  for (const std::string start : {"=", "+", "-", "@", "|", " =", "＝", "　＠"}) {
    const std::string csv = written(write_fleet_csv, fleet_of({clinic(start + "cmd \"x\",\r\ny", 1)}));
    EXPECT_TRUE(has(csv, "\r\n\"'" + start + "cmd \"\"x\"\",  y\",")) << csv;
  }
}

TEST(FleetCsv, HasAByteOrderMarkAndCrLf) {
  const std::string csv = written(write_fleet_csv, fleet_of({clinic("A", 1), clinic("B", 2)}));
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF\""));
  std::size_t lines = 0;
  for (std::size_t i = 0; i < csv.size(); ++i)
    if (csv[i] == '\n') {
      EXPECT_EQ(csv[i - 1], '\r');
      ++lines;
    }
  EXPECT_EQ(lines, 3U);
}

TEST(FleetPage, EscapesNamesAndShowsWhoIsFailed) {
  Outcome bad = clinic("<script>x</script>", 2);
  fail(bad, "endpoint", "tele.example.jp:443");
  const std::string html = written(write_fleet_html, fleet_of({bad, clinic("", 0)}));
  EXPECT_FALSE(has(html, "<script>"));
  EXPECT_TRUE(has(html, "&lt;script&gt;x"));
  EXPECT_TRUE(has(html, ">tele.example.jp</th>"));
  EXPECT_TRUE(has(html, ">1.json</th>")) << "a clinic without a name is called by its file";
  EXPECT_TRUE(
      has(written(write_fleet_html, fleet_of({clinic("A", 0)})), sample::wording(Language::Ja)("fleet.failures.none")));
}

TEST(FleetSchema, FitsWhatIsWritten) {
  std::ifstream in(SOURCE_DIR "/docs/schema/fleet.json");
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const Schema schema(*parse_json(text, "fleet.json"));
  Outcome bad = clinic("A", 2);
  fail(bad, "endpoint", "tele.example.jp:443");
  const Json good = *parse_json(written(write_fleet_json, fleet_of({bad, clinic("B", 0)})), "fleet");
  EXPECT_EQ(schema.fault(good), "");
  Json wrong = good;
  wrong["clinics"][0].erase("failing");
  EXPECT_NE(schema.fault(wrong), "");
}

}  // namespace
}  // namespace kenshin
