// Documents: checklist (2026), item 2.5.2-1.xii (a server certificate that serves); RFC 5280 4.1.2.5 (validity); CA/B
// Forum TLS Baseline Requirements 2.2.6, 6.3.2 (longest validity by the day of issue). Dates are judged again on the
// day of judging, whatever the scan thought of them.
#include <algorithm>

#include "reports/criteria/certificate_chain.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

using std::chrono::days;

int whole_days(Instant from, Instant to) { return static_cast<int>(std::chrono::floor<days>(to - from).count()); }

Parameters dated(const Certificate& certificate, int left) {
  return {{"not_before", to_text(day_in_japan(certificate.not_before))},
          {"not_after", to_text(day_in_japan(certificate.not_after))},
          {"days", std::to_string(left)},
          {"subject", certificate.subject}};
}

Judgement validity_at(const Question& question, const CertificateChain& chain, Instant at) {
  const CertificateRules& rules = question.profile.certificate;
  const auto path = path_as_sent(chain, at);
  for (const Certificate* certificate : path) {
    const bool leaf = certificate == path.front();
    if (at > certificate->not_after)
      return judged(Verdict::NotMet, leaf ? "expired" : "intermediate-expired",
                    dated(*certificate, whole_days(certificate->not_after, at)));
    if (at < certificate->not_before)
      return judged(Verdict::NotMet, "not-yet-valid", dated(*certificate, whole_days(at, certificate->not_before)));
  }
  for (const Certificate* certificate : path) {
    const bool leaf = certificate == path.front();
    const int lifetime = whole_days(certificate->not_before, certificate->not_after);
    const int warn = leaf ? std::max(rules.warn_days, lifetime / rules.warn_fraction) : rules.warn_days;
    const int left = whole_days(at, certificate->not_after);
    if (left < warn)
      return judged(Verdict::Attention, leaf ? "expires-soon" : "intermediate-expires-soon", dated(*certificate, left));
  }
  return judged(Verdict::Met, "in-validity", dated(*path.front(), whole_days(at, path.front()->not_after)));
}

Judgement lifetime_of(const Question& question, const CertificateChain& chain) {
  const Certificate& leaf = chain.certificates.front();
  const LifetimeLimit* limit = nullptr;
  for (const LifetimeLimit& row : question.profile.certificate.lifetime)
    if (std::chrono::floor<days>(leaf.not_before) >= row.from && (!limit || row.from > limit->from)) limit = &row;
  if (!limit) return judged(Verdict::NotApplicable, "lifetime-before-rules");
  if (leaf.not_after < leaf.not_before) return judged(Verdict::Unknown, "dates-reversed");
  // BR 6.3.2: a day is 86,400 seconds, both ends included; any excess counts as a further day.
  const auto lifetime = std::chrono::ceil<days>(leaf.not_after - leaf.not_before + std::chrono::seconds(1)).count();
  const Parameters measured = {{"days", std::to_string(lifetime)},
                               {"limit", std::to_string(limit->days)},
                               {"issued", to_text(std::chrono::floor<days>(leaf.not_before))}};
  if (lifetime <= limit->days) return judged(Verdict::Met, "lifetime-in-limit", measured);
  // The limit binds the authorities of public programmes; a bundle stands for others.
  if (chain.store.kind == StoreKind::Bundle) return judged(Verdict::NotApplicable, "lifetime-under-bundle", measured);
  return judged(limit->mark == Mark::Recalled ? Verdict::Attention : Verdict::NotMet, "lifetime-too-long", measured);
}

}  // namespace

Judgement judge_certificate_validity(const Question& question) {
  return of_chain(question, [&](const CertificateChain& chain, const Observation& seen) {
    return validity_at(question, chain, judged_at(question, seen));
  });
}

Judgement judge_certificate_lifetime(const Question& question) {
  return of_chain(question,
                  [&](const CertificateChain& chain, const Observation&) { return lifetime_of(question, chain); });
}

}  // namespace kenshin
