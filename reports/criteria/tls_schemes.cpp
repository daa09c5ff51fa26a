// Documents: RFC 9155 (no MD5 and no SHA-1 in signatures of TLS 1.2), RFC 8446 4.2.3 (none in TLS 1.3). Only what was
// proven by a signature counts as accepted.
#include "probes/tls/code_points.h"
#include "reports/criteria/judges.h"
#include "reports/criteria/tls_versions.h"

namespace kenshin {

namespace {

Judgement schemes_at(const TlsRules& rules, const TlsSignatureSchemes& seen, const TlsVersions* versions) {
  std::vector<std::string> weak, all;
  const SchemeList* incomplete = nullptr;
  for (const auto& [version, list] : seen.versions) {
    if (!list.complete) incomplete = &list;
    for (const SchemeId scheme : list.schemes) {
      const std::string name = std::string(version_name(version)) + " " + scheme_name(scheme);
      (rules.weak_schemes.count(scheme) > 0 ? weak : all).push_back(name);
    }
  }
  if (!weak.empty()) return judged(Verdict::Attention, "scheme-weak", {{"schemes", list_text(weak)}});
  if (incomplete) return judged(Verdict::Unknown, "schemes-incomplete", {{"because", incomplete->because}});
  if (versions && !any_accepted(*versions) && all.empty()) return no_version_accepted(*versions);
  for (const TlsVersion version : {TlsVersion::Tls12, TlsVersion::Tls13}) {
    const Answer spoken = versions ? accepted(*versions, version) : Answer::Unknown;
    if (spoken == Answer::No || seen.versions.count(version) > 0) continue;
    Judgement out = judged(Verdict::Unknown, "schemes-not-asked", {{"version", std::string(version_name(version))}});
    out.never_asked = true;
    return out;
  }
  if (!all.empty()) return judged(Verdict::Met, "schemes-strong", {{"schemes", list_text(all)}});
  // Asked, and none: nothing is signed where RSA itself carries the secret. TLS 1.3 always signs.
  const bool tls13 = !versions || accepted(*versions, TlsVersion::Tls13) != Answer::No;
  return tls13 ? judged(Verdict::Unknown, "schemes-incomplete", {{"because", ""}})
               : judged(Verdict::NotApplicable, "schemes-not-used");
}

}  // namespace

Judgement judge_signature_schemes(const Question& question) {
  return worst_of<TlsSignatureSchemes>(question, [&](const TlsSignatureSchemes& seen, const Observation& observation) {
    const Observation* versions = beside<TlsVersions>(question, observation);
    Judgement out = schemes_at(question.profile.tls, seen, versions ? fact_of<TlsVersions>(*versions) : nullptr);
    if (versions) out.evidence.push_back(versions->id);
    return out;
  });
}

}  // namespace kenshin
