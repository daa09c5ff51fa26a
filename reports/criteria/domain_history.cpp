// Document: checklist (2026), item 2.5.2-1.xiv. A missing lock and an age that does not fit are questions to a person,
// never breaches: some registrars offer no lock for .jp, and a start day may be mistyped or inherited (承継).
#include <algorithm>
#include <chrono>

#include "probes/base/text.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

using std::chrono::days;

bool has(const std::vector<std::string>& all, std::string_view wanted) {
  return std::find(all.begin(), all.end(), wanted) != all.end();
}

// The locks a name of that kind can carry and does not.
std::vector<std::string> missing_locks(const Registration& seen) {
  std::vector<std::string> missing;
  const auto want = [&](const char* lock) {
    if (!has(seen.locks, lock)) missing.emplace_back(lock);
  };
  switch (seen.kind) {
    case RegistrationKind::General:
    case RegistrationKind::Prefecture: want("AgentChangeLocked"), want("DomainTransferLocked"); break;
    case RegistrationKind::Organisational:
    case RegistrationKind::Geographic: want("AgentChangeLocked"); break;
    case RegistrationKind::Gtld:
      if (!has(seen.state, "client transfer prohibited") && !has(seen.state, "server transfer prohibited"))
        missing.emplace_back("transfer prohibited");
      break;
    case RegistrationKind::Unknown: break;
  }
  return missing;
}

Judgement lock_of(const Registration& seen) {
  if (seen.registered == Answer::No) return judged(Verdict::NotApplicable, "no-registration");
  if (seen.registered != Answer::Yes || seen.kind == RegistrationKind::Unknown)
    return judged(Verdict::Unknown, "registration-undecided", {{"source", seen.server}});
  const auto missing = missing_locks(seen);
  return missing.empty() ? judged(Verdict::Met, "locked")
                         : judged(Verdict::Attention, "lock-missing", {{"missing", join(missing, ", ")}});
}

// Since when the operator says the name serves, or when a former one last served.
std::optional<Day> known_since(const Question& question) {
  if (const auto* declared = question.facts.one<DeclaredDomain>(question.target)) return declared->in_service_since;
  if (const auto* former = question.facts.one<DeclaredFormerDomain>(question.target)) return former->last_used;
  return std::nullopt;
}

bool change_was_approved(const Question& question, Day created) {
  const auto* declared = question.facts.one<DeclaredDomain>(question.target);
  if (!declared) return false;
  return std::any_of(declared->approved_changes.begin(), declared->approved_changes.end(),
                     [&](const ApprovedChange& change) { return abs(change.on - created) <= days(31); });
}

Judgement age_of(const Question& question, const Registration& seen) {
  if (seen.registered == Answer::No) return judged(Verdict::NotApplicable, "no-registration");
  if (seen.registered != Answer::Yes)
    return judged(Verdict::Unknown, "registration-undecided", {{"source", seen.server}});
  if (!seen.created) return judged(Verdict::Unknown, "created-not-shown");
  const auto since = known_since(question);
  const Parameters dated = {{"created", to_text(*seen.created)}, {"since", since ? to_text(*since) : std::string()}};
  if (since && *seen.created > *since + days(1))
    return change_was_approved(question, *seen.created) ? judged(Verdict::Met, "created-anew-approved", dated)
                                                        : judged(Verdict::Attention, "created-after-start", dated);
  const bool young = (question.on - *seen.created).count() <= question.profile.domain.young_days;
  if (!young) return judged(Verdict::Met, "not-young", dated);
  return since ? judged(Verdict::Met, "young-as-declared", dated) : judged(Verdict::Attention, "young", dated);
}

}  // namespace

Judgement judge_domain_lock(const Question& question) {
  return worst_of<Registration>(question, [](const Registration& seen, const Observation&) { return lock_of(seen); });
}

Judgement judge_domain_young(const Question& question) {
  return worst_of<Registration>(question,
                                [&](const Registration& seen, const Observation&) { return age_of(question, seen); });
}

}  // namespace kenshin
