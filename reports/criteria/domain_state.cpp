// Document: checklist (2026), item 2.5.2-1.xiv: care that the domain is neither transferred improperly nor reused by
// others. Registry words: RFC 8056 (EPP and RDAP states), JPRS's life cycle of .jp names for the rest.
#include <algorithm>

#include "probes/domain/public_suffix.h"
#include "reports/criteria/domain_registration.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

Judgement state_of(const Question& question, const Registration& seen) {
  if (auto why = unless_registered(seen)) return *why;
  if (seen.state.empty()) return judged(Verdict::Unknown, "state-not-shown");
  const StateJudged state = judged_state(question, seen);
  const Parameters told = {{"state", state.decisive}, {"text", seen.state_text}};
  switch (state.verdict) {
    case Verdict::NotMet: return judged(Verdict::NotMet, "state-lost", told);
    case Verdict::Attention: return judged(Verdict::Attention, "state-odd", told);
    default: return judged(Verdict::Met, "state-in-use", told);
  }
}

// Registered, in use, and yet not in the zone above: a name that is held back or has no name servers is not.
bool should_be_delegated(const Registration& seen) {
  return !seen.name_servers.empty() && std::none_of(seen.state.begin(), seen.state.end(), [](const std::string& state) {
    return state.ends_with(" hold") || state == "inactive" || state == "suspended" || state == "to be deleted" ||
           state == "deleted" || state == "redemption period" || state == "pending delete";
  });
}

Judgement registered_of(const Question& question, const Registration& seen) {
  if (auto differs = unless_zone_disagrees(question, seen)) return *differs;
  const Parameters told = {{"source", seen.server}};
  switch (seen.registered) {
    case Answer::Yes:
      if (is_delegated(question) == Answer::No && should_be_delegated(seen))
        return judged(Verdict::Attention, "registered-not-in-dns", told);
      return judged(Verdict::Met, "registered", told);
    case Answer::No: return judged(Verdict::NotMet, "not-registered", told);
    default: return judged(Verdict::Unknown, "registration-undecided", told);
  }
}

}  // namespace

Judgement judge_domain_registered(const Question& question) {
  return with_delegation(question, worst_of<Registration>(question, [&](const Registration& seen, const Observation&) {
                           return registered_of(question, seen);
                         }));
}

Judgement judge_domain_state(const Question& question) {
  return worst_of<Registration>(question,
                                [&](const Registration& seen, const Observation&) { return state_of(question, seen); });
}

Judgement judge_domain_own_name(const Question& question) {
  if (question.facts.of<Registration>(question.target).empty()) return judged(Verdict::Unknown, "never-observed");
  const auto platform = platform_of(question.target);
  Judgement out;
  if (platform) out = judged(Verdict::Attention, "name-on-platform", {{"platform", *platform}});
  else if (registry_name(question.target.name)) out = judged(Verdict::Met, "name-of-its-own");
  else out = judged(Verdict::Unknown, "name-not-registrable");
  for (const Observation* seen : question.facts.of<Registration>(question.target)) out.evidence.push_back(seen->id);
  return out;
}

}  // namespace kenshin
