#include "reports/formats/result_json.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "probes/base/json_fields.h"
#include "tests/reports/formats/sample_report.h"

namespace kenshin {
namespace {

std::string text_of_result(const Report& report, Language language = Language::Ja) {
  std::ostringstream out;
  write_result_json(report, sample::words(language), out);
  return out.str();
}
Json result_of(const Report& report) { return *parse_json(text_of_result(report), "result.json"); }

const Json& item_named(const Json& result, std::string_view id) {
  for (const auto& item : result["items"])
    if (item["id"] == id) return item;
  throw std::out_of_range(std::string(id));
}

TEST(ResultJson, IsTheSameWhateverTheReadersLanguage) {
  EXPECT_EQ(text_of_result(sample::report(), Language::Ja), text_of_result(sample::report(), Language::En));
}

TEST(ResultJson, CarriesEveryVerdictAndEveryState) {
  const Json result = result_of(sample::report());
  std::set<std::string> verdicts, states, agreements;
  for (const auto& finding : result["findings"]) verdicts.insert(finding["verdict"].get<std::string>());
  for (const auto& item : result["items"]) {
    states.insert(item["observed"].get<std::string>());
    agreements.insert(item["agreement"].get<std::string>());
  }
  EXPECT_EQ(verdicts.size(), 6u);
  EXPECT_EQ(states.size(), 8u);
  EXPECT_EQ(agreements.size(), 4u);
}

TEST(ResultJson, CountsWhatItLists) {
  const Report report = sample::report();
  const Json result = result_of(report);
  for (const auto& [state, count] : result["counts"]["items"].items()) {
    int seen = 0;  // optional rows that the document lacks are listed, not counted
    for (std::size_t i = 0; i < report.answers.size(); ++i)
      seen += result["items"][i]["observed"] == state && report.is_in_document(report.answers[i]);
    EXPECT_EQ(count, seen) << state;
  }
  for (const auto& [verdict, count] : result["counts"]["findings"].items()) {
    int seen = 0;
    for (const auto& finding : result["findings"]) seen += finding["verdict"] == verdict;
    EXPECT_EQ(count, seen) << verdict;
  }
  EXPECT_EQ(result["counts"]["contradictions"], 3);
  EXPECT_EQ(result["counts"]["waived"], 1);
}

TEST(ResultJson, SaysWhyAndWhatToDoInBothLanguages) {
  const Json result = result_of(sample::report());
  const Json& finding = result["findings"][2];
  EXPECT_EQ(finding["id"], "f3");
  EXPECT_EQ(finding["target"], Json({{"kind", "endpoint"}, {"name", "old.minatozaka.example:443"}}));
  EXPECT_EQ(finding["because"]["parameters"], Json({{"versions", "TLS 1.0, TLS 1.1"}}));
  EXPECT_EQ(finding["because"]["ja"], "TLS 1.0, TLS 1.1 を受け付けます（実測）。");
  EXPECT_EQ(finding["because"]["en"], "Accepts TLS 1.0, TLS 1.1 (measured).");
  EXPECT_EQ(finding["remedy"]["en"], "Ask the vendor to switch off versions below TLS 1.2.");
  EXPECT_EQ(finding["evidence"], Json({"o6"}));
  EXPECT_EQ(result["findings"][0]["remedy"], Json(nullptr)) << "nothing to do where it holds";
}

TEST(ResultJson, SaysWhatAFindingMeansAndWhatToWrite) {
  const Json result = result_of(sample::report());
  const Json& finding = result["findings"][2];
  EXPECT_FALSE(finding["meaning"]["ja"].get<std::string>().empty());
  EXPECT_EQ(finding["configuration"]["nginx"], "ssl_protocols TLSv1.3;");
  EXPECT_EQ(result["findings"][0]["meaning"], Json(nullptr));
  EXPECT_EQ(result["findings"][0]["configuration"], Json(nullptr));
}

TEST(ResultJson, PutsIpasGradeBesideTheVerdict) {
  const Json result = result_of(sample::report());
  const Json& grade = item_named(result, "2.5.2-1.xii")["grade"];
  EXPECT_EQ(grade["ipa"], "recommended");
  EXPECT_EQ(grade["edition"], "3.0.1");
  EXPECT_EQ(grade["held_back_by"], Json({"sample.suites"}));
  EXPECT_EQ(item_named(result, "1.1.i")["grade"], Json(nullptr));
  Report untold = sample::report();
  untold.grades.front().ipa.grade.reset();
  EXPECT_EQ(item_named(result_of(untold), "2.5.2-1.xii")["grade"]["ipa"], "unknown");
}

TEST(ResultJson, PrefersTheRemedyOfTheReason) {
  const Json result = result_of(sample::report());
  EXPECT_EQ(result["findings"][6]["remedy"]["en"], "Ask the vendor to renew within 12 days.");
}

TEST(ResultJson, TellsAFailedObservationByItsKindOfError) {
  Report report = sample::report();
  report.findings[4].because.parameters = {{"kind", "sample-kind"}, {"detail", "no route"}};
  report.not_probed[0].why.parameters = {{"kind", "sample-kind"}, {"detail", "no route"}};
  const Json result = result_of(report);
  EXPECT_EQ(result["findings"][4]["because"]["en"], "The other side could not be reached (no route).");
  EXPECT_EQ(result["not_probed"][0]["en"], "The other side could not be reached (no route).");
}

TEST(ResultJson, TellsOfWaiversDecisionsDocumentsAndScope) {
  const Json result = result_of(sample::report());
  EXPECT_EQ(item_named(result, "2.5.2-1.xiv")["waiver"]["expires"], "2027-03-31");
  EXPECT_EQ(item_named(result, "2.5.2-1.xii")["waiver"], Json(nullptr));
  EXPECT_EQ(item_named(result, "2.5.1-1.v")["decisions"][0]["by"], "院長 柴崎");
  EXPECT_EQ(item_named(result, "2.5.2-1.i")["documents"][1]["problem"], "missing");
  EXPECT_EQ(item_named(result, "2.5.2-1.xiii")["scope"], "probed_only");
  EXPECT_EQ(item_named(result, "2.5.2.i")["because_of"], Json({"2.5.2-1.xii", "2.5.2-1.xiv"}));
  EXPECT_EQ(item_named(result, "2.5.2-1.opt-mfa")["line"], Json(nullptr));
}

TEST(ResultJson, StaysJsonWhateverForeignTextSays) {
  Report report = sample::report();
  for (auto& finding : report.findings)
    for (auto& [name, value] : finding.because.parameters) value = "\"}\xFF\x1B[2J\xE2\x80\xAE</script>";
  report.not_probed[0].what = std::string("\0\n\xC0", 3);
  const std::string text = text_of_result(report);
  EXPECT_TRUE(parse_json(text, "result.json"));
  EXPECT_TRUE(valid_utf8(text));
  EXPECT_EQ(text.find('\x1B'), std::string::npos);
  EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos);
}

TEST(Formats, HaveFilesOfTheirOwn) {
  std::map<std::string_view, std::string_view> files;
  for (const auto& format : all_formats())
    if (format.of_every_run) files[format.name] = format.file_name;
  EXPECT_EQ(files, (std::map<std::string_view, std::string_view>{{"json", "result.json"}, {"html", "report.html"}}));
}

// What of a finding a format must tell. The page leaves out notes that answer no item; SARIF is of what does not hold
// or could not be told; Prometheus counts (PrometheusText.CountsEveryVerdict).
bool is_due(std::string_view format, const Finding& finding, bool in_an_item) {
  if (format == "html") return in_an_item || finding.force != Force::Note;
  if (format == "sarif") return finding.verdict == Verdict::NotMet || finding.verdict == Verdict::Unknown;
  return true;
}

// A class of findings that a format leaves out is the worst fault a format can have.
TEST(Formats, EachChangeWithEveryVerdict) {
  for (const auto& format : all_formats()) {
    if (format.name == "prometheus") continue;
    const auto write = [&](const Report& report) {
      std::ostringstream out;
      format.write(report, sample::words(Language::Ja), out);
      return out.str();
    };
    const std::string whole = write(sample::report());
    for (std::size_t i = 0; i < sample::findings().size(); ++i) {
      Report report = sample::report();
      report.findings[i].because = {"sample-issuer", {{"issuer", "a mark of its own"}}};
      const std::string text = write(report);
      const bool shown = text.find("a mark of its own") != std::string::npos;
      const auto& finding = report.findings[i];
      const bool in_an_item = std::any_of(report.answers.begin(), report.answers.end(), [&](const auto& answer) {
        return std::find(answer.findings.begin(), answer.findings.end(), i) != answer.findings.end();
      });
      EXPECT_TRUE(shown || !is_due(format.name, finding, in_an_item)) << format.name << " leaves out " << finding.id;
    }
  }
}

}  // namespace
}  // namespace kenshin
