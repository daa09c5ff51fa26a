// The three forms of kenshin diff, and the section of the page: what they say of each kind of change.
#include "reports/formats/diff.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "reports/formats/change_list.h"
#include "reports/formats/html_page.h"
#include "tests/reports/formats/sample_report.h"
#include "tests/reports/formats/schema.h"

namespace kenshin {
namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// Each kind of change once: the sample's findings, altered.
Changes every_change() {
  const auto outcome = [] {
    return outcome_of(sample::report(), sample::wording(Language::Ja), sample::wording(Language::En));
  };
  Outcome before = outcome(), after = outcome();
  before.judged_on = sample::day("2026-10-22");
  before.profile_edition = "2026-10";
  before.findings[2].verdict = Verdict::Met;                  // f3: worse
  before.findings[0].verdict = Verdict::NotMet;               // f1: better
  before.findings[4].verdict = Verdict::Met;                  // f5: no longer told
  before.findings[7].verdict = Verdict::Unknown;              // f8: now told
  before.findings[6].reason = "sample-other";                 // f7: another reason
  before.findings.erase(before.findings.begin() + 8);         // f9: appeared
  after.findings.erase(after.findings.begin() + 10);          // f11: gone
  for (auto& item : before.items) item.waived_until.reset();  // a waiver began
  before.items[3].waived_until = sample::day("2026-11-01");   // another ended
  before.items[0].declared = Declared::Ticked;
  return changes_between(before, after);
}

template <class Write>
std::string written(Write write, const Changes& changes, Language language) {
  std::ostringstream out;
  write(changes, sample::words(language), out);
  return out.str();
}

TEST(Diff, NamesEveryKindOfChangeInEveryForm) {
  const Changes changes = every_change();
  const std::string text = written(write_diff_text, changes, Language::En);
  const std::string markdown = written(write_diff_markdown, changes, Language::En);
  const std::string json = written(write_diff_json, changes, Language::En);
  for (int i = 0; i < turns; ++i) {
    const std::string name(turn_name(static_cast<Turn>(i)));
    const std::string words = sample::wording(Language::En)("changes.turn." + name);
    EXPECT_TRUE(has(text, "\n" + words + "\n")) << name << '\n' << text;
    EXPECT_TRUE(has(markdown, "\n## " + words + "\n")) << name;
    EXPECT_TRUE(has(json, "\"change\": \"" + name + "\"")) << name;
  }
}

TEST(Diff, SaysFirstThatTheRulesChanged) {
  for (const auto write : {write_diff_text, write_diff_markdown}) {
    const std::string text = written(write, every_change(), Language::Ja);
    const auto rules = text.find("checklist-2026 2026-10 → checklist-2026 2026-11");
    ASSERT_NE(rules, std::string::npos) << text;
    EXPECT_LT(rules, text.rfind("悪くなった\n")) << text;
  }
}

TEST(Diff, ShowsBothStatesWithTheReason) {
  const std::string text = written(write_diff_text, every_change(), Language::En);
  const Wording& words = sample::wording(Language::En);
  const std::string line = words("criterion.sample.version") + " (old.minatozaka.example:443): ○ " +
                           words("verdict.met") + " → × " + words("verdict.not_met") + " (";
  EXPECT_TRUE(has(text, line)) << text;
  EXPECT_TRUE(has(text, words("declared.ticked") + " → " + words("declared.none"))) << text;
}

TEST(Diff, SaysThatNothingChanged) {
  const Changes none;
  EXPECT_TRUE(has(written(write_diff_text, none, Language::En), "Nothing changed."));
  EXPECT_TRUE(has(written(write_diff_markdown, none, Language::Ja), "変わったことはありません。"));
  EXPECT_TRUE(has(written(write_diff_json, none, Language::Ja), "\"same\": true"));
}

TEST(Diff, WarnsOfAnotherClinicAndOfScansCutShort) {
  Changes changes;
  changes.before_clinic = "A";
  changes.before_cut_short = changes.after_cut_short = true;
  EXPECT_EQ(cautions(changes, sample::wording(Language::En)).size(), 3U);
  EXPECT_TRUE(cautions(Changes{}, sample::wording(Language::En)).empty());
}

TEST(Diff, CountsWhatCameAndHolds) {
  Outcome before, after;
  for (int i = 0; i < 50; ++i)
    after.findings.push_back(
        {{"c" + std::to_string(i)}, "endpoint", "new.example:443", "ok", {}, Verdict::Met, Force::Must, false});
  const std::string text = written(write_diff_text, changes_between(before, after), Language::En);
  EXPECT_TRUE(has(text, "50 checks")) << text;
  EXPECT_FALSE(has(text, "new.example")) << text;
}

TEST(Diff, LetsNoForeignTextBecomeMarkdown) {
  Outcome before, after;
  after.findings.push_back(
      {{"<b>"}, "host", "[a](http://evil.example) *x* `y` &amp; <img>", "r", {}, Verdict::NotMet, Force::Must, false});
  const std::string text = written(write_diff_markdown, changes_between(before, after), Language::En);
  EXPECT_TRUE(has(text, "\\[a\\](http://evil.example) \\*x\\* \\`y\\` \\&amp; \\<img\\>")) << text;
  EXPECT_TRUE(has(text, "\\<b\\>")) << text;
}

TEST(Diff, IsTheSameEveryTime) {
  for (const auto write : {write_diff_text, write_diff_markdown, write_diff_json})
    EXPECT_EQ(written(write, every_change(), Language::Ja), written(write, every_change(), Language::Ja));
}

TEST(DiffSchema, FitsWhatIsWritten) {
  std::ifstream in(SOURCE_DIR "/docs/schema/diff.json");
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const Schema schema(*parse_json(text, "diff.json"));
  const Json good = *parse_json(written(write_diff_json, every_change(), Language::Ja), "diff");
  EXPECT_EQ(schema.fault(good), "");
  EXPECT_EQ(schema.fault(*parse_json(written(write_diff_json, Changes{}, Language::Ja), "diff")), "");
  for (const auto& [key, member] : good.items()) {
    Json lacking = good;
    lacking.erase(key);
    EXPECT_NE(schema.fault(lacking), "") << key;
  }
  Json wrong = good;
  wrong["findings"][0]["change"] = "broken";
  EXPECT_NE(schema.fault(wrong), "");
}

std::string page(const Report& report) {
  std::ostringstream out;
  write_html(report, sample::words(Language::Ja), out);
  return out.str();
}
std::string section(const std::string& html) {
  const auto at = html.find("<section id=\"changes\"");
  return html.substr(at, html.find("</section>", at) - at);
}

TEST(ChangesOnThePage, SayThatThereIsNothingToCompareWith) {
  const std::string html = section(page(sample::report()));
  EXPECT_TRUE(has(html, sample::wording(Language::Ja)("changes.none_given"))) << html;
  EXPECT_FALSE(has(html, "<svg")) << html;
}

TEST(ChangesOnThePage, ListWhatChangedAndDrawTheTrendWithATable) {
  Report report = sample::report();
  report.changes = every_change();
  for (int i = 0; i < 15; ++i)
    report.past.push_back({sample::day("2026-01-01") + std::chrono::days(20 * i), i, 15 - i});
  const std::string html = section(page(report));
  EXPECT_TRUE(has(html, "<h3>悪くなった</h3>")) << html;
  EXPECT_TRUE(has(html, "<svg class=\"trend\" role=\"img\" aria-label=\"")) << html;
  EXPECT_TRUE(has(html, "<polyline class=\"not_met\" points=\"4,")) << html;
  EXPECT_FALSE(has(html, "style=")) << "the page's policy lets no style in";
  const auto rows = [&] {
    int count = 0;
    for (auto at = html.find("<tr><th scope=\"row\">"); at != std::string::npos;
         at = html.find("<tr><th scope=\"row\">", at + 1))
      ++count;
    return count;
  }();
  EXPECT_EQ(rows, 12);
  EXPECT_TRUE(has(html, "2026年11月22日（今回）")) << html;
}

TEST(ChangesOnThePage, EscapeForeignTextAndCutLongLists) {
  Report report = sample::report();
  Outcome before, after;
  for (int i = 100; i < 200; ++i)
    after.findings.push_back(
        {{"c"}, "host", "<script>" + std::to_string(i), "r", {}, Verdict::NotMet, Force::Must, false});
  report.changes = changes_between(before, after);
  const std::string html = section(page(report));
  EXPECT_FALSE(has(html, "<script>")) << html;
  EXPECT_TRUE(has(html, "&lt;script&gt;139")) << html;
  EXPECT_FALSE(has(html, "&lt;script&gt;140")) << html;
  EXPECT_TRUE(has(html, "60")) << html;
}

}  // namespace
}  // namespace kenshin
