// Document: checklist (2026), item 2.5.2-1.xii: a certificate issued by a reliable institution. One that a root
// programme distrusts for cause, by the dates of this certificate, is none, unless another path leads to a root in good
// standing. Removals by age are no matter of cause: certificate_trust.cpp.
#include <algorithm>

#include "reports/criteria/certificate_programmes.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

Judgement never_read() {
  Judgement out = judged(Verdict::Unknown, "roots-not-recorded");
  out.never_asked = true;
  return out;
}

Judgement distrust_of(const Question& question, const CertificateChain& chain) {
  const Distrust& data = question.profile.distrust;
  if (chain.store.kind == StoreKind::Bundle) return judged(Verdict::NotApplicable, "rules-bind-public-authorities");
  if (chain.anchors.empty() && chain.trusted != Answer::Yes) return judged(Verdict::NotApplicable, "no-public-root");
  if (chain.anchors.empty()) return never_read();
  if ((question.on - data.as_of).count() > question.profile.certificate.store_old_days)
    return judged(Verdict::Unknown, "distrust-data-old", {{"as_of", to_text(data.as_of)}});
  Distrusted mildest = Distrusted::Yes;
  for (const Anchor& anchor : chain.anchors)
    mildest = std::min(mildest, distrusted_for_cause(question.profile, chain, anchor, question.on));
  const Parameters told = {{"anchor", chain.anchors.front().subject}, {"edition", data.edition}};
  switch (mildest) {
    case Distrusted::No: return judged(Verdict::Met, "root-in-good-standing", told);
    case Distrusted::Undecided: return judged(Verdict::Unknown, "distrust-undecided", told);
    case Distrusted::Recalled: return judged(Verdict::Attention, "root-distrusted-unconfirmed", told);
    case Distrusted::Yes: return judged(Verdict::NotMet, "root-distrusted", told);
  }
  return judged(Verdict::Unknown, "distrust-undecided", told);
}

}  // namespace

Judgement judge_certificate_distrusted(const Question& question) {
  return of_chain(question,
                  [&](const CertificateChain& chain, const Observation&) { return distrust_of(question, chain); });
}

}  // namespace kenshin
