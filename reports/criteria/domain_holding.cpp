// Document: checklist (2026), item 2.5.2-1.xiv: who holds the name and how well it is guarded. A missing lock is a
// question, never a breach: some registrars offer none for .jp. So is a holder of another name: a clinic's domain is
// often held by whoever made its web site.
#include "probes/base/text.h"
#include "reports/criteria/domain_registration.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

Judgement lock_of(const Question& question, const Registration& seen) {
  if (auto why = unless_held_by_the_operator(question, seen)) return *why;
  if (seen.kind == RegistrationKind::Unknown)
    return judged(Verdict::Unknown, "registration-undecided", {{"source", seen.server}});
  const auto missing = missing_locks(seen);
  return missing.empty() ? judged(Verdict::Met, "locked")
                         : judged(Verdict::Attention, "lock-missing", {{"missing", join(missing, ", ")}});
}

// RFC 8056: what only the registry can set and lift. How JPRS's WHOIS would show its registry lock is not published.
Judgement registry_lock_of(const Question& question, const Registration& seen) {
  if (auto why = unless_held_by_the_operator(question, seen)) return *why;
  if (seen.kind != RegistrationKind::Gtld) return judged(Verdict::Unknown, "registry-lock-not-shown");
  std::vector<std::string> missing;
  for (const char* state : {"server transfer prohibited", "server update prohibited", "server delete prohibited"})
    if (!is_in_state(seen, state)) missing.emplace_back(state);
  return missing.empty() ? judged(Verdict::Met, "registry-locked")
                         : judged(Verdict::Attention, "registry-lock-absent", {{"missing", join(missing, ", ")}});
}

Judgement holder_of(const Question& question, const Registration& seen) {
  if (auto why = unless_held_by_the_operator(question, seen)) return *why;
  const auto* declared = question.facts.one<DeclaredDomain>(question.target);
  const bool has_name = declared && !declared->holder.empty();
  const Parameters named = {{"holder", has_name ? declared->holder : std::string()}};
  switch (seen.holder_compared) {
    case HolderCompared::Same: return judged(Verdict::Met, "holder-same", named);
    case HolderCompared::Other: return judged(Verdict::Attention, "holder-other", named);
    case HolderCompared::Unknown: break;
  }
  return has_name ? judged(Verdict::Unknown, "holder-not-shown") : judged(Verdict::Unknown, "holder-not-declared");
}

}  // namespace

Judgement judge_domain_lock(const Question& question) {
  return worst_of<Registration>(question,
                                [&](const Registration& seen, const Observation&) { return lock_of(question, seen); });
}

Judgement judge_domain_registry_lock(const Question& question) {
  return worst_of<Registration>(
      question, [&](const Registration& seen, const Observation&) { return registry_lock_of(question, seen); });
}

Judgement judge_domain_holder(const Question& question) {
  return worst_of<Registration>(
      question, [&](const Registration& seen, const Observation&) { return holder_of(question, seen); });
}

}  // namespace kenshin
