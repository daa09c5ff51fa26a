// Document: IPA/CRYPTREC TLS暗号設定ガイドライン 3.1.x: ECDHE over a curve of at least 128-bit security; DHE of at
// least 2048 bits. Judged for the versions whose groups were observed, which the reason names.
#include "probes/tls/code_points.h"
#include "reports/criteria/judges.h"
#include "reports/criteria/tls_versions.h"

namespace kenshin {

namespace {

bool has_name(GroupId group) { return !group_name(group).starts_with("0x"); }

Judgement groups_at(const Question& question, const TlsGroups& seen, const TlsVersions* versions) {
  const TlsRules& rules = question.profile.tls;
  std::vector<std::string> weak, unnamed, all, observed;
  const GroupList* incomplete = nullptr;
  for (const auto& [version, list] : seen.versions) {
    if (!list.complete) incomplete = &list;
    if (!list.groups.empty()) observed.emplace_back(version_name(version));
    for (const GroupId group : list.groups) {
      all.push_back(group_name(group));
      if (rules.weak_groups.count(group) > 0) weak.push_back(group_name(group));
      else if (!has_name(group)) unnamed.push_back(group_name(group));
    }
  }
  if (!weak.empty()) return judged(rules.weak_group, "group-weak", {{"groups", list_text(weak)}});
  if (incomplete) return judged(Verdict::Unknown, "groups-incomplete", {{"because", incomplete->because}});
  if (!unnamed.empty()) return judged(Verdict::Unknown, "group-unnamed", {{"groups", list_text(unnamed)}});
  if (!all.empty())
    return judged(Verdict::Met, "groups-strong", {{"groups", list_text(all)}, {"versions", list_text(observed)}});
  if (versions && !any_accepted(*versions)) return no_version_accepted(*versions);
  if (versions && accepted(*versions, TlsVersion::Tls13) == Answer::No)
    return judged(Verdict::NotApplicable, "version-not-accepted",
                  {{"version", std::string(version_name(TlsVersion::Tls13))}});
  return judged(Verdict::Unknown, "groups-incomplete", {{"because", ""}});
}

}  // namespace

Judgement judge_group_strength(const Question& question) {
  return worst_of<TlsGroups>(question, [&](const TlsGroups& seen, const Observation& observation) {
    const Observation* versions = beside<TlsVersions>(question, observation);
    Judgement out = groups_at(question, seen, versions ? fact_of<TlsVersions>(*versions) : nullptr);
    if (versions) out.evidence.push_back(versions->id);
    return out;
  });
}

}  // namespace kenshin
