// From facts to findings: which criteria apply to which target, with the force and the caution the profile gives.
#include <algorithm>
#include <stdexcept>

#include "reports/criteria/criterion.h"
#include "reports/criteria/evidence.h"

namespace kenshin {

namespace {

struct Declared {
  Role role = Role::Consult;
  Owner owner = Owner::Unknown;
};

Declared declared_of(const Facts& facts, const Target& target) {
  if (const auto* e = facts.one<DeclaredEndpoint>(target)) return {e->role, e->owner};
  if (const auto* d = facts.one<DeclaredDomain>(target)) return {d->role, d->owner};
  if (const auto* h = facts.one<DeclaredHost>(target)) return {h->role, h->owner};
  if (target.kind == TargetKind::Host) return {Role::Terminal, Owner::Unknown};
  return {};
}

bool speaks_of(const Criterion& criterion, Role role) {
  return criterion.roles.empty() ||
         std::find(criterion.roles.begin(), criterion.roles.end(), role) != criterion.roles.end();
}

bool goes_over_tls(const Criterion& criterion) {
  return criterion.id.starts_with("tls.") || criterion.id.starts_with("certificate.") ||
         criterion.id.starts_with("http.");
}

Judgement through(const Interception& interception) {
  Judgement out = judged(Verdict::Unknown, "vantage", {{"issuer", interception.issuer}});
  out.evidence = interception.evidence;
  return out;
}

Judgement judgement_of(const Criterion& criterion, const Question& question, Owner owner) {
  if (owner == Owner::GeneralService) return judged(Verdict::NotApplicable, "general-service");
  Judgement judgement = criterion.judge(question);
  if (!criterion.verdicts.contains(judgement.verdict))
    throw std::logic_error(std::string(criterion.id) +
                           " gave a verdict it does not declare: " + std::string(verdict_name(judgement.verdict)));
  return judgement;
}

// What was found amiss may weigh more than what could not be told; a question nobody had yet weighs as advice.
Force force_of(const ProfileRow& row, const Judgement& judgement) {
  if (judgement.never_asked) return std::min(row.force, Force::Should);
  return judgement.verdict == Verdict::NotMet ? row.found.value_or(row.force) : row.force;
}

}  // namespace

bool Judging::is_wanted(std::string_view criterion) const {
  return only_.empty() || std::find(only_.begin(), only_.end(), criterion) != only_.end();
}

void Judging::look_at(const Target& target, const Facts& about) {
  const Declared declared = declared_of(about, target);
  for (const Observation* seen : about.named(target, CertificateChain::name)) signs_.look_at(*seen);
  for (const Criterion& criterion : all_criteria()) {
    const ProfileRow* row = profile_.row_of({std::string(criterion.id)});
    if (!row || criterion.judges != target.kind || !is_wanted(criterion.id)) continue;
    Judgement judgement = judgement_of(criterion, {about, target, profile_, on_}, declared.owner);
    const Force force = force_of(*row, judgement);
    if (judgement.verdict == Verdict::NotMet && force == Force::Must && row->mark == Mark::Recalled)
      judgement.verdict = Verdict::Attention;
    findings_.push_back({"f" + std::to_string(findings_.size() + 1), row->criterion, target, judgement.verdict,
                         speaks_of(criterion, declared.role) ? force : Force::Note, row->rank,
                         std::move(judgement.because), std::move(judgement.evidence), row->row, row->mark});
  }
}

std::vector<Finding> Judging::take() {
  const auto suspected = signs_.suspected();
  for (Finding& finding : findings_) {
    const auto through_whom = suspected.find(finding.target);
    const Criterion* criterion = criterion_named(finding.criterion.text);
    if (through_whom == suspected.end() || !goes_over_tls(*criterion) || finding.because.code == "general-service")
      continue;
    Judgement judgement = through(through_whom->second);
    finding.verdict = judgement.verdict;
    finding.because = std::move(judgement.because);
    finding.evidence = std::move(judgement.evidence);
  }
  return std::move(findings_);
}

std::vector<Finding> judge(const Facts& facts, const Profile& profile, Day on) {
  Judging judging(profile, on);
  for (const Target& target : facts.targets()) judging.look_at(target, facts);
  return judging.take();
}

}  // namespace kenshin
