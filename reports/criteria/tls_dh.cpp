// Document: IPA/CRYPTREC TLS暗号設定ガイドライン: DHE over a prime of at least 2048 bits; a DHE suite is as strong as
// the prime the server chose for it (RFC 5246 7.4.3), and no suite's name tells that.
#include <algorithm>

#include "probes/tls/code_points.h"
#include "reports/criteria/judges.h"
#include "reports/criteria/tls_suites.h"
#include "reports/criteria/tls_versions.h"

namespace kenshin {

namespace {

std::string spoken_of(const DhGroup& group) {
  const std::string size = std::to_string(group.bits) + " bit";
  return group.known_as.empty() ? size : size + " (" + group.known_as + ")";
}

std::string texts(const std::vector<DhGroup>& groups, bool (*wanted)(const DhGroup&, int), int bits) {
  std::vector<std::string> out;
  for (const DhGroup& group : groups)
    if (wanted(group, bits)) out.push_back(spoken_of(group));
  return out.empty() ? std::string() : list_text(out);
}

bool any(const DhGroup&, int) { return true; }
bool too_small(const DhGroup& group, int bits) { return group.bits < bits; }
bool no_safe_prime(const DhGroup& group, int) { return group.safe_prime == Answer::No; }

std::vector<SuiteId> with_dh(const TlsSuites& seen) {
  std::vector<SuiteId> out;
  for (const auto& [version, list] : seen.versions)
    for (const SuiteId suite : list.suites)
      if (suite_name(suite).starts_with("TLS_DHE_") && std::find(out.begin(), out.end(), suite) == out.end())
        out.push_back(suite);
  return out;
}

Judgement unmeasured(const std::vector<SuiteId>& suites) {
  return judged(Verdict::Unknown, "dh-size-unmeasured", {{"suites", suite_names(suites)}});
}

// What the suites alone tell: whether there is anything to measure.
Judgement by_suites(const TlsSuites& seen, const TlsVersions* versions) {
  if (const auto suites = with_dh(seen); !suites.empty()) return unmeasured(suites);
  if (no_suite_accepted(versions, seen)) return no_version_accepted(*versions);
  for (const auto& [version, list] : seen.versions)
    if (version < TlsVersion::Tls13 && !list.complete) return suites_incomplete(version, list.because);
  const bool old_ones_refused = versions && accepted(*versions, TlsVersion::Tls12) == Answer::No;
  if (seen.versions.count(TlsVersion::Tls12) == 0 && !old_ones_refused)
    return suites_incomplete(TlsVersion::Tls12, versions ? because_of(*versions, TlsVersion::Tls12) : std::string());
  return judged(Verdict::NotApplicable, "no-dhe-suite");
}

Judgement by_primes(const TlsRules& rules, const TlsKeyExchange& seen, const TlsSuites* suites) {
  if (const auto small = texts(seen.dh_groups, too_small, rules.dh_bits); !small.empty())
    return judged(rules.weak_dh, "dh-weak", {{"groups", small}, {"bits", std::to_string(rules.dh_bits)}});
  if (const auto odd = texts(seen.dh_groups, no_safe_prime, 0); !odd.empty())
    return judged(Verdict::Attention, "dh-no-safe-prime", {{"groups", odd}});
  if (!seen.complete) return judged(Verdict::Unknown, "dh-incomplete", {{"because", seen.because}});
  if (!seen.dh_groups.empty()) return judged(Verdict::Met, "dh-strong", {{"groups", texts(seen.dh_groups, any, 0)}});
  if (suites)
    if (const auto accepted_ones = with_dh(*suites); !accepted_ones.empty()) return unmeasured(accepted_ones);
  return judged(Verdict::NotApplicable, "no-dhe-suite");
}

}  // namespace

Judgement judge_dh_strength(const Question& question) {
  if (!question.facts.of<TlsKeyExchange>(question.target).empty())
    return worst_of<TlsKeyExchange>(question, [&](const TlsKeyExchange& seen, const Observation& observation) {
      const Observation* suites = beside<TlsSuites>(question, observation);
      Judgement out = by_primes(question.profile.tls, seen, suites ? fact_of<TlsSuites>(*suites) : nullptr);
      if (suites) out.evidence.push_back(suites->id);
      return out;
    });
  return worst_of<TlsSuites>(question, [&](const TlsSuites& seen, const Observation& observation) {
    const Observation* versions = beside<TlsVersions>(question, observation);
    return by_suites(seen, versions ? fact_of<TlsVersions>(*versions) : nullptr);
  });
}

}  // namespace kenshin
