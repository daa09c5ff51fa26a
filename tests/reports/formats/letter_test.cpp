// Letters to whoever manages a domain: ready to send, and only where there is something to ask.
#include <gtest/gtest.h>

#include <sstream>

#include "reports/formats/phrases.h"
#include "tests/reports/formats/sample_report.h"

namespace kenshin {
namespace {

Finding finding_of(const char* criterion, Verdict verdict, Reason because) {
  Finding out;
  out.criterion = {criterion};
  out.target = {TargetKind::Domain, "example.jp", 0};
  out.verdict = verdict;
  out.because = std::move(because);
  return out;
}

std::string letter(const Finding& finding, Language language, const std::string& clinic = "みなと坂クリニック") {
  return letter_words(finding, target_text(finding.target), clinic, sample::wording(language));
}

const Reason changed = {"changed",
                        {{"taken", "2026-06-01"},
                         {"changes", "name_servers: a → b; holder"},
                         {"changed.name_servers", "ns1.example.jp → ns1.example.com"},
                         {"changed.holder", "—"}}};

TEST(Letters, NameTheClinicTheDomainAndWhatIsAsked) {
  const auto other = finding_of("domain.holder", Verdict::Attention, {"holder-other", {{"holder", "x"}}});
  for (const Language language : {Language::Ja, Language::En}) {
    const std::string text = letter(other, language);
    for (const char* part : {"みなと坂クリニック", "example.jp", "1. ", "3. "})
      EXPECT_NE(text.find(part), std::string::npos) << text;
    EXPECT_EQ(text.find('{'), std::string::npos) << text;
  }
  EXPECT_NE(letter(other, Language::Ja, "").find("（医院名）"), std::string::npos);
}

TEST(Letters, TellWhatChangedInTheReadersLanguage) {
  const auto finding = finding_of("domain.changed", Verdict::Attention, changed);
  const std::string ja = letter(finding, Language::Ja), en = letter(finding, Language::En);
  EXPECT_NE(ja.find("ネームサーバー（ns1.example.jp → ns1.example.com）、名義"), std::string::npos) << ja;
  EXPECT_NE(en.find("name servers (ns1.example.jp → ns1.example.com), holder"), std::string::npos) << en;
  EXPECT_NE(reason_words(finding.because, sample::wording(Language::Ja)).find("ネームサーバー（"), std::string::npos);
}

TEST(Letters, AreWrittenOnlyWhereSomethingIsAsked) {
  for (const Verdict verdict : {Verdict::Met, Verdict::Unknown, Verdict::NotApplicable})
    EXPECT_EQ(letter(finding_of("domain.expiry", verdict, {"expiry-far", {}}), Language::Ja), "");
  EXPECT_EQ(letter(finding_of("domain.changed", Verdict::Attention, {"no-baseline", {}}), Language::Ja), "");
  EXPECT_EQ(letter(finding_of("tls.version.floor", Verdict::NotMet, {"version-below-floor", {}}), Language::Ja), "");
  EXPECT_NE(letter(finding_of("domain.expiry", Verdict::Attention, {"expiry-near", {}}), Language::Ja), "");
}

TEST(Letters, StandWithTheirMatterInThePage) {
  Report report = sample::report();
  report.findings.push_back(finding_of("domain.changed", Verdict::Attention, changed));
  report.findings.back().force = Force::Should;
  std::ostringstream page;
  for (const Format& format : all_formats())
    if (format.name == "html") format.write(report, sample::words(Language::Ja), page);
  const std::string text = page.str();
  const auto at = text.find(sample::wording(Language::Ja)("letter.title"));
  ASSERT_NE(at, std::string::npos);
  EXPECT_NE(text.find("<blockquote>\nご担当者様<br>\n", at), std::string::npos) << "a line each";
}

}  // namespace
}  // namespace kenshin
