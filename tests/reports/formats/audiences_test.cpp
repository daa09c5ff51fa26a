// The editions of one result: what the public may read, what the clinic acts on, all that an audit asks for.
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "reports/formats/html_page.h"
#include "tests/reports/formats/sample_report.h"

namespace kenshin {
namespace {

std::string page(Audience audience, Language language = Language::Ja) {
  Words words = sample::words(language);
  words.audience = audience;
  std::ostringstream out;
  write_html(sample::report(), words, out);
  return out.str();
}

std::string public_page() {
  const auto report = public_report_of(sample::report());
  EXPECT_TRUE(report);
  std::ostringstream out;
  write_public_html(*report, sample::words(Language::Ja), out);
  return out.str();
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::set<std::string> all(const std::string& text, const char* pattern) {
  const std::regex expression(pattern);
  std::set<std::string> out;
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) out.insert((*at)[1]);
  return out;
}

TEST(Audiences, HaveNamesThatAreReadBack) {
  for (const Audience audience : {Audience::Public, Audience::Clinic, Audience::Assessor})
    EXPECT_EQ(audience_named(audience_name(audience)), audience);
  EXPECT_EQ(audience_named("patient"), std::nullopt);
}

TEST(Audiences, TheAssessorReadsEveryFindingWithItsCodeAndEveryObservation) {
  const Report report = sample::report();
  const std::string html = page(Audience::Assessor);
  for (const Finding& finding : report.findings) {
    EXPECT_TRUE(has(html, "id=\"finding-" + finding.id + "\"")) << finding.id;
    EXPECT_TRUE(has(html, "<code>" + finding.because.code + "</code>")) << finding.because.code;
  }
  const auto shown = all(html, "id=\"observation-([^\"]*)\"");
  EXPECT_EQ(shown.size(), report.saved.observations());
  for (const auto& id : all(html, "href=\"#observation-([^\"]*)\"")) EXPECT_TRUE(shown.contains(id)) << id;
}

TEST(Audiences, TheAssessorReadsTheTermsOfAudit) {
  EXPECT_TRUE(has(page(Audience::Assessor), "不適合"));
  EXPECT_TRUE(has(page(Audience::Assessor), "data-label=\"自己申告\""));
  EXPECT_FALSE(has(page(Audience::Clinic), "data-label=\"自己申告\""));
  EXPECT_TRUE(has(page(Audience::Clinic), "data-label=\"当院の記入\""));
}

TEST(Audiences, TheClinicIsSparedWhatOnlyAnAuditAsksFor) {
  const std::string html = page(Audience::Clinic);
  EXPECT_FALSE(has(html, "id=\"observations\""));
  EXPECT_FALSE(has(html, "id=\"finding-"));
}

TEST(Audiences, ThePublicReadsEachItemAsTheClinicDeclaredIt) {
  const Report report = sample::report();
  const std::string html = public_page();
  for (const ChecklistItem& item : report.checklist->items) EXPECT_TRUE(has(html, item.text)) << item.text;
  EXPECT_TRUE(has(html, "☑"));
  EXPECT_TRUE(has(html, "自動点検"));
}

TEST(Audiences, ThePublicReadsNothingOfWhatWasMeasured) {
  const Report report = sample::report();
  const std::string html = public_page();
  const std::string published = report.clinic().public_url;
  for (const Target& target : report.saved.targets())
    EXPECT_FALSE(!target.name.empty() && !has(published, target.name) && has(html, target.name)) << target.name;
  for (const Finding& finding : report.findings) {
    EXPECT_FALSE(has(html, finding.criterion.text)) << finding.criterion.text;
    for (const auto& [name, value] : finding.because.parameters)
      EXPECT_FALSE(value.size() > 3 && has(html, value)) << value;
  }
  for (const Observed state : {Observed::NotMet, Observed::Attention, Observed::Unknown})
    EXPECT_FALSE(has(html, "status " + std::string(observed_name(state))));
}

TEST(Audiences, ThePublicSentenceIsLeftOutWhereTheCheckDidNotComeToItsEnd) {
  Report report = sample::report();
  report.facts.finished.reset();
  const auto cut = public_report_of(report);
  ASSERT_TRUE(cut);
  std::ostringstream out;
  write_public_html(*cut, sample::words(Language::Ja), out);
  EXPECT_FALSE(has(out.str(), "自動点検"));
}

TEST(Audiences, WithoutAChecklistThereIsNothingToPublish) {
  Report report = sample::report();
  report.checklist.reset();
  EXPECT_FALSE(public_report_of(report));
}

TEST(Audiences, TheAuthorIsToldWhatIsTickedAndNotMet) {
  const Report report = sample::report();
  EXPECT_EQ(static_cast<int>(ticked_but_not_met(report).size()), report.contradictions());
  EXPECT_GT(report.contradictions(), 0);
}

}  // namespace
}  // namespace kenshin
