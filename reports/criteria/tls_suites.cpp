// Document: checklist (2026), item 2.5.2-1.xii: sufficient strength, which it does not define. Graded by IPA/CRYPTREC
// TLS暗号設定ガイドライン 3.0.1, 設定例 for 高 and 推奨セキュリティ型. Prohibited families: RFC 7465 (RC4), RFC
// 9325 4.1 (static RSA is a SHOULD NOT there; that the item's sufficient strength rules it out is our reading).
#include <algorithm>
#include <array>

#include "probes/base/text.h"
#include "probes/tls/code_points.h"
#include "reports/criteria/judges.h"
#include "reports/criteria/suite_families.h"
#include "reports/criteria/tls_suites.h"
#include "reports/criteria/tls_versions.h"

namespace kenshin {

namespace {

std::vector<SuiteId> below(const std::vector<SuiteId>& suites, SuiteGrade demanded, const SuiteLists& lists) {
  std::vector<SuiteId> out;
  for (const SuiteId suite : suites)
    if (lists.grade(suite) < demanded) out.push_back(suite);
  return out;
}

// The grades of a list, to stand beside the verdict.
Parameters graded(const std::vector<SuiteId>& suites, const SuiteLists& lists, TlsVersion version) {
  const auto count = [&](SuiteGrade grade) {
    return std::to_string(
        std::count_if(suites.begin(), suites.end(), [&](SuiteId suite) { return lists.grade(suite) == grade; }));
  };
  return {{"version", std::string(version_name(version))},
          {"edition", lists.edition},
          {"high", count(SuiteGrade::High)},
          {"recommended", count(SuiteGrade::Recommended)},
          {"exception", lists.exception_list_held ? count(SuiteGrade::Exception) : "?"},
          {"outside", count(SuiteGrade::Outside)}};
}

const TlsVersions* versions_beside(const Question& question, const Observation& seen, Judgement& out) {
  const Observation* versions = beside<TlsVersions>(question, seen);
  if (!versions) return nullptr;
  out.evidence.push_back(versions->id);
  return fact_of<TlsVersions>(*versions);
}

// Why there is no list for the version: it is not accepted, or could not be asked.
Judgement without_list(const TlsVersions* versions, TlsVersion version) {
  if (versions && accepted(*versions, version) == Answer::No)
    return judged(Verdict::NotApplicable, "version-not-accepted", {{"version", std::string(version_name(version))}});
  return suites_incomplete(version, versions ? because_of(*versions, version) : std::string());
}

Judgement listed(const Question& question, const SuiteList& list, const TlsVersions* versions, TlsVersion version) {
  const TlsRules& rules = question.profile.tls;
  const SuiteLists& lists = question.profile.suites;
  const bool high = rules.demanded == SuiteGrade::High;
  Parameters parameters = graded(list.suites, lists, version);
  const auto outside = below(list.suites, rules.demanded, lists);
  if (!outside.empty()) {
    const bool in_no_list = std::any_of(outside.begin(), outside.end(),
                                        [&](SuiteId suite) { return lists.grade(suite) == SuiteGrade::Outside; });
    parameters.emplace_back("suites", suite_names(outside));
    if (rules.demanded == SuiteGrade::Exception && in_no_list && !lists.exception_list_held)
      return judged(Verdict::Unknown, "suite-exception-list-missing", std::move(parameters));
    const bool proven_outside = lists.exception_list_held && in_no_list;
    return judged(proven_outside ? Verdict::NotMet : rules.outside, high ? "suite-outside-high" : "suite-outside-list",
                  std::move(parameters));
  }
  if (!list.complete) return suites_incomplete(version, list.because);
  if (list.suites.empty() && (!versions || accepted(*versions, version) != Answer::Yes))
    return judged(Verdict::NotApplicable, "version-not-accepted", {{"version", std::string(version_name(version))}});
  if (list.suites.empty()) return suites_incomplete(version, list.because);  // accepted, yet no suite was found
  std::vector<SuiteId> recalled;
  for (const SuiteId suite : list.suites)
    if (lists.recalled.count(suite) > 0) recalled.push_back(suite);
  if (!recalled.empty()) {
    parameters.emplace_back("suites", suite_names(recalled));
    return judged(Verdict::Attention, "suite-membership-unconfirmed", std::move(parameters));
  }
  return judged(Verdict::Met, high ? "suites-listed-high" : "suites-listed", std::move(parameters));
}

Judgement listed_in(const Question& question, const TlsSuites& seen, const TlsVersions* versions, TlsVersion version) {
  const auto list = seen.versions.find(version);
  return list == seen.versions.end() ? without_list(versions, version)
                                     : listed(question, list->second, versions, version);
}

// The worst of the versions asked for.
Judgement listed_for(const Question& question, const std::vector<TlsVersion>& wanted) {
  return worst_of<TlsSuites>(question, [&](const TlsSuites& seen, const Observation& observation) {
    Judgement beside_it;
    const TlsVersions* versions = versions_beside(question, observation, beside_it);
    Judgement out = no_suite_accepted(versions, seen) ? no_version_accepted(*versions)
                                                      : listed_in(question, seen, versions, wanted.front());
    for (std::size_t i = 1; i < wanted.size(); ++i) {
      Judgement next = listed_in(question, seen, versions, wanted[i]);
      if (is_worse(next.verdict, out.verdict)) out = std::move(next);
    }
    out.evidence = std::move(beside_it.evidence);
    return out;
  });
}

Judgement prohibited_at(const Question& question, const TlsSuites& seen, const TlsVersions* versions) {
  std::vector<SuiteId> found;
  for (const auto& [version, list] : seen.versions)
    for (const SuiteId suite : in_families(list.suites, question.profile.tls.prohibited))
      if (std::find(found.begin(), found.end(), suite) == found.end()) found.push_back(suite);
  if (!found.empty()) {
    const bool only_static_rsa = in_families(found, {"static_rsa"}).size() == found.size() &&
                                 in_families(found, {"null", "anon", "export", "des", "3des", "rc2", "rc4"}).empty();
    return judged(Verdict::NotMet, only_static_rsa ? "suite-static-rsa" : "suite-prohibited",
                  {{"suites", suite_names(found)}});
  }
  if (no_suite_accepted(versions, seen)) return no_version_accepted(*versions);
  for (const TlsVersion version :
       {TlsVersion::Ssl3, TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12, TlsVersion::Tls13}) {
    const auto list = seen.versions.find(version);
    const bool spoken = !versions || accepted(*versions, version) != Answer::No;
    const bool empty =
        list != seen.versions.end() && list->second.suites.empty();  // accepted without a suite: no proof
    if (list != seen.versions.end() && list->second.complete && !(spoken && empty)) continue;
    if (list == seen.versions.end() && versions && accepted(*versions, version) == Answer::No) continue;
    const bool listed = list != seen.versions.end() && !list->second.because.empty();
    return suites_incomplete(version, listed     ? list->second.because
                                      : versions ? because_of(*versions, version)
                                                 : std::string());
  }
  return judged(Verdict::Met, "no-prohibited-suite");
}

bool is_last_choice(SuiteId suite) {
  const std::string name = suite_name(suite);
  constexpr std::array<std::string_view, 3> aead{"_GCM_", "_CCM", "_CHACHA20_POLY1305"};
  return std::none_of(aead.begin(), aead.end(),
                      [&](std::string_view part) { return name.find(part) != std::string::npos; });
}
bool is_first_choice(SuiteId suite) {
  return !is_last_choice(suite) && suite_name(suite).find("_ECDHE_") != std::string::npos;
}

// Authenticated encryption with a fresh key before anything without it.
Judgement order_by_server(const SuiteList& list) {
  const auto& suites = list.suites;
  const auto last = std::find_if(suites.begin(), suites.end(), is_last_choice);
  if (last == suites.end() || std::none_of(suites.begin(), suites.end(), is_first_choice))
    return judged(Verdict::Met, "order-by-server");
  if (!list.ordered) return judged(Verdict::Unknown, "order-not-walked");
  const auto first = std::find_if(last, suites.end(), is_first_choice);
  return first == suites.end() ? judged(Verdict::Met, "order-by-server")
                               : judged(Verdict::Attention, "order-weak-first",
                                        {{"weak", suite_name(*last)}, {"strong", suite_name(*first)}});
}

Judgement order_of(const Question& question, const SuiteList& list, const TlsVersions* versions) {
  const SuiteLists& lists = question.profile.suites;
  if (list.suites.empty()) {
    if (list.complete) return without_list(versions, TlsVersion::Tls12);
    return suites_incomplete(TlsVersion::Tls12, list.because);
  }
  if (list.chosen_by == ChosenBy::Server) return order_by_server(list);
  if (!list.complete) return suites_incomplete(TlsVersion::Tls12, list.because);
  if (list.suites.size() == 1 || below(list.suites, SuiteGrade::High, lists).empty())
    return judged(Verdict::Met, "order-harmless");
  if (list.chosen_by == ChosenBy::Client) return judged(Verdict::Attention, "order-by-client");
  return judged(Verdict::Unknown, "order-undecided");
}

}  // namespace

std::string suite_names(const std::vector<SuiteId>& suites) {
  std::vector<std::string> out;
  for (const SuiteId suite : suites) out.push_back(suite_name(suite));
  return join(out, ", ");
}

Judgement suites_incomplete(TlsVersion version, const std::string& because) {
  return judged(Verdict::Unknown, "suites-incomplete",
                {{"version", std::string(version_name(version))}, {"because", because}});
}

bool no_suite_accepted(const TlsVersions* versions, const TlsSuites& seen) {
  if (!versions || any_accepted(*versions)) return false;
  return std::all_of(seen.versions.begin(), seen.versions.end(), [](const auto& v) { return v.second.suites.empty(); });
}

Judgement judge_suites_listed(const Question& question) {
  std::vector<TlsVersion> wanted = {TlsVersion::Tls12};
  for (const TlsVersion version : {TlsVersion::Tls11, TlsVersion::Tls10})
    if (version >= question.profile.tls.floor) wanted.push_back(version);
  return listed_for(question, wanted);
}

Judgement judge_suites_tls13(const Question& question) { return listed_for(question, {TlsVersion::Tls13}); }

Judgement judge_suites_prohibited(const Question& question) {
  return worst_of<TlsSuites>(question, [&](const TlsSuites& seen, const Observation& observation) {
    Judgement beside_it;
    const TlsVersions* versions = versions_beside(question, observation, beside_it);
    Judgement out = prohibited_at(question, seen, versions);
    out.evidence = std::move(beside_it.evidence);
    return out;
  });
}

Judgement judge_server_order(const Question& question) {
  return worst_of<TlsSuites>(question, [&](const TlsSuites& seen, const Observation& observation) {
    Judgement beside_it;
    const TlsVersions* versions = versions_beside(question, observation, beside_it);
    const auto list = seen.versions.find(TlsVersion::Tls12);
    Judgement out = no_suite_accepted(versions, seen) ? no_version_accepted(*versions)
                    : list == seen.versions.end()     ? without_list(versions, TlsVersion::Tls12)
                                                      : order_of(question, list->second, versions);
    out.evidence = std::move(beside_it.evidence);
    return out;
  });
}

}  // namespace kenshin
