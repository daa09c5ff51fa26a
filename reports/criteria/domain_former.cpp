// Document: checklist (2026), item 2.5.2-1.xiv: a name given up is taken by others, and old links, mail and cards lead
// patients there. A former domain is judged by these rows alone: kept, it must still be held; given up, it must not be
// free, nor in other hands.
#include "probes/base/text.h"
#include "probes/domain/holder.h"
#include "reports/criteria/domain_registration.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

const DeclaredFormerDomain& former_of(const Question& question) {
  static const DeclaredFormerDomain none;
  const auto* declared = question.facts.one<DeclaredFormerDomain>(question.target);
  return declared ? *declared : none;
}

bool was_released(const Question& question) { return former_of(question).intent == "released"; }

// The end of JPRS's month of suspension; in other states and registries the date says nothing of restoring.
std::optional<Day> shown_end(const Question& question, const Registration& seen) {
  const bool shows_it = seen.kind == RegistrationKind::General || seen.kind == RegistrationKind::Prefecture;
  if (!shows_it || !is_in_state(seen, "suspended") || !seen.expires || *seen.expires < question.on) return std::nullopt;
  return seen.expires;
}

Parameters told(const Question& question, const Registration& seen) {
  const auto& last_used = former_of(question).last_used;
  const auto until = shown_end(question, seen);
  const StateJudged state = judged_state(question, seen);
  return {{"last_used", last_used ? to_text(*last_used) : std::string()},
          {"created", seen.created ? to_text(*seen.created) : std::string()},
          {"state", state.decisive},
          {"text", seen.state_text},
          {"until", until ? to_text(*until) : std::string()}};
}

Judgement held_of(const Question& question, const Registration& seen) {
  if (was_released(question)) return judged(Verdict::NotApplicable, "former-released");
  if (auto differs = unless_zone_disagrees(question, seen)) return *differs;
  const Parameters said = told(question, seen);
  if (seen.registered == Answer::No) return judged(Verdict::NotMet, "former-not-held", said);
  if (auto why = unless_held_by_the_operator(question, seen)) return *why;
  if (seen.state.empty()) return judged(Verdict::Unknown, "state-not-shown");
  const Verdict state = judged_state(question, seen).verdict;
  if (state == Verdict::NotMet)
    return judged(state, shown_end(question, seen) ? "former-lapsing-until" : "former-lapsing", said);
  if (state == Verdict::Attention) return judged(state, "former-state-odd", said);
  const auto missing = missing_locks(seen);
  return missing.empty() ? judged(Verdict::Met, "former-held", said)
                         : judged(Verdict::Attention, "former-unlocked", {{"missing", join(missing, ", ")}});
}

// Registered again after the clinic stopped using it: whose it is, the holder tells, or the name servers
// (reports/criteria/domain_across.h).
Judgement taken_anew(const Question& question, const Registration& seen, const Parameters& said) {
  switch (seen.holder_compared) {
    case HolderCompared::Same: return judged(Verdict::Met, "former-ours-again", said);
    case HolderCompared::Other: return judged(Verdict::NotMet, "former-reused", said);
    case HolderCompared::Unknown: break;
  }
  const auto* before = question.facts.one<DeclaredBaseline>(question.target);
  const bool other_holder = before && !before->holder_hash.empty() && !seen.holder_hash.empty() &&
                            salt_of(before->holder_hash) == salt_of(seen.holder_hash) &&
                            before->holder_hash != seen.holder_hash;
  return other_holder ? judged(Verdict::NotMet, "former-reused", said)
                      : judged(Verdict::Attention, "former-registered-anew", said);
}

Judgement reused_of(const Question& question, const Registration& seen) {
  if (const auto platform = platform_of(question.target))
    return judged(Verdict::Attention, "former-on-platform", {{"platform", *platform}});
  if (was_released(question))
    if (auto differs = unless_zone_disagrees(question, seen)) return *differs;
  const Parameters said = told(question, seen);
  if (seen.registered == Answer::No && was_released(question)) return judged(Verdict::NotMet, "former-free", said);
  if (auto why = unless_registered(seen)) return *why;
  if (was_released(question) && judged_state(question, seen).verdict == Verdict::NotMet)
    return judged(Verdict::NotMet, shown_end(question, seen) ? "former-lapsed-until" : "former-lapsed", said);
  if (!seen.created) return judged(Verdict::Unknown, "created-not-shown");
  const auto& last_used = former_of(question).last_used;
  if (!last_used) return judged(Verdict::Unknown, "last-use-not-declared", said);
  if (*seen.created > *last_used + registry_slack) return taken_anew(question, seen, said);
  return seen.holder_compared == HolderCompared::Other ? judged(Verdict::Attention, "former-holder-other", said)
                                                       : judged(Verdict::Met, "former-not-reused", said);
}

}  // namespace

Judgement judge_former_held(const Question& question) {
  return with_delegation(question, worst_of<Registration>(question, [&](const Registration& seen, const Observation&) {
                           return held_of(question, seen);
                         }));
}

Judgement judge_former_reused(const Question& question) {
  return with_delegation(question, worst_of<Registration>(question, [&](const Registration& seen, const Observation&) {
                           return reused_of(question, seen);
                         }));
}

Judgement judge_former_listed(const Question& question) {
  const auto declared = question.facts.of<DeclaredClinic>(question.target);
  const auto* clinic = question.facts.one<DeclaredClinic>(question.target);
  if (!clinic) return judged(Verdict::Unknown, "never-observed");
  Judgement out = judged(Verdict::Unknown, "former-never-asked");
  if (clinic->former_domains_listed == Answer::Yes) out = judged(Verdict::Met, "former-listed");
  if (clinic->former_domains_listed == Answer::No) out = judged(Verdict::Attention, "former-not-listed");
  for (const Observation* seen : declared) out.evidence.push_back(seen->id);
  return out;
}

}  // namespace kenshin
