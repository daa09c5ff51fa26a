#include "reports/formats/sarif.h"

#include <map>
#include <ostream>

#include "probes/base/bytes.h"
#include "probes/base/crypto.h"
#include "probes/base/json_fields.h"
#include "probes/base/text.h"
#include "reports/formats/phrases.h"
#include "reports/formats/waived.h"

namespace kenshin {

namespace {

constexpr std::size_t sentence_limit = 2000;  // code points
constexpr std::string_view artifact = "kenshin.toml";

std::string clean(std::string_view text) { return one_line(text, sentence_limit); }
Json message(std::string_view text) { return {{"text", clean(text)}}; }

// 3.27.12: every result has a location; ours is the configuration that declares the target, which is named logically.
Json location(const Finding& finding) {
  const std::string target = clean(target_text(finding.target));
  return {{"physicalLocation", {{"artifactLocation", {{"uri", artifact}}}, {"region", {{"startLine", 1}}}}},
          {"logicalLocations",
           {{{"fullyQualifiedName", target}, {"kind", std::string(target_kind_name(finding.target.kind))}}}}};
}

std::string fingerprint(const Finding& finding) {
  const std::string key = finding.criterion.text + "\n" + std::string(target_kind_name(finding.target.kind)) + "\n" +
                          target_text(finding.target) + "\n" + finding.because.code;
  return hex(sha256(bytes_of(key)));
}

Json rule(const CriterionId& id, const Words& words) {
  return {{"id", id.text},
          {"shortDescription", message(criterion_words(id, words.of_reader()))},
          {"properties", {{"ja", clean(criterion_words(id, words.ja))}, {"en", clean(criterion_words(id, words.en))}}}};
}

Json result(const Finding& finding, std::size_t rule_index, const DeclaredWaiver* waiver, const Wording& words) {
  Json out = {{"ruleId", finding.criterion.text},
              {"ruleIndex", rule_index},
              {"kind", "fail"},
              {"level", finding.force == Force::Must ? "error" : "warning"},
              {"message", message(target_words(finding.target, words) + ": " + reason_words(finding.because, words) +
                                  " " + remedy_words(finding, words))},
              {"locations", Json::array({location(finding)})},
              {"partialFingerprints", {{"kenshin/1", fingerprint(finding)}}},
              {"properties",
               {{"verdict", verdict_name(finding.verdict)},
                {"force", force_name(finding.force)},
                {"reason", finding.because.code},
                {"row", clean(finding.row)},
                {"mark", mark_name(finding.mark)}}}};
  if (waiver)
    out["suppressions"] = Json::array(
        {{{"kind", "external"},
          {"justification", clean(words("item.waiver_text", {{"reason", waiver->reason},
                                                             {"approver", waiver->approver},
                                                             {"until", day_words(waiver->expires, words)}}))}}});
  return out;
}

Json notifications(const Report& report, const Wording& words) {
  Json out = Json::array();
  if (!report.facts.finished) out.push_back({{"level", "error"}, {"message", message(words("page.cut_short"))}});
  for (const Finding& finding : report.findings)
    if (finding.verdict == Verdict::Unknown)
      out.push_back(
          {{"level", finding.force == Force::Must ? "warning" : "note"},
           {"associatedRule", {{"id", finding.criterion.text}}},
           {"message", message(target_words(finding.target, words) + ": " + verdict_words(finding.verdict, words) +
                               " " + reason_words(finding.because, words))}});
  return out;
}

}  // namespace

void write_sarif(const Report& report, const Words& all_words, std::ostream& out) {
  const Wording& words = all_words.of_reader();
  const auto waivers = waivers_of_findings(report);
  std::map<CriterionId, std::size_t> index;
  Json rules = Json::array(), results = Json::array();
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    if (finding.verdict != Verdict::NotMet) continue;
    const auto [at, is_new] = index.emplace(finding.criterion, rules.size());
    if (is_new) rules.push_back(rule(finding.criterion, all_words));
    results.push_back(result(finding, at->second, waivers[i], words));
  }
  Json invocation = {{"executionSuccessful", report.facts.finished.has_value()},
                     {"startTimeUtc", to_text(report.facts.started)},
                     {"toolExecutionNotifications", notifications(report, words)}};
  if (report.facts.finished) invocation["endTimeUtc"] = to_text(*report.facts.finished);
  const Json document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                         {"version", "2.1.0"},
                         {"runs", Json::array({{{"tool",
                                                 {{"driver",
                                                   {{"name", "kenshin"},
                                                    {"version", report.facts.tool_version},
                                                    {"language", words.language() == Language::Ja ? "ja" : "en"},
                                                    {"rules", std::move(rules)}}}}},
                                                {"automationDetails", {{"id", "kenshin/" + report.profile.id + "/"}}},
                                                {"columnKind", "utf16CodeUnits"},
                                                {"invocations", Json::array({std::move(invocation)})},
                                                {"results", std::move(results)}}})}};
  out << document.dump(2, ' ', false, nlohmann::detail::error_handler_t::replace) << '\n';
}

}  // namespace kenshin
