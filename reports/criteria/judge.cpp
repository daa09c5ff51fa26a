// From facts to findings: which criteria apply to which target, with the force and the caution the profile gives.
#include <algorithm>
#include <array>
#include <stdexcept>

#include "reports/criteria/criterion.h"
#include "reports/criteria/domain_criteria.h"
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
         criterion.id.starts_with("http.") || criterion.id.starts_with("endpoint.");
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

// Rows whose targets are compared with one another (reports/criteria/*_across.h).
constexpr std::array<std::string_view, 5> compared = {"certificate.key_shared", "tls.weakness.drown",
                                                      "domain.certificate_older", "domain.former.reused",
                                                      "domain.caa_issuer"};

// A former domain is no longer the system's: only its own rows speak of it.
bool fits(const Criterion& criterion, const Target& target, const Facts& about) {
  if (criterion.judges != target.kind) return false;
  if (target.kind != TargetKind::Domain) return true;
  return speaks_of_former_domains(criterion) == (about.one<DeclaredFormerDomain>(target) != nullptr);
}

// As the profile's row weighs it; `spoken_of`: its item speaks of the target's role.
void weigh(Finding& finding, Judgement judgement, const ProfileRow& row, bool spoken_of) {
  const Force force = force_of(row, judgement);
  const bool recalled = judgement.verdict == Verdict::NotMet && force == Force::Must && row.mark == Mark::Recalled;
  finding.verdict = recalled ? Verdict::Attention : judgement.verdict;
  finding.force = spoken_of ? force : Force::Note;
  finding.because = std::move(judgement.because);
  finding.evidence = std::move(judgement.evidence);
}

}  // namespace

bool Judging::is_wanted(std::string_view criterion) const {
  return only_.empty() || std::find(only_.begin(), only_.end(), criterion) != only_.end();
}

void Judging::look_at(const Target& target, const Facts& about) {
  const Declared declared = declared_of(about, target);
  for (const Observation* seen : about.named(target, CertificateChain::name)) signs_.look_at(*seen);
  const bool compares = std::any_of(compared.begin(), compared.end(), [&](auto id) { return is_wanted(id); });
  if (compares && declared.owner != Owner::GeneralService) {
    keys_.look_at(target, about);
    domains_.look_at(target, about);
    caa_.look_at(target, about);
    roles_[target] = declared.role;
  }
  for (const Criterion& criterion : all_criteria()) {
    const ProfileRow* row = profile_.row_of({std::string(criterion.id)});
    if (!row || !fits(criterion, target, about) || !is_wanted(criterion.id)) continue;
    Judgement judgement = judgement_of(criterion, {about, target, profile_, on_}, declared.owner);
    Finding finding{"f" + std::to_string(findings_.size() + 1),
                    row->criterion,
                    target,
                    Verdict::Unknown,
                    Force::Note,
                    row->rank,
                    {},
                    {},
                    row->row,
                    row->mark};
    weigh(finding, std::move(judgement), *row, speaks_of(criterion, declared.role));
    findings_.push_back(std::move(finding));
  }
}

void Judging::compare() {
  auto said = keys_.said();
  for (auto& more : {domains_.said(), caa_.said()})
    for (const auto& [target, across] : more) said[target].insert(said[target].end(), across.begin(), across.end());
  for (Finding& finding : findings_) {
    const auto of_target = said.find(finding.target);
    if (of_target == said.end()) continue;
    for (const SaidAcross& across : of_target->second) {
      if (across.criterion != finding.criterion.text || !is_worse(across.judgement.verdict, finding.verdict)) continue;
      Judgement judgement = across.judgement;
      judgement.evidence.insert(judgement.evidence.begin(), finding.evidence.begin(), finding.evidence.end());
      weigh(finding, std::move(judgement), *profile_.row_of(finding.criterion),
            speaks_of(*criterion_named(finding.criterion.text), roles_.at(finding.target)));
    }
  }
}

std::vector<Finding> Judging::take() {
  compare();
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

}  // namespace kenshin
