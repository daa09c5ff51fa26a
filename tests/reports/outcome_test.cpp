// What is read back of a result.json: its own report's outcome, and nothing from a text that is none.
#include "reports/outcome.h"

#include <gtest/gtest.h>

#include <functional>
#include <sstream>

#include "probes/base/json_fields.h"
#include "reports/formats/result_json.h"
#include "tests/reports/formats/sample_report.h"

namespace kenshin {
namespace {

std::string result_text() {
  std::ostringstream out;
  write_result_json(sample::report(), sample::words(Language::Ja), out);
  return out.str();
}

Outcome sample_outcome() {
  return outcome_of(sample::report(), sample::wording(Language::Ja), sample::wording(Language::En));
}

std::string fault_of(const std::string& text) {
  const auto read = read_outcome(text, "result.json");
  return read ? "" : read.error().detail;
}
std::string fault_after(const std::function<void(Json&)>& alter) {
  Json json = *parse_json(result_text(), "result.json");
  alter(json);
  return fault_of(json.dump(2));
}

TEST(Outcome, IsTheSameReadFromTheResultAndMadeFromTheReport) {
  const auto read = read_outcome(result_text(), "result.json");
  ASSERT_TRUE(read) << read.error().detail;
  const Outcome made = sample_outcome();
  EXPECT_EQ(read->clinic, "みなと坂こどもクリニック");
  EXPECT_EQ(read->clinic, made.clinic);
  EXPECT_EQ(read->judged_on, made.judged_on);
  EXPECT_EQ(read->started, made.started);
  EXPECT_EQ(read->finished, made.finished);
  EXPECT_EQ(read->profile + read->profile_edition + read->tool_version,
            made.profile + made.profile_edition + made.tool_version);
  EXPECT_EQ(read->editions, made.editions);
  EXPECT_EQ(read->counts, made.counts);
  EXPECT_GT(read->count(Observed::NotMet), 0);
  ASSERT_EQ(read->items.size(), made.items.size());
  for (std::size_t i = 0; i < made.items.size(); ++i) {
    const auto &a = read->items[i], &b = made.items[i];
    EXPECT_EQ(std::tie(a.id, a.title.ja, a.declared, a.observed, a.agreement, a.waived_until),
              std::tie(b.id, b.title.ja, b.declared, b.observed, b.agreement, b.waived_until));
  }
  ASSERT_EQ(read->findings.size(), made.findings.size());
  for (std::size_t i = 0; i < made.findings.size(); ++i) {
    const auto &a = read->findings[i], &b = made.findings[i];
    EXPECT_EQ(std::tie(a.criterion, a.target_kind, a.target, a.reason, a.because.ja, a.because.en, a.verdict, a.force),
              std::tie(b.criterion, b.target_kind, b.target, b.reason, b.because.ja, b.because.en, b.verdict, b.force));
    EXPECT_EQ(a.waived, b.waived) << a.criterion.text;
  }
}

TEST(Outcome, CallsAFindingWaivedWhereEveryItemItAnswersIs) {
  const Outcome outcome = sample_outcome();
  for (const auto& it : outcome.findings) {
    const bool of_the_name = it.criterion.text == "sample.lock" || it.criterion.text == "sample.expiry";
    EXPECT_EQ(it.waived, of_the_name) << it.criterion.text << it.target;
  }
}

TEST(Outcome, TakesAMemberItDoesNotKnow) {
  EXPECT_EQ(fault_after([](Json& json) { json["later"] = {1, 2}, json["items"][0]["later"] = true; }), "");
}

TEST(Outcome, NamesFileLineAndWhatIsWrong) {
  EXPECT_EQ(fault_of("{\n\"schema\": \"kenshin.facts/1\"}").substr(0, 80),
            "result.json:2: /schema: is \"kenshin.facts/1\", expected kenshin.result/1");
  const auto has = [](const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; };
  for (const std::string key :
       {"schema", "profile", "judged_on", "clinic", "facts", "editions", "data", "counts", "items", "findings"})
    EXPECT_TRUE(has(fault_after([&](Json& json) { json.erase(key); }), "missing key \"" + key + "\"")) << key;
  EXPECT_TRUE(has(fault_after([](Json& json) { json["items"][3]["observed"] = "fine"; }),
                  "/items/3/observed: not a known value: \"fine\""));
  EXPECT_TRUE(has(fault_after([](Json& json) { json["findings"][2]["verdict"] = 7; }),
                  "/findings/2/verdict: expected a string"));
  EXPECT_TRUE(has(fault_after([](Json& json) { json["judged_on"] = "2026-02-30"; }), "/judged_on: not a known value"));
  EXPECT_TRUE(has(fault_after([](Json& json) { json["findings"] = "none"; }), "/findings: expected an array"));
  EXPECT_TRUE(has(fault_after([](Json& json) { json["items"] = {1}; }), "/items/0: expected an object"));
  EXPECT_TRUE(has(fault_after([](Json& json) { json["counts"] = nullptr; }), "/counts"));
}

TEST(Outcome, RefusesNumbersThatAreNone) {
  for (const std::string number : {"99999999999999999999", "18446744073709551615", "1e999", "1.5", "-1e400", "\"1\""}) {
    std::string text = result_text();
    const std::string key = "\"not_met\": ";
    const auto at = text.find(key) + key.size();
    text.replace(at, text.find_first_of(",\n", at) - at, number);
    EXPECT_NE(fault_of(text), "") << number;
  }
}

TEST(Outcome, RefusesDepthDuplicatesAndSize) {
  EXPECT_NE(fault_of(std::string(100'000, '[')).find("nested deeper"), std::string::npos);
  EXPECT_NE(fault_of("{\"schema\": \"kenshin.result/1\", \"schema\": \"kenshin.result/1\"}").find("stands twice"),
            std::string::npos);
  std::string wide = "{\"schema\": \"kenshin.result/1\"";
  for (int i = 0; i < 50'000; ++i) wide += ",\"k" + std::to_string(i) + "\":0";
  EXPECT_NE(fault_of(wide + "}").find("more than 1000 members"), std::string::npos);
  EXPECT_NE(fault_of(std::string(largest_result + 1, ' ')).find("larger than"), std::string::npos);
  for (const std::string text : {"", "null", "[]", "7", "\xff\xfe", "{\"schema\": null}"})
    EXPECT_NE(fault_of(text), "");
}

TEST(Outcome, CleansForeignText) {
  Json json = *parse_json(result_text(), "result.json");
  json["findings"][0]["target"]["name"] = "a\u202e\nb\x1b[31m";
  const auto read = read_outcome(json.dump(), "result.json");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->findings[0].target, "a b[31m");
}

}  // namespace
}  // namespace kenshin
