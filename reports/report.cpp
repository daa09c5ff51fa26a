#include "reports/report.h"

#include <algorithm>

#include "reports/checklist/merge.h"
#include "reports/criteria/criterion.h"

namespace kenshin {

DeclaredClinic Report::clinic() const {
  const auto* declared = facts.one<DeclaredClinic>({TargetKind::Clinic, "", 0});
  return declared ? *declared : DeclaredClinic{};
}

// A recommended row that this copy of the form lacks is shown, but not counted among its items.
bool Report::is_in_document(const ItemAnswer& answer) const {
  const auto* item = catalogue.find(answer.id);
  return !item || !item->optional || answer.checklist_item != ItemAnswer::npos;
}

int Report::items() const {
  return static_cast<int>(
      std::count_if(answers.begin(), answers.end(), [&](const ItemAnswer& a) { return is_in_document(a); }));
}

int Report::count(Observed observed) const {
  return static_cast<int>(std::count_if(answers.begin(), answers.end(), [&](const ItemAnswer& a) {
    return a.observed == observed && is_in_document(a);
  }));
}

int Report::contradictions() const {
  return static_cast<int>(std::count_if(answers.begin(), answers.end(),
                                        [](const ItemAnswer& a) { return a.agreement == Agreement::Contradicts; }));
}

int Report::waived() const {
  return static_cast<int>(
      std::count_if(answers.begin(), answers.end(), [](const ItemAnswer& a) { return a.waiver != nullptr; }));
}

const IpaGrade* Report::grade_of(const ItemId& id) const {
  const auto at = std::find_if(grades.begin(), grades.end(), [&](const ItemGrade& it) { return it.item == id; });
  return at == grades.end() ? nullptr : &at->ipa;
}

namespace {

bool speaks_of_suites(const CatalogueItem& item) {
  return std::any_of(item.criteria.begin(), item.criteria.end(),
                     [](const CriterionId& id) { return id.text == "tls.suites.listed"; });
}

}  // namespace

Report make_report(Facts facts, Profile profile, Catalogue catalogue, std::optional<Checklist> checklist, Day on,
                   std::vector<DataFileUsed> data, Beside beside) {
  Report out{std::move(facts),
             std::move(profile),
             std::move(catalogue),
             std::move(checklist),
             on,
             {},
             {},
             {},
             {},
             std::move(data),
             {},
             std::move(beside.configuration)};
  out.findings = judge(out.facts, out.profile, on);
  out.answers = merge(out.catalogue, out.checklist ? &*out.checklist : nullptr, out.findings, out.facts, on);
  out.not_probed = not_probed(out.facts);
  out.coverage = coverage_of(out.catalogue, out.answers, out.findings, on);
  if (const auto grade = ipa_grade(out.facts, beside.grades, on))
    for (const auto& item : out.catalogue.items)
      if (speaks_of_suites(item)) out.grades.push_back({item.id, *grade});
  return out;
}

namespace {

bool has_finding(const Report& report, const ItemAnswer& answer, Verdict verdict) {
  return std::any_of(answer.findings.begin(), answer.findings.end(), [&](std::size_t i) {
    return report.findings[i].force == Force::Must && report.findings[i].verdict == verdict;
  });
}

bool is_determined(const ItemAnswer& answer) {
  return answer.observed != Observed::NotObserved && answer.observed != Observed::Unknown &&
         answer.observed != Observed::NotApplicable;
}

}  // namespace

int exit_code(const Report& report, FailOn fail_on) {
  if (fail_on == FailOn::None) return 0;
  bool machine_asked = false, machine_determined = false, determined = false, unknown = false;
  for (std::size_t i = 0; i < report.answers.size(); ++i) {
    const auto& answer = report.answers[i];
    const auto by = report.catalogue.items[i].answered_by;
    if (by == AnsweredBy::Person) continue;
    if (!answer.waiver && has_finding(report, answer, Verdict::NotMet)) return 2;
    unknown = unknown || has_finding(report, answer, Verdict::Unknown);
    determined = determined || (is_determined(answer) && !answer.findings.empty());
    if (by != AnsweredBy::Machine || answer.observed == Observed::NotObserved ||
        answer.observed == Observed::NotApplicable)
      continue;
    machine_asked = true;
    machine_determined = machine_determined || is_determined(answer);
  }
  if (!report.facts.finished) return 3;  // what was not reached is not determined
  if (fail_on == FailOn::Unknown && unknown) return 3;
  return (machine_asked ? machine_determined : determined) ? 0 : 3;
}

}  // namespace kenshin
