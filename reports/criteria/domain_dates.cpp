// Document: checklist (2026), item 2.5.2-1.xiv. An age that does not fit is a question to a person, never a breach: a
// start day may be mistyped or inherited (承継), and a transfer of holder (移転) makes JPRS count from anew.
#include <chrono>

#include "reports/criteria/domain_registration.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

std::optional<Day> in_service_since(const Question& question) {
  const auto* declared = question.facts.one<DeclaredDomain>(question.target);
  return declared ? declared->in_service_since : std::nullopt;
}

Parameters dated(const Registration& seen, const std::optional<Day>& since) {
  return {{"created", to_text(*seen.created)}, {"since", since ? to_text(*since) : std::string()}};
}

Judgement created_of(const Question& question, const Registration& seen) {
  if (auto why = unless_held_by_the_operator(question, seen)) return *why;
  if (!seen.created) return judged(Verdict::Unknown, "created-not-shown");
  const auto since = in_service_since(question);
  if (!since) return judged(Verdict::Unknown, "start-not-declared", dated(seen, since));
  if (*seen.created <= *since + registry_slack) return judged(Verdict::Met, "created-before-start", dated(seen, since));
  return change_was_approved_around(question, *seen.created)
             ? judged(Verdict::Met, "created-anew-approved", dated(seen, since))
             : judged(Verdict::Attention, "created-after-start", dated(seen, since));
}

Judgement age_of(const Question& question, const Registration& seen) {
  if (auto why = unless_held_by_the_operator(question, seen)) return *why;
  if (!seen.created) return judged(Verdict::Unknown, "created-not-shown");
  const auto since = in_service_since(question);
  if ((question.on - *seen.created).count() > question.profile.domain.young_days)
    return judged(Verdict::Met, "not-young", dated(seen, since));
  const bool as_declared = since && *seen.created <= *since + registry_slack;
  if (as_declared || change_was_approved_around(question, *seen.created))
    return judged(Verdict::Met, "young-as-declared", dated(seen, since));
  return judged(Verdict::Attention, "young", dated(seen, since));
}

}  // namespace

Judgement judge_domain_created(const Question& question) {
  return worst_of<Registration>(
      question, [&](const Registration& seen, const Observation&) { return created_of(question, seen); });
}

Judgement judge_domain_young(const Question& question) {
  return worst_of<Registration>(question,
                                [&](const Registration& seen, const Observation&) { return age_of(question, seen); });
}

}  // namespace kenshin
