// Document: checklist (2026), item 2.5.2-1.xiv. Timestamps of certificate logs (RFC 6962 3.2) prove that a certificate
// was there by that day; who held the name then may hold its key still. A day of slack: registries' days are not all
// Japan's, and authorities date certificates back by hours.
#include "reports/criteria/domain_across.h"

#include <algorithm>

#include "probes/domain/public_suffix.h"
#include "reports/criteria/domain_registration.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

using std::chrono::days;

constexpr days slack{1};
constexpr std::string_view older = "domain.certificate_older", reused = "domain.former.reused";

Day first_day(const CertificateChain& chain) {
  Instant first = chain.certificates.front().not_before;
  for (const SignedTimestamp& stamp : chain.timestamps)
    if (stamp.verified == Answer::Yes) first = std::min(first, stamp.at);
  return day_in_japan(first);
}

}  // namespace

// Alone, a registration is compared with nothing.
Judgement judge_certificate_older(const Question& question) {
  return worst_of<Registration>(question, [&](const Registration& seen, const Observation&) {
    if (auto why = unless_held_by_the_operator(question, seen)) return *why;
    if (!seen.created) return judged(Verdict::Unknown, "created-not-shown");
    return judged(Verdict::NotApplicable, "no-certificate-below");
  });
}

void DomainsAcross::look_at(const Target& target, const Facts& about) {
  if (target.kind == TargetKind::Endpoint) {
    FirstUse use{target, std::nullopt, {}};
    for (const Observation* seen : about.of<CertificateChain>(target)) {
      const auto* chain = fact_of<CertificateChain>(*seen);
      if (!chain || chain->certificates.empty() || chain->trusted != Answer::Yes || chain->name_matches != Answer::Yes)
        continue;
      const Day day = first_day(*chain);
      if (!use.since || day < *use.since) use.since = day, use.evidence = {seen->id};
    }
    uses_.push_back(std::move(use));
    return;
  }
  if (target.kind != TargetKind::Domain || platform_of(target)) return;
  const auto* seen = about.one<Registration>(target);
  if (!seen || seen->registered != Answer::Yes) return;
  Known known{target, seen->created, {}, {}, false, false, seen->holder_compared == HolderCompared::Same, {}};
  known.name_servers.insert(seen->name_servers.begin(), seen->name_servers.end());
  if (const auto* declared = about.one<DeclaredDomain>(target))
    for (const ApprovedChange& change : declared->approved_changes) known.approved.push_back(change.on);
  if (const auto* former = about.one<DeclaredFormerDomain>(target)) {
    known.is_former = true;
    known.was_released = former->intent == "released";
    known.last_used = former->last_used;
  }
  known_.push_back(std::move(known));
}

bool DomainsAcross::was_approved(const Known& known) const {
  const days window{profile_.domain.approved_window_days};
  return std::any_of(known.approved.begin(), known.approved.end(),
                     [&](Day on) { return on >= *known.created - window && on <= *known.created + window; });
}

void DomainsAcross::add_older(const Known& known, Said& said) const {
  const FirstUse* first = nullptr;
  bool any_below = false;
  for (const FirstUse& use : uses_) {
    if (!is_at_or_below(use.endpoint.name, known.domain.name)) continue;
    any_below = true;
    if (use.since && (!first || *use.since < *first->since)) first = &use;
  }
  if (!any_below || !known.created) return;
  if (!first) return said[known.domain].push_back({older, judged(Verdict::Unknown, "certificate-below-not-seen")});
  const Parameters dated = {{"created", to_text(*known.created)},
                            {"first", to_text(*first->since)},
                            {"endpoint", target_text(first->endpoint)}};
  Judgement judgement;
  if (*first->since + slack >= *known.created) judgement = judged(Verdict::Met, "certificate-newer", dated);
  else if (was_approved(known)) judgement = judged(Verdict::Met, "certificate-older-approved", dated);
  else judgement = judged(Verdict::Attention, "certificate-older", dated);
  judgement.evidence = first->evidence;
  said[known.domain].push_back({older, std::move(judgement)});
}

void DomainsAcross::add_reused(const Known& known, const std::set<std::string>& in_use, Said& said) const {
  if (!known.was_released || known.is_ours || !known.created || !known.last_used || in_use.empty() ||
      known.name_servers.empty())
    return;
  if (*known.created <= *known.last_used + slack) return;
  const bool shared = std::any_of(known.name_servers.begin(), known.name_servers.end(),
                                  [&](const std::string& server) { return in_use.contains(server); });
  if (shared) return;  // many share a provider's servers: whose it is stays a question
  const std::vector<std::string> servers(known.name_servers.begin(), known.name_servers.end());
  said[known.domain].push_back({reused, judged(Verdict::NotMet, "former-reused-elsewhere",
                                               {{"last_used", to_text(*known.last_used)},
                                                {"created", to_text(*known.created)},
                                                {"servers", list_text(servers, 4)}})});
}

std::map<Target, std::vector<SaidAcross>> DomainsAcross::said() const {
  Said out;
  std::set<std::string> in_use;
  for (const Known& known : known_)
    if (!known.is_former) in_use.insert(known.name_servers.begin(), known.name_servers.end());
  for (const Known& known : known_) known.is_former ? add_reused(known, in_use, out) : add_older(known, out);
  return out;
}

}  // namespace kenshin
