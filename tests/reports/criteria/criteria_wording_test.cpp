// The sentences of criteria: both languages complete, none without a use, no parameter left open.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "case.h"
#include "reports/formats/wording.h"

namespace kenshin {

namespace {

const Wording& words(Language language) {
  static const auto ja = Wording::load(DataFiles{}, Language::Ja);
  static const auto en = Wording::load(DataFiles{}, Language::En);
  return language == Language::Ja ? *ja : *en;
}

bool is_ours(const std::string& key) {
  for (const char* family : {"criterion.", "reason.", "meaning.", "remedy.", "error."})
    if (key.starts_with(family)) return true;
  return false;
}

std::set<std::string> keys(Language language) {
  std::set<std::string> out;
  for (const auto& [key, sentence] : words(language).all())
    if (is_ours(key)) out.insert(key);
  return out;
}

std::set<std::string> placeholders(const std::string& sentence) {
  std::set<std::string> out;
  const std::regex open("\\{([a-z_0-9]+)\\}");
  for (std::sregex_iterator it(sentence.begin(), sentence.end(), open), end; it != end; ++it) out.insert((*it)[1]);
  return out;
}

// Every code a judgement is made with, read from the sources.
std::set<std::string> codes_in_sources() {
  std::set<std::string> out;
  const std::regex literal("\"([a-z][a-z0-9]*(-[a-z0-9]+)+)\"");
  const std::set<std::string> no_codes = {"out-of-range"};
  for (const auto& entry : std::filesystem::directory_iterator(SOURCE_DIR "/reports/criteria")) {
    const std::string name = entry.path().filename().string();
    const bool judges = name.starts_with("tls_") || name.starts_with("certificate_") || name.starts_with("domain_") ||
                        name.starts_with("host_") || name.starts_with("place_") || name.starts_with("http_") ||
                        name.starts_with("endpoint_") || name == "evidence.h" || name == "evidence.cpp" ||
                        name == "judge.cpp";
    if (!judges) continue;
    std::ifstream in(entry.path());
    const std::string text(std::istreambuf_iterator<char>(in), {});
    for (std::sregex_iterator it(text.begin(), text.end(), literal), end; it != end; ++it) out.insert((*it)[1]);
  }
  for (const char* word :
       {"changed", "container", "expired", "locked", "pending", "registered", "transferred", "vantage", "young"})
    out.insert(word);
  for (const char* word : {"ca-certificates", "windows-server", "ecdsa-with", "max-age", "cache-control",
                           "strict-transport-security", "no-store"})
    out.erase(word);
  return out;
}

TEST(CriteriaWording, HasTheSameKeysInBothLanguages) { EXPECT_EQ(keys(Language::Ja), keys(Language::En)); }

TEST(CriteriaWording, HasTheSameParametersInBothLanguages) {
  for (const auto& key : keys(Language::Ja))
    EXPECT_EQ(placeholders(words(Language::Ja).all().at(key)), placeholders(words(Language::En).all().at(key))) << key;
}

TEST(CriteriaWording, HasTitleMeaningAndRemedyForEveryCriterion) {
  for (const Criterion& criterion : all_criteria())
    for (const char* family : {"criterion.", "meaning.", "remedy."})
      EXPECT_TRUE(words(Language::Ja).has(family + std::string(criterion.id))) << family << criterion.id;
}

TEST(CriteriaWording, HasASentenceForEveryReasonAndNoneBesides) {
  std::set<std::string> told;
  for (const auto& key : keys(Language::Ja))
    if (key.starts_with("reason.")) told.insert(key.substr(7));
  EXPECT_EQ(told, codes_in_sources());
}

TEST(CriteriaWording, HasASentenceForEveryKindOfError) {
  for (int kind = 0; kind <= static_cast<int>(Error::Kind::NotAsked); ++kind)
    EXPECT_TRUE(words(Language::Ja).has("error." + std::string(error_name(static_cast<Error::Kind>(kind)))));
}

TEST(CriteriaWording, LeavesNoParameterOpenInAnyCase) {
  std::set<std::string> shown;
  for (const Case& it : all_cases()) {
    const Reason because = judgement_of(it).because;
    shown.insert(because.code);
    for (const Language language : {Language::Ja, Language::En}) {
      const std::string sentence = words(language)("reason." + because.code, because.parameters);
      EXPECT_TRUE(placeholders(sentence).empty()) << it.criterion << ": " << sentence;
      EXPECT_FALSE(sentence.starts_with("[")) << sentence;
    }
  }
  shown.insert({"general-service"});  // told by judge(), which criteria_test.cpp asks
  EXPECT_EQ(shown, codes_in_sources()) << "a reason that no case reaches";
}

TEST(CriteriaWording, GivesSpecialRemediesOnlyForReasonsOfTheirCriterion) {
  std::map<std::string, std::set<std::string>> codes;
  for (const Case& it : all_cases()) codes[it.criterion].insert(it.code);
  for (const auto& key : keys(Language::Ja)) {
    if (!key.starts_with("remedy.")) continue;
    const std::string rest = key.substr(7);
    if (criterion_named(rest)) continue;
    const auto dot = rest.rfind('.');
    EXPECT_EQ(codes[rest.substr(0, dot)].count(rest.substr(dot + 1)), 1U) << key;
  }
}

}  // namespace

}  // namespace kenshin
