#include "reports/formats/wording.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "tests/reports/formats/sample_report.h"

namespace kenshin {
namespace {

std::multiset<std::string> parameters_of(const std::string& sentence) {
  const std::regex name(R"(\{([^}]*)\})");
  std::multiset<std::string> out;
  for (std::sregex_iterator at(sentence.begin(), sentence.end(), name), end; at != end; ++at) out.insert((*at)[1]);
  return out;
}

TEST(Wording, HasTheSameKeysInBothLanguages) {
  const auto& ja = sample::wording(Language::Ja).all();
  const auto& en = sample::wording(Language::En).all();
  for (const auto& [key, sentence] : ja) EXPECT_TRUE(en.contains(key)) << key << " is missing in English";
  for (const auto& [key, sentence] : en) EXPECT_TRUE(ja.contains(key)) << key << " is missing in Japanese";
}

TEST(Wording, TakesTheSameParametersInBothLanguages) {
  const auto& en = sample::wording(Language::En).all();
  for (const auto& [key, sentence] : sample::wording(Language::Ja).all()) {
    const auto other = en.find(key);
    if (other == en.end()) continue;
    const auto here = parameters_of(sentence), there = parameters_of(other->second);
    EXPECT_EQ(std::set(here.begin(), here.end()), std::set(there.begin(), there.end())) << key;
  }
}

TEST(Wording, CallsTheCheckUpByItsWholeName) {
  for (const auto& [key, sentence] : sample::wording(Language::Ja).all())
    EXPECT_TRUE(!key.starts_with("page.") || sentence.find("健診") == std::string::npos) << key;
}

TEST(Wording, ReplacesParametersByName) {
  EXPECT_EQ(sample::wording(Language::En)("page.more", {{"count", "3"}, {"count", "4"}}), "3 more");
}

TEST(Wording, NamesAKeyThatIsMissing) { EXPECT_EQ(sample::wording(Language::En)("no.such"), "[no.such]"); }

}  // namespace
}  // namespace kenshin
