// Document: IPA/CRYPTREC TLS暗号設定ガイドライン 3.1.x: ECDHE over a curve of at least 128-bit security. Judged for the
// versions whose groups were observed, which the reason names. Post-quantum groups stand in no guideline yet: recorded.
#include <algorithm>

#include "probes/tls/code_points.h"
#include "reports/criteria/judges.h"
#include "reports/criteria/tls_versions.h"

namespace kenshin {

namespace {

// A version that is accepted and whose groups nobody asked for: facts of a time before that question.
Judgement not_asked(TlsVersion version) {
  Judgement out = judged(Verdict::Unknown, "groups-not-asked", {{"version", std::string(version_name(version))}});
  out.never_asked = true;
  return out;
}

bool has_name(GroupId group) { return !group_name(group).starts_with("0x"); }

Judgement groups_at(const Question& question, const TlsGroups& seen, const TlsVersions* versions) {
  const TlsRules& rules = question.profile.tls;
  std::vector<std::string> weak, unnamed, all, observed;
  const GroupList* incomplete = nullptr;
  for (const auto& [version, list] : seen.versions) {
    // TLS 1.3 agrees on nothing without a group.
    const bool none =
        version == TlsVersion::Tls13 && list.groups.empty() && versions && accepted(*versions, version) == Answer::Yes;
    if (!list.complete || none) incomplete = &list;
    if (!list.groups.empty()) observed.emplace_back(version_name(version));
    for (const GroupId group : list.groups) {
      if (std::find(all.begin(), all.end(), group_name(group)) != all.end()) continue;  // of another version, too
      all.push_back(group_name(group));
      if (rules.weak_groups.count(group) > 0) weak.push_back(group_name(group));
      else if (!has_name(group)) unnamed.push_back(group_name(group));
    }
  }
  if (!weak.empty()) return judged(rules.weak_group, "group-weak", {{"groups", list_text(weak)}});
  if (incomplete) return judged(Verdict::Unknown, "groups-incomplete", {{"because", incomplete->because}});
  if (!unnamed.empty()) return judged(Verdict::Unknown, "group-unnamed", {{"groups", list_text(unnamed)}});
  if (versions && !any_accepted(*versions) && all.empty()) return no_version_accepted(*versions);
  for (const TlsVersion version : {TlsVersion::Tls12, TlsVersion::Tls13}) {
    const bool refused = versions && accepted(*versions, version) == Answer::No;
    if (!refused && seen.versions.count(version) == 0) return not_asked(version);
  }
  if (!all.empty())
    return judged(Verdict::Met, "groups-strong", {{"groups", list_text(all)}, {"versions", list_text(observed)}});
  // Asked, and none: no suite of the accepted versions exchanges keys over a group. TLS 1.3 knows nothing else.
  const bool tls13 = !versions || accepted(*versions, TlsVersion::Tls13) != Answer::No;
  return tls13 ? judged(Verdict::Unknown, "groups-incomplete", {{"because", ""}})
               : judged(Verdict::NotApplicable, "groups-not-used");
}

// Hybrids of X25519 or a NIST curve with ML-KEM, or ML-KEM alone (IANA TLS Supported Groups).
bool is_post_quantum(GroupId group) {
  const std::string name = group_name(group);
  return name.find("MLKEM") != std::string::npos || name.find("Kyber") != std::string::npos;
}

Judgement post_quantum_at(const TlsGroups& seen, const TlsVersions* versions) {
  const auto list = seen.versions.find(TlsVersion::Tls13);
  std::vector<std::string> found;
  if (list != seen.versions.end())
    for (const GroupId group : list->second.groups)
      if (is_post_quantum(group)) found.push_back(group_name(group));
  if (!found.empty()) return judged(Verdict::Met, "pq-offered", {{"groups", list_text(found)}});
  if (versions && accepted(*versions, TlsVersion::Tls13) == Answer::No)
    return judged(Verdict::NotApplicable, "version-not-accepted",
                  {{"version", std::string(version_name(TlsVersion::Tls13))}});
  if (list == seen.versions.end()) return not_asked(TlsVersion::Tls13);
  if (!list->second.complete || list->second.groups.empty())
    return judged(Verdict::Unknown, "groups-incomplete", {{"because", list->second.because}});
  return judged(Verdict::Attention, "pq-missing");
}

template <class One>
Judgement of_groups(const Question& question, One one) {
  return worst_of<TlsGroups>(question, [&](const TlsGroups& seen, const Observation& observation) {
    const Observation* versions = beside<TlsVersions>(question, observation);
    Judgement out = one(seen, versions ? fact_of<TlsVersions>(*versions) : nullptr);
    if (versions) out.evidence.push_back(versions->id);
    return out;
  });
}

}  // namespace

Judgement judge_group_strength(const Question& question) {
  return of_groups(question, [&](const TlsGroups& seen, const TlsVersions* versions) {
    return groups_at(question, seen, versions);
  });
}

Judgement judge_post_quantum(const Question& question) {
  return of_groups(question,
                   [](const TlsGroups& seen, const TlsVersions* versions) { return post_quantum_at(seen, versions); });
}

}  // namespace kenshin
