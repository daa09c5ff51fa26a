#include <gtest/gtest.h>

#include <regex>

#include "probes/base/json_fields.h"
#include "reports/checklist/checklist.h"
#include "tests/reports/checklist/sample.h"

namespace kenshin {
namespace {

const Wording& wording(Language language) {
  static const Wording ja = Wording::load(DataFiles{}, Language::Ja).value(),
                       en = Wording::load(DataFiles{}, Language::En).value();
  return language == Language::Ja ? ja : en;
}

std::string json_of_document(const std::string& document) {
  return checklist_json(sample::read(document), sample::edition("sample-1"), wording(Language::Ja),
                        wording(Language::En));
}

// A sample with one of every state and many remarks.
std::string eventful() {
  std::string copy = sample::replaced(sample::text(), "(1) 医師のいる場所\n", "\n");
  copy = sample::replaced(copy, "☑ iv 端末を", "✔ iv 端末を");
  copy = sample::replaced(copy, "☑ xiv 担当医は", "☐ xiv 担当医は");
  copy = sample::replaced(copy, "2026年7月15日", "きのう");
  return sample::replaced(copy, "☑ vi パソコンには、",
                          "☑ vi 待合室の植木に毎朝みずをやり、枯れた葉をつむこと。\n\n☑ vii パソコンには、");
}

bool is_of_type(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "boolean") return value.is_boolean();
  return type == "null" && value.is_null();
}

// The part of JSON Schema draft-07 that docs/schema uses; the first breach, or "". Keys the schema does not know are
// breaches, too: what is written is documented.
std::string breach(const Json& schema, const Json& root, const Json& value, const std::string& at) {
  if (schema.contains("$ref")) {
    const auto name = schema["$ref"].get<std::string>().substr(std::string("#/definitions/").size());
    return breach(root["definitions"][name], root, value, at);
  }
  if (schema.contains("const") && value != schema["const"]) return at + ": not the constant";
  if (schema.contains("enum")) {
    const auto& allowed = schema["enum"];
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) return at + ": not among the values";
  }
  if (schema.contains("type")) {
    const Json types = schema["type"].is_array() ? schema["type"] : Json::array({schema["type"]});
    if (std::none_of(types.begin(), types.end(),
                     [&](const Json& t) { return is_of_type(value, t.get<std::string>()); }))
      return at + ": wrong type";
  }
  if (schema.contains("minimum") && value.get<int>() < schema["minimum"].get<int>()) return at + ": too small";
  if (schema.contains("maximum") && value.get<int>() > schema["maximum"].get<int>()) return at + ": too large";
  if (schema.contains("pattern") && value.is_string() &&
      !std::regex_search(value.get<std::string>(), std::regex(schema["pattern"].get<std::string>())))
    return at + ": not of the pattern";
  if (value.is_object()) {
    for (const auto& key : schema.value("required", Json::array()))
      if (!value.contains(key.get<std::string>())) return at + ": lacks " + key.get<std::string>();
    if (schema.contains("properties"))
      for (const auto& [key, member] : value.items()) {
        if (!schema["properties"].contains(key)) return at + ": undocumented " + key;
        const auto found = breach(schema["properties"][key], root, member, at + "/" + key);
        if (!found.empty()) return found;
      }
  }
  if (value.is_array() && schema.contains("items"))
    for (std::size_t i = 0; i < value.size(); ++i) {
      const auto found = breach(schema["items"], root, value[i], at + "/" + std::to_string(i));
      if (!found.empty()) return found;
    }
  return {};
}

Json schema() { return parse_json(sample::file_text("docs/schema/checklist.json"), "checklist.json").value(); }

TEST(ChecklistJson, KeepsItsSchema) {
  for (const auto& document : {sample::text(), eventful()}) {
    const auto written = parse_json(json_of_document(document), "out.json");
    ASSERT_TRUE(written);
    EXPECT_EQ(breach(schema(), schema(), *written, ""), "");
  }
}

TEST(ChecklistJson, ItsSchemaRefusesWhatIsWrong) {
  const Json good = parse_json(json_of_document(sample::text()), "out.json").value();
  const auto broken = [&](auto alter) {
    Json copy = good;
    alter(copy);
    return breach(schema(), schema(), copy, "");
  };
  EXPECT_NE(broken([](Json& j) { j.erase("items"); }), "");
  EXPECT_NE(broken([](Json& j) { j["items"][3].erase("declared"); }), "");
  EXPECT_NE(broken([](Json& j) { j["items"][3]["declared"] = "perhaps"; }), "");
  EXPECT_NE(broken([](Json& j) { j["items"][3]["line"] = 0; }), "");
  EXPECT_NE(broken([](Json& j) { j["confirmed_on"] = "yesterday"; }), "");
  EXPECT_NE(broken([](Json& j) { j["mood"] = "fine"; }), "");
}

TEST(ChecklistJson, TellsWhatWasRead) {
  const Json out = parse_json(json_of_document(sample::text()), "out.json").value();
  EXPECT_EQ(out["edition"], "sample-1");
  EXPECT_EQ(out["confirmed_on"], "2026-07-15");
  ASSERT_EQ(out["items"].size(), 88U);
  const Json& xii =
      *std::find_if(out["items"].begin(), out["items"].end(), [](const Json& i) { return i["id"] == "2.5.2-1.xii"; });
  EXPECT_EQ(xii["answered_by"], "machine");
  EXPECT_EQ(xii["declared"], "none");
  EXPECT_EQ(xii["title"]["en"], "Server certificate and TLS encryption");
  EXPECT_EQ(xii["condition"], nullptr);
  EXPECT_EQ(xii["notes"].size(), 1U);
}

TEST(ChecklistJson, IsTheSameBytesForTheSameDocument) {
  EXPECT_EQ(json_of_document(sample::text()), json_of_document(sample::text()));
}

TEST(ChecklistText, ShowsHeadingsMarksAndCounts) {
  const auto shown = checklist_text(sample::read(eventful()), sample::edition("sample-1"), wording(Language::En));
  EXPECT_NE(shown.find("Sample checklist [sample-1]\n"), std::string::npos);
  EXPECT_NE(shown.find("\n1-2) 市販の通話アプリ"), std::string::npos);
  EXPECT_NE(shown.find("☑         2.5.2.i         A secure system, built and kept\n"), std::string::npos);
  EXPECT_NE(shown.find("n/a       2.4.1.i "), std::string::npos);
  EXPECT_NE(shown.find("☐         2.5.1-1.xiv "), std::string::npos);
  EXPECT_NE(shown.find("89 items: 58 ticked, 1 empty, 28 without a printed box, 2 not applicable; 1 not recognised"),
            std::string::npos);
  EXPECT_NE(shown.find("  待合室の植木に"), std::string::npos) << "a foreign row by its own words";
}

TEST(ChecklistText, LintNamesFileAndLineInOrder) {
  const auto checklist = sample::read(eventful());
  const auto told = checklist_lint_text(checklist, wording(Language::En), "our.txt");
  std::size_t last = 0;
  for (const auto line : lines(told)) {
    ASSERT_TRUE(line.starts_with("our.txt:")) << line;
    const auto number = std::stoul(std::string(line.substr(8)));
    EXPECT_GE(number, last);
    last = number;
  }
  EXPECT_NE(told.find("our.txt:5: the day of confirmation"), std::string::npos);
  EXPECT_NE(told.find("our.txt:" + std::to_string(sample::item(checklist, "2.1.i").line) +
                      ": the heading \"(1)\" is missing"),
            std::string::npos);
  EXPECT_NE(told.find(": note: 28 items have no printed box"), std::string::npos);
  EXPECT_EQ(static_cast<std::size_t>(std::count(told.begin(), told.end(), '\n')),
            checklist.diagnostics.size() + checklist.notices.size());
}

TEST(ChecklistText, EveryRemarkHasItsSentenceInBothLanguages) {
  for (const auto* code :
       {"heading-missing", "heading-jump", "heading-form", "stray-numeral", "numeral-case", "numeral-jump",
        "numeral-repeated", "numeral-order", "date-unreadable", "date-missing", "name-missing", "basis-older", "no-box",
        "condition-unstated", "unmatched", "tick-glyphs", "numerals-differ", "items-missing"})
    for (const auto language : {Language::Ja, Language::En})
      EXPECT_TRUE(wording(language).has("checklist." + std::string(code))) << code;
  for (const auto language : {Language::Ja, Language::En}) {
    const auto told = checklist_lint_text(sample::read(eventful()), wording(language), "f");
    EXPECT_EQ(told.find('{'), std::string::npos) << told;
    EXPECT_EQ(told.find("[checklist."), std::string::npos) << told;
  }
}

}  // namespace
}  // namespace kenshin
