#include "reports/criteria/domain_registration.h"

#include <algorithm>

#include "probes/domain/public_suffix.h"
#include "reports/criteria/evidence.h"

namespace kenshin {

namespace {

using std::chrono::days;

bool has(const std::vector<std::string>& all, std::string_view wanted) {
  return std::find(all.begin(), all.end(), wanted) != all.end();
}

template <class Fits>
bool any_approved(const Question& question, Fits fits) {
  const auto* declared = question.facts.one<DeclaredDomain>(question.target);
  return declared && std::any_of(declared->approved_changes.begin(), declared->approved_changes.end(),
                                 [&](const ApprovedChange& change) { return fits(change.on); });
}

}  // namespace

std::optional<std::string> platform_of(const Target& domain) {
  const auto registered = registry_name(domain.name), site = site_name(domain.name);
  return registered && site && *site != *registered ? registered : std::nullopt;
}

std::optional<Judgement> unless_registered(const Registration& seen) {
  if (seen.registered == Answer::Yes) return std::nullopt;
  if (seen.registered == Answer::No) return judged(Verdict::NotApplicable, "no-registration");
  return judged(Verdict::Unknown, "registration-undecided", {{"source", seen.server}});
}

std::optional<Judgement> unless_held_by_the_operator(const Question& question, const Registration& seen) {
  if (const auto platform = platform_of(question.target))
    return judged(Verdict::NotApplicable, "platform-registration", {{"platform", *platform}});
  return unless_registered(seen);
}

Answer is_delegated(const Question& question) {
  const auto* seen = question.facts.one<DomainDelegation>(question.target);
  if (!seen) return Answer::Unknown;
  if (seen->delegated == DnsFound::Records) return Answer::Yes;
  return seen->delegated == DnsFound::NoName ? Answer::No : Answer::Unknown;
}

std::optional<Judgement> unless_zone_disagrees(const Question& question, const Registration& seen) {
  if (seen.registered != Answer::No || is_delegated(question) != Answer::Yes) return std::nullopt;
  return judged(Verdict::Attention, "in-dns-not-registered", {{"source", seen.server}});
}

Judgement with_delegation(const Question& question, Judgement judgement) {
  const std::string& code = judgement.because.code;
  if (code == "in-dns-not-registered" || code == "registered-not-in-dns")
    for (const Observation* seen : question.facts.of<DomainDelegation>(question.target))
      judgement.evidence.push_back(seen->id);
  return judgement;
}

bool is_in_state(const Registration& seen, std::string_view state) { return has(seen.state, state); }

bool renews_itself(const Question& question) {
  const auto* declared = question.facts.one<DeclaredDomain>(question.target);
  return declared && declared->auto_renew == Answer::Yes;
}

bool change_was_approved_around(const Question& question, Day day) {
  const days window{question.profile.domain.approved_window_days};
  return any_approved(question, [&](Day on) { return on >= day - window && on <= day + window; });
}

bool change_was_approved_since(const Question& question, Day day) {
  const days window{question.profile.domain.approved_window_days};
  return any_approved(question, [&](Day on) { return on >= day - window; });
}

bool is_jp(const Registration& seen) {
  return seen.kind != RegistrationKind::Gtld && seen.kind != RegistrationKind::Unknown;
}

StateJudged judged_state(const DomainRules& rules, const std::vector<std::string>& states) {
  StateJudged out;
  for (const std::string& state : states) {
    const auto known = rules.states.find(state);
    const Verdict verdict = known == rules.states.end() ? Verdict::Attention : known->second;
    if (out.decisive.empty() || is_worse(verdict, out.verdict)) out = {verdict, state};
  }
  return out;
}

StateJudged judged_state(const Question& question, const Registration& seen) {
  DomainRules rules = question.profile.domain;
  if (renews_itself(question)) rules.states["auto renew period"] = Verdict::Met;
  return judged_state(rules, seen.state);
}

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
      if (!is_in_state(seen, "client transfer prohibited") && !is_in_state(seen, "server transfer prohibited"))
        missing.emplace_back("transfer prohibited");
      break;
    case RegistrationKind::Unknown: break;
  }
  return missing;
}

}  // namespace kenshin
