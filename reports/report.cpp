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

Result<Report> make_report(SavedFacts saved, Profile profile, Catalogue catalogue, std::optional<Checklist> checklist,
                           Day on, std::vector<DataFileUsed> data, Beside beside) {
  const auto targets = saved.targets();
  Report out{saved.outline(),
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
             std::move(beside.configuration),
             std::move(saved)};
  Judging judging(out.profile, on);
  IpaGrading grading(beside.grades, on);
  AskedOfAll asked;
  for (const Target& target : targets) {
    const auto about = out.saved.about(target);
    if (!about) return about.error();
    judging.look_at(target, *about);
    grading.look_at(target, *about);
    asked.look_at(target, *about);
    const auto silent = not_probed_of(target, *about);
    out.not_probed.insert(out.not_probed.end(), silent.begin(), silent.end());
    const auto* declared = about->one<DeclaredEndpoint>(target);
    if (declared && declared->role == Role::Media)
      for (const Observation* seen : about->of<TlsVersions>(target)) out.facts.add(*seen);
  }
  out.findings = judging.take();
  out.answers = merge(out.catalogue, out.checklist ? &*out.checklist : nullptr, out.findings, out.facts, on);
  const auto at_all = not_probed_at_all(targets, out.facts, asked);
  out.not_probed.insert(out.not_probed.end(), at_all.begin(), at_all.end());
  out.coverage = coverage_of(out.catalogue, out.answers, out.findings, on);
  if (const auto grade = grading.take())
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
  const bool only_worse = fail_on == FailOn::Regression;
  if (fail_on == FailOn::None || (only_worse && !report.changes)) return 0;
  if (only_worse && is_regression(*report.changes)) return 2;
  bool machine_asked = false, machine_determined = false, determined = false, unknown = false;
  for (std::size_t i = 0; i < report.answers.size(); ++i) {
    const auto& answer = report.answers[i];
    const auto by = report.catalogue.items[i].answered_by;
    if (by == AnsweredBy::Person) continue;
    if (!only_worse && !answer.waiver && has_finding(report, answer, Verdict::NotMet)) return 2;
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
