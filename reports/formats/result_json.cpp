#include "reports/formats/result_json.h"

#include <array>
#include <ostream>

#include "probes/base/json_fields.h"
#include "reports/formats/phrases.h"

namespace kenshin {

namespace {

constexpr std::size_t sentence_limit = 2000;  // code points; parameters are cut to 300 where they are made

template <class T>
Json day_or_null(const std::optional<T>& at) {
  return at ? Json(to_text(*at)) : Json(nullptr);
}
Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(one_line(text)); }
Json both(const BothLanguages& text) { return {{"ja", text.ja}, {"en", text.en}}; }

template <class Sentence>
Json in_both(const Words& words, Sentence sentence) {
  return {{"ja", one_line(sentence(words.ja), sentence_limit)}, {"en", one_line(sentence(words.en), sentence_limit)}};
}

Json editions_json(const Report& report) {
  return {{"catalogue", report.catalogue.edition},
          {"checklist", report.checklist ? Json(report.checklist->edition) : Json(nullptr)},
          {"profile", report.profile.edition},
          {"suites", report.profile.suites.edition},
          {"end_of_support", report.profile.support.edition}};
}

Json data_json(const Report& report) {
  Json out = Json::array();
  for (const auto& file : report.data)
    out.push_back({{"name", file.name},
                   {"edition", file.edition},
                   {"as_of", file.as_of ? Json(to_text(*file.as_of)) : Json(nullptr)},
                   {"source", file.source},
                   {"old", file.old},
                   {"empty", file.empty}});
  return out;
}

Json counts_json(const Report& report) {
  constexpr std::array states = {Observed::Met,    Observed::Supported, Observed::Conditional,   Observed::Attention,
                                 Observed::NotMet, Observed::Unknown,   Observed::NotApplicable, Observed::NotObserved};
  constexpr std::array verdicts = {Verdict::Met,    Verdict::Conditional, Verdict::Attention,
                                   Verdict::NotMet, Verdict::Unknown,     Verdict::NotApplicable};
  Json items = Json::object(), findings = Json::object();
  for (const Observed state : states) items[std::string(observed_name(state))] = report.count(state);
  for (const Verdict verdict : verdicts) findings[std::string(verdict_name(verdict))] = 0;
  for (const auto& finding : report.findings) {
    auto& count = findings[std::string(verdict_name(finding.verdict))];
    count = count.get<int>() + 1;
  }
  return {{"items", std::move(items)},
          {"findings", std::move(findings)},
          {"contradictions", report.contradictions()},
          {"waived", report.waived()}};
}

Json decisions_json(const ItemAnswer& answer) {
  Json out = Json::array();
  for (const auto* d : answer.decisions)
    out.push_back({{"verdict", one_line(d->verdict)},
                   {"by", one_line(d->by)},
                   {"role", one_line(d->role)},
                   {"on", to_text(d->on)},
                   {"basis", one_line(d->basis, sentence_limit)},
                   {"comment", one_line(d->comment, sentence_limit)},
                   {"review_by", day_or_null(d->review_by)}});
  return out;
}

Json documents_json(const ItemAnswer& answer) {
  Json out = Json::array();
  for (const auto* d : answer.documents)
    out.push_back({{"title", one_line(d->title)},
                   {"version", one_line(d->version)},
                   {"date", day_or_null(d->date)},
                   {"valid_until", day_or_null(d->valid_until)},
                   {"file", text_or_null(d->file)},
                   {"sha256", text_or_null(d->sha256)},
                   {"problem", text_or_null(d->problem)}});
  return out;
}

Json waiver_json(const DeclaredWaiver* waiver) {
  if (!waiver) return nullptr;
  return {{"target", one_line(waiver->target)},     {"reason", one_line(waiver->reason, sentence_limit)},
          {"approver", one_line(waiver->approver)}, {"created", to_text(waiver->created)},
          {"expires", to_text(waiver->expires)},    {"ticket", one_line(waiver->ticket)}};
}

Json reason_json(const Reason& reason, const Words& words) {
  Json parameters = Json::object();
  for (const auto& [name, value] : reason.parameters)
    if (!parameters.contains(name)) parameters[name] = one_line(value, sentence_limit);
  Json out = {{"code", reason.code}, {"parameters", std::move(parameters)}};
  out.update(in_both(words, [&](const Wording& language) { return reason_words(reason, language); }));
  return out;
}

Json configuration_json(const Report& report, const Finding& finding) {
  const auto* lines = report.configuration.of(finding);
  return lines ? Json(*lines) : Json(nullptr);
}

Json ids_json(const std::vector<CriterionId>& ids) {
  Json out = Json::array();
  for (const auto& id : ids) out.push_back(id.text);
  return out;
}

Json grade_json(const IpaGrade* ipa, const Words& words) {
  if (!ipa) return nullptr;
  Json out = {{"ipa", ipa->grade ? Json(grade_name(*ipa->grade)) : Json("unknown")},
              {"at_most", grade_name(ipa->at_most)},
              {"edition", ipa->edition},
              {"held_back_by", ids_json(ipa->held_back_by)},
              {"undecided_over", ids_json(ipa->undecided_over)}};
  out.update(in_both(words, [&](const Wording& language) { return grade_words(*ipa, language); }));
  return out;
}

Json items_json(const Report& report, const Words& words) {
  Json out = Json::array();
  for (const auto& answer : report.answers) {
    const CatalogueItem* item = report.catalogue.find(answer.id);
    Json findings = Json::array(), because_of = Json::array();
    for (const std::size_t index : answer.findings) findings.push_back(report.findings.at(index).id);
    for (const auto& id : answer.because_of) because_of.push_back(id.text);
    const bool printed = report.checklist && answer.checklist_item < report.checklist->items.size();
    out.push_back({{"id", answer.id.text},
                   {"title", item ? both(item->title) : Json(nullptr)},
                   {"line", printed ? Json(report.checklist->items[answer.checklist_item].line) : Json(nullptr)},
                   {"declared", declared_name(answer.declared)},
                   {"observed", observed_name(answer.observed)},
                   {"grade", grade_json(report.grade_of(answer.id), words)},
                   {"agreement", agreement_name(answer.agreement)},
                   {"scope", answer.probed_only ? "probed_only" : "complete"},
                   {"findings", std::move(findings)},
                   {"because_of", std::move(because_of)},
                   {"decisions", decisions_json(answer)},
                   {"documents", documents_json(answer)},
                   {"waiver", waiver_json(answer.waiver)}});
  }
  return out;
}

Json finding_json(const Report& report, const Finding& finding, const Words& words) {
  const bool nothing_to_do = finding.verdict == Verdict::Met || finding.verdict == Verdict::NotApplicable;
  Json evidence = Json::array();
  for (const auto& id : finding.evidence) evidence.push_back(one_line(id.text));
  return {
      {"id", finding.id},
      {"criterion", finding.criterion.text},
      {"target", {{"kind", target_kind_name(finding.target.kind)}, {"name", one_line(target_text(finding.target))}}},
      {"verdict", verdict_name(finding.verdict)},
      {"force", force_name(finding.force)},
      {"because", reason_json(finding.because, words)},
      {"meaning",
       nothing_to_do ? Json(nullptr) : in_both(words, [&](const Wording& w) { return meaning_words(finding, w); })},
      {"configuration", configuration_json(report, finding)},
      {"remedy",
       nothing_to_do ? Json(nullptr) : in_both(words, [&](const Wording& w) { return remedy_words(finding, w); })},
      {"evidence", std::move(evidence)},
      {"row", one_line(finding.row)},
      {"rank", finding.rank},
      {"mark", mark_name(finding.mark)}};
}

Json not_probed_json(const Report& report, const Words& words) {
  Json out = Json::array();
  for (const auto& not_probed : report.not_probed) {
    Json row = {{"what", one_line(not_probed.what)}, {"why", not_probed.why.code}};
    row.update(in_both(words, [&](const Wording& language) { return not_probed_words(not_probed, language); }));
    out.push_back(std::move(row));
  }
  return out;
}

Json coverage_json(const Coverage& coverage) {
  Json open = Json::array();
  for (const auto& id : coverage.open) open.push_back(id.text);
  return {{"answered", coverage.answered}, {"of", coverage.of}, {"open", std::move(open)}};
}

// As dump(2) would write it further in.
void write_indented(const Json& value, std::string_view indent, std::ostream& out) {
  const std::string text = value.dump(2, ' ', false, nlohmann::detail::error_handler_t::replace);
  std::string_view rest = text;
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    out << rest.substr(0, end + 1) << indent;
    rest.remove_prefix(end + 1);
  }
  out << rest;
}

void write_member(std::string_view name, const Json& value, std::string_view ending, std::ostream& out) {
  out << "  " << Json(name) << ": ";
  write_indented(value, "  ", out);
  out << ending;
}

// One by one: there may be a hundred thousand.
void write_findings(const Report& report, const Words& words, std::ostream& out) {
  out << "  \"findings\": [";
  for (const auto& finding : report.findings) {
    out << (&finding == &report.findings.front() ? "\n    " : ",\n    ");
    write_indented(finding_json(report, finding, words), "    ", out);
  }
  out << (report.findings.empty() ? "],\n" : "\n  ],\n");
}

}  // namespace

void write_result_json(const Report& report, const Words& words, std::ostream& out) {
  const DeclaredClinic clinic = report.clinic();
  const auto& profile = report.profile;
  const Json head = {
      {"schema", "kenshin.result/1"},
      {"profile",
       {{"id", profile.id}, {"edition", profile.edition}, {"ja", profile.title_ja}, {"en", profile.title_en}}},
      {"judged_on", to_text(report.judged_on)},
      {"clinic", {{"name", one_line(clinic.clinic_name)}, {"public_url", one_line(clinic.public_url)}}},
      {"confirmed_on", report.checklist ? day_or_null(report.checklist->confirmed_on) : Json(nullptr)},
      {"confirmed_by", report.checklist ? text_or_null(report.checklist->confirmed_by) : Json(nullptr)},
      {"facts",
       {{"tool_version", report.facts.tool_version},
        {"started", to_text(report.facts.started)},
        {"finished", day_or_null(report.facts.finished)},
        {"observations", report.saved.observations()}}},
      {"editions", editions_json(report)},
      {"data", data_json(report)},
      {"counts", counts_json(report)},
      {"coverage", coverage_json(report.coverage)},
      {"items", items_json(report, words)}};
  out << "{\n";
  for (const auto& [name, value] : head.items()) write_member(name, value, ",\n", out);
  write_findings(report, words, out);
  write_member("not_probed", not_probed_json(report, words), "\n}\n", out);
}

}  // namespace kenshin
