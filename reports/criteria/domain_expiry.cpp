// Document: checklist (2026), item 2.5.2-1.xiv. What a date of expiry means depends on the registry. JPRS renews .jp
// names by itself at the end of the month unless their abolition was filed: a date alone is weak, and one that stands
// still after it has passed is a question. Registries of generic names add a year at once and take it back within 45
// days where nobody pays (RFC 3915 3.1, auto renew period): there the registrar's own date counts.
#include <algorithm>

#include "reports/criteria/domain_registration.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

int days_until(const Question& question, Day day) { return static_cast<int>((day - question.on).count()); }

Parameters dated(Day until, int left) {
  return {{"expires", to_text(until)}, {"days", std::to_string(left < 0 ? -left : left)}};
}

Judgement jp_expiry(const Question& question, Day until) {
  const DomainRules& rules = question.profile.domain;
  const int left = days_until(question, until);
  if (left > rules.expiry_warn_days) return judged(Verdict::Met, "expiry-far", dated(until, left));
  if (left < -rules.renewal_grace_days) return judged(Verdict::Attention, "expiry-past", dated(until, left));
  if (renews_itself(question)) return judged(Verdict::Met, "expiry-renews-itself", dated(until, left));
  return judged(Verdict::Attention, left < 0 ? "expiry-renewal-due" : "expiry-near", dated(until, left));
}

Judgement grace_expiry(const Question& question, const Registration& seen) {
  const Day until = seen.registrar_expires ? std::min(*seen.registrar_expires, *seen.expires) : *seen.expires;
  const int left = days_until(question, until);
  const bool stands_still = left < -question.profile.domain.renewal_grace_days;
  if (renews_itself(question) && !stands_still) return judged(Verdict::Met, "expiry-renews-itself", dated(until, left));
  return judged(Verdict::Attention, "expiry-unpaid", dated(until, left));
}

Judgement generic_expiry(const Question& question, Day until) {
  const DomainRules& rules = question.profile.domain;
  const int left = days_until(question, until);
  if (left > rules.gtld_expiry_warn_days) return judged(Verdict::Met, "expiry-far", dated(until, left));
  if (left < 0) return judged(Verdict::Attention, "expiry-past", dated(until, left));
  if (!renews_itself(question)) return judged(Verdict::Attention, "expiry-near", dated(until, left));
  if (left > rules.renewal_late_days) return judged(Verdict::Met, "expiry-renews-itself", dated(until, left));
  return judged(Verdict::Attention, "expiry-renewal-late", dated(until, left));
}

Judgement expiry_of(const Question& question, const Registration& seen) {
  if (auto why = unless_held_by_the_operator(question, seen)) return *why;
  if (!seen.expires) return judged(Verdict::Unknown, "expiry-not-shown");
  if (is_jp(seen)) return jp_expiry(question, *seen.expires);
  return is_in_state(seen, "auto renew period") ? grace_expiry(question, seen)
                                                : generic_expiry(question, *seen.expires);
}

}  // namespace

Judgement judge_domain_expiry(const Question& question) {
  return worst_of<Registration>(
      question, [&](const Registration& seen, const Observation&) { return expiry_of(question, seen); });
}

}  // namespace kenshin
