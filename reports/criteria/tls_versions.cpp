// Document: オンライン診療の適切な実施に関する指針 checklist (2026), item 2.5.2-1.xii: TLS 1.3 or later; TLS 1.2 only
// where unavoidable. Below TLS 1.2 nothing is acceptable (also IPA TLS暗号設定ガイドライン 3.0.1, 高 and
// 推奨セキュリティ型).
#include "reports/criteria/tls_versions.h"

#include <algorithm>
#include <array>

#include "probes/tls/code_points.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

constexpr std::array newest_first = {TlsVersion::Tls13, TlsVersion::Tls12, TlsVersion::Tls11,
                                     TlsVersion::Tls10, TlsVersion::Ssl3,  TlsVersion::Ssl2};

std::string text(TlsVersion version) { return std::string(version_name(version)); }

Judgement undecided(const TlsVersions& seen, TlsVersion version) {
  return judged(Verdict::Unknown, "version-undecided",
                {{"version", text(version)}, {"because", because_of(seen, version)}});
}

Judgement floor_at(const Question& question, const TlsVersions& seen) {
  const TlsVersion floor = question.profile.tls.floor;
  std::vector<std::string> below;
  for (const TlsVersion version : newest_first)
    if (version < floor && accepted(seen, version) == Answer::Yes) below.push_back(text(version));
  if (!below.empty())
    return judged(Verdict::NotMet, "version-below-floor", {{"versions", list_text(below)}, {"floor", text(floor)}});
  if (!any_accepted(seen)) return no_version_accepted(seen);
  std::vector<std::string> refused;
  for (const TlsVersion version : newest_first) {
    if (version >= floor) continue;
    // Facts of a time before SSL 2.0 was asked hold nothing of it, and the reason does not claim it.
    if (version == TlsVersion::Ssl2 && seen.versions.count(version) == 0) continue;
    const Answer answer = accepted(seen, version);
    if (answer != Answer::No && answer != Answer::NotApplicable) return undecided(seen, version);
    refused.push_back(text(version));
  }
  return judged(Verdict::Met, "floor-held", {{"floor", text(floor)}, {"versions", list_text(refused)}});
}

Judgement tls13_at(const Question& question, const TlsVersions& seen) {
  if (accepted(seen, TlsVersion::Tls13) == Answer::Yes) return judged(Verdict::Met, "tls13-accepted");
  if (!any_accepted(seen)) return no_version_accepted(seen);
  if (accepted(seen, TlsVersion::Tls13) != Answer::No) return undecided(seen, TlsVersion::Tls13);
  const TlsRules& rules = question.profile.tls;
  const bool older_will_do = std::any_of(newest_first.begin(), newest_first.end(), [&](TlsVersion version) {
    return version >= rules.floor && version < TlsVersion::Tls12 && accepted(seen, version) == Answer::Yes;
  });
  if (rules.without_tls13 == Verdict::Met && older_will_do) return judged(Verdict::Met, "tls13-not-demanded");
  if (accepted(seen, TlsVersion::Tls12) == Answer::No) return judged(Verdict::NotMet, "only-old-versions");
  if (accepted(seen, TlsVersion::Tls12) != Answer::Yes) return undecided(seen, TlsVersion::Tls12);
  const Verdict alone = question.profile.tls.without_tls13;
  if (alone == Verdict::Met) return judged(Verdict::Met, "tls12-suffices");
  const auto* declared = question.facts.one<DeclaredEndpoint>(question.target);
  if (declared && !declared->tls12_reason.empty())
    return judged(Verdict::Conditional, "tls12-with-reason", {{"reason", declared->tls12_reason}});
  return judged(alone, "tls12-without-reason");
}

}  // namespace

Answer accepted(const TlsVersions& seen, TlsVersion version) {
  const auto at = seen.versions.find(version);
  return at == seen.versions.end() ? Answer::Unknown : at->second.accepted;
}

bool any_accepted(const TlsVersions& seen) {
  for (const auto& [version, decided] : seen.versions)
    if (decided.accepted == Answer::Yes) return true;
  return false;
}

std::string because_of(const TlsVersions& seen, TlsVersion version) {
  const auto at = seen.versions.find(version);
  return at == seen.versions.end() ? std::string() : at->second.because;
}

Judgement no_version_accepted(const TlsVersions& seen) {
  const auto newest = seen.versions.rbegin();
  return judged(Verdict::Unknown, "no-version-accepted",
                {{"because", newest == seen.versions.rend() ? std::string() : newest->second.because}});
}

Judgement judge_version_floor(const Question& question) {
  return worst_of<TlsVersions>(question,
                               [&](const TlsVersions& seen, const Observation&) { return floor_at(question, seen); });
}

Judgement judge_tls12(const Question& question) {
  return worst_of<TlsVersions>(question, [&](const TlsVersions& seen, const Observation&) {
    if (!any_accepted(seen)) return no_version_accepted(seen);
    switch (accepted(seen, TlsVersion::Tls12)) {
      case Answer::Yes: return judged(Verdict::Met, "tls12-accepted");
      case Answer::No: return judged(Verdict::Met, "tls12-refused");
      default: return undecided(seen, TlsVersion::Tls12);
    }
  });
}

Judgement judge_tls13(const Question& question) {
  return worst_of<TlsVersions>(question,
                               [&](const TlsVersions& seen, const Observation&) { return tls13_at(question, seen); });
}

}  // namespace kenshin
