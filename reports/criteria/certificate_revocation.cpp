// Documents: RFC 6960 (OCSP), RFC 5280 5 (CRL), CA/B Forum TLS Baseline Requirements 2.2.6, 4.9: a revoked certificate
// serves nobody; a responder that does not answer says nothing of the clinic. RFC 7633: a certificate that promises a
// staple. RFC 6962: proofs of public logging.
#include <array>
#include <map>
#include <set>

#include "reports/criteria/certificate_chain.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

// The certificates below the anchors of every chain that was seen at this address, with their subjects. Empty: none
// seen.
std::map<std::string, std::string> below_the_anchors(const Question& question, const Observation& seen) {
  std::map<std::string, std::string> out;
  for (const Observation* other : question.facts.of<CertificateChain>(question.target)) {
    const auto* chain = fact_of<CertificateChain>(*other);
    if (!chain || chain->certificates.empty() || other->address != seen.address) continue;
    for (const Certificate* certificate : path_as_sent(*chain, judged_at(question, *other)))
      out.emplace(certificate->sha256, certificate->subject);
  }
  return out;
}

// The servers' own certificates among them.
std::set<std::string> leaves_at(const Question& question, const Observation& seen) {
  std::set<std::string> out;
  for (const Observation* other : question.facts.of<CertificateChain>(question.target)) {
    const auto* chain = fact_of<CertificateChain>(*other);
    if (chain && !chain->certificates.empty() && other->address == seen.address)
      out.insert(chain->certificates.front().sha256);
  }
  return out;
}

struct Source {
  std::string_view name;
  const std::optional<RevocationAnswer>& answer;
};
std::array<Source, 3> sources_of(const CertificateStanding& standing) {
  return {Source{"OCSP staple", standing.staple}, Source{"OCSP", standing.ocsp}, Source{"CRL", standing.crl}};
}

Judgement standing_of_one(const CertificateStanding& standing, const std::string& subject) {
  const auto sources = sources_of(standing);
  const auto told = [&](Verdict verdict, const char* code, const Source& source) {
    return judged(verdict, code,
                  {{"source", std::string(source.name)}, {"because", source.answer->because}, {"subject", subject}});
  };
  for (const auto& source : sources)
    if (source.answer && source.answer->standing == Standing::Revoked)
      return told(Verdict::NotMet, "certificate-revoked", source);
  for (const auto& source : sources)
    if (source.answer && source.answer->standing == Standing::Good)
      return told(Verdict::Met, "certificate-not-revoked", source);
  for (const auto& source : sources)
    if (source.answer) return told(Verdict::Unknown, "revocation-undecided", source);
  return judged(Verdict::NotApplicable, "revocation-not-offered", {{"subject", subject}});
}

Judgement revocation_at(const Question& question, const CertificateRevocation& all, const Observation& seen) {
  const auto below = below_the_anchors(question, seen);
  Judgement out = judged(Verdict::Unknown, "revocation-not-asked");
  bool first = true;
  std::set<std::string> leaves_left = leaves_at(question, seen);
  std::optional<Judgement> leaf_without;
  for (const CertificateStanding& standing : all.certificates) {
    const auto known = below.find(standing.sha256);
    if (!below.empty() && known == below.end()) continue;  // sent, but on no path: nobody relies on it
    Judgement next = standing_of_one(standing, known == below.end() ? standing.sha256 : known->second);
    if (leaves_left.erase(standing.sha256) > 0 && next.verdict == Verdict::NotApplicable) leaf_without = next;
    if (first || is_worse(next.verdict, out.verdict)) out = std::move(next);
    first = false;
  }
  // What an intermediate's issuer says is no word on the server's own certificate.
  if (out.verdict == Verdict::Met && leaf_without) return *leaf_without;
  if (out.verdict == Verdict::Met && !leaves_left.empty()) return judged(Verdict::Unknown, "revocation-not-asked");
  return out;
}

const RevocationAnswer* staple_of(const CertificateRevocation& all, const std::string& sha256) {
  for (const CertificateStanding& standing : all.certificates)
    if (standing.sha256 == sha256) return standing.staple ? &*standing.staple : nullptr;
  return nullptr;
}

Judgement staple_at(const Question& question, const CertificateChain& chain, const Observation& seen) {
  const Certificate& leaf = chain.certificates.front();
  if (!is_examined(leaf)) return judged(Verdict::Unknown, "certificate-not-examined");
  if (!leaf.must_staple) return judged(Verdict::NotApplicable, "no-staple-promised");
  const Observation* told = beside<CertificateRevocation>(question, seen);
  if (!told) return judged(Verdict::Unknown, "revocation-not-asked");
  const RevocationAnswer* staple = staple_of(*fact_of<CertificateRevocation>(*told), leaf.sha256);
  if (staple && staple->because == staple_cut_off)
    return could_not_observe({Error::Kind::Closed, std::string(staple_cut_off)});
  Judgement out = !staple ? judged(Verdict::Attention, "staple-missing")
                  : staple->standing == Standing::Unknown
                      ? judged(Verdict::Attention, "staple-unusable", {{"because", staple->because}})
                      : judged(Verdict::Met, "staple-sent");
  out.evidence.push_back(told->id);
  return out;
}

Judgement timestamps_of(const CertificateRules& rules, const CertificateChain& chain) {
  if (!is_examined(chain.certificates.front())) return judged(Verdict::Unknown, "certificate-not-examined");
  if (chain.store.kind == StoreKind::Bundle || chain.trusted != Answer::Yes)
    return judged(Verdict::NotApplicable, "rules-bind-public-authorities");
  std::set<std::string> logs, proven;
  for (const SignedTimestamp& timestamp : chain.timestamps) {
    if (timestamp.verified != Answer::No) logs.insert(timestamp.log_id);
    if (timestamp.verified == Answer::Yes) proven.insert(timestamp.log_id);
  }
  const auto told = [&](Verdict verdict, const char* code, const std::set<std::string>& counted) {
    return judged(verdict, code,
                  {{"count", std::to_string(counted.size())}, {"wanted", std::to_string(rules.timestamps)}});
  };
  const auto wanted = static_cast<std::size_t>(rules.timestamps);
  if (logs.size() < wanted) return told(Verdict::Attention, "timestamps-few", logs);
  if (proven.size() < wanted) return told(Verdict::Unknown, "timestamps-unverified", proven);
  return told(Verdict::Met, "timestamps-enough", proven);
}

}  // namespace

Judgement judge_certificate_revocation(const Question& question) {
  return worst_of<CertificateRevocation>(question, [&](const CertificateRevocation& all, const Observation& seen) {
    return revocation_at(question, all, seen);
  });
}

Judgement judge_must_staple(const Question& question) {
  return of_chain(question, [&](const CertificateChain& chain, const Observation& seen) {
    return staple_at(question, chain, seen);
  });
}

Judgement judge_certificate_timestamps(const Question& question) {
  return of_chain(question, [&](const CertificateChain& chain, const Observation&) {
    return timestamps_of(question.profile.certificate, chain);
  });
}

}  // namespace kenshin
