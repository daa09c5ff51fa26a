#include "reports/criteria/certificate_chain.h"

#include <algorithm>

namespace kenshin {

namespace {

bool valid_at(const Certificate& certificate, Instant at) {
  return certificate.not_before <= at && at <= certificate.not_after;
}

const Certificate* issuer_of(const Certificate& certificate, const CertificateChain& chain, Instant at) {
  const Certificate* found = nullptr;
  for (const Certificate& candidate : chain.certificates) {
    if (&candidate == &chain.certificates.front() || candidate.subject != certificate.issuer) continue;
    if (!found || (!valid_at(*found, at) && valid_at(candidate, at))) found = &candidate;
  }
  return found;
}

}  // namespace

bool has_problem(const CertificateChain& chain, std::string_view problem) {
  return std::find(chain.problems.begin(), chain.problems.end(), problem) != chain.problems.end();
}

std::vector<const Certificate*> path_as_sent(const CertificateChain& chain, Instant at) {
  std::vector<const Certificate*> path;
  const Certificate* next = chain.certificates.empty() ? nullptr : &chain.certificates.front();
  while (next && std::find(path.begin(), path.end(), next) == path.end()) {
    if (!path.empty() && next->self_issued) break;  // a root is trusted or not; its own dates and signature say nothing
    path.push_back(next);
    const bool anchored = chain.trusted == Answer::Yes && next->issuer == chain.anchor;
    next = anchored || next->self_issued ? nullptr : issuer_of(*next, chain, at);
  }
  return path;
}

Instant judged_at(const Question& question, const Observation& seen) {
  if (day_in_japan(seen.at) == question.on) return seen.at;
  return Instant(question.on) + std::chrono::hours(3);  // 12:00 in Japan
}

Judgement beside_unseen(const Question& question, const Observation& seen, Judgement judgement) {
  const Observation* selection = beside<CertificateSelection>(question, seen);
  if (!selection) return judgement;
  const auto& undecided = fact_of<CertificateSelection>(*selection)->undecided;
  if (undecided.empty() || !is_worse(Verdict::Unknown, judgement.verdict)) return judgement;
  Judgement out = judged(Verdict::Unknown, "certificate-not-fetched", {{"kinds", list_text(undecided)}});
  out.evidence = std::move(judgement.evidence);
  out.evidence.push_back(selection->id);
  return out;
}

}  // namespace kenshin
