// Document: checklist (2026), item 2.5.2-1.xiv: care that the domain is neither transferred improperly nor reused by
// others. Registry words: RFC 8056 (EPP and RDAP states), JPRS's life cycle of .jp names for the rest.
#include <algorithm>

#include "probes/base/text.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

Judgement unregistered(const Registration& seen) {
  if (seen.registered == Answer::No) return judged(Verdict::NotApplicable, "no-registration");
  return judged(Verdict::Unknown, "registration-undecided", {{"source", seen.server}});
}

bool renews_itself(const Question& question) {
  const auto* declared = question.facts.one<DeclaredDomain>(question.target);
  return declared && declared->auto_renew == Answer::Yes;
}

Judgement state_of(const Question& question, const Registration& seen) {
  if (seen.registered != Answer::Yes) return unregistered(seen);
  if (seen.state.empty()) return judged(Verdict::Unknown, "state-not-shown");
  Verdict worst = Verdict::Met;
  std::string decisive;
  for (const std::string& state : seen.state) {
    const auto known = question.profile.domain.states.find(state);
    Verdict verdict = known == question.profile.domain.states.end() ? Verdict::Attention : known->second;
    if (state == "auto renew period" && renews_itself(question)) verdict = Verdict::Met;
    if (decisive.empty() || is_worse(verdict, worst)) worst = verdict, decisive = state;
  }
  const Parameters told = {{"state", decisive}, {"text", seen.state_text}};
  switch (worst) {
    case Verdict::NotMet: return judged(Verdict::NotMet, "state-lost", told);
    case Verdict::Attention: return judged(Verdict::Attention, "state-odd", told);
    default: return judged(Verdict::Met, "state-in-use", told);
  }
}

Judgement expiry_of(const Question& question, const Registration& seen) {
  if (seen.registered != Answer::Yes) return unregistered(seen);
  if (!seen.expires) return judged(Verdict::Unknown, "expiry-not-shown");
  const auto left = (*seen.expires - question.on).count();
  const Parameters dated = {{"expires", to_text(*seen.expires)}, {"days", std::to_string(left)}};
  if (left < 0) return judged(Verdict::Attention, "expiry-past", dated);
  if (left > question.profile.domain.expiry_warn_days) return judged(Verdict::Met, "expiry-far", dated);
  return renews_itself(question) ? judged(Verdict::Met, "expiry-renews-itself", dated)
                                 : judged(Verdict::Attention, "expiry-near", dated);
}

}  // namespace

Judgement judge_domain_registered(const Question& question) {
  return worst_of<Registration>(question, [](const Registration& seen, const Observation&) {
    const Parameters told = {{"source", seen.server}};
    switch (seen.registered) {
      case Answer::Yes: return judged(Verdict::Met, "registered", told);
      case Answer::No: return judged(Verdict::NotMet, "not-registered", told);
      default: return judged(Verdict::Unknown, "registration-undecided", told);
    }
  });
}

Judgement judge_domain_state(const Question& question) {
  return worst_of<Registration>(question,
                                [&](const Registration& seen, const Observation&) { return state_of(question, seen); });
}

Judgement judge_domain_expiry(const Question& question) {
  return worst_of<Registration>(
      question, [&](const Registration& seen, const Observation&) { return expiry_of(question, seen); });
}

}  // namespace kenshin
