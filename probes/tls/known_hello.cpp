#include "probes/tls/known_hello.h"

#include <algorithm>
#include <array>

#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

constexpr std::array before_tls13{TlsVersion::Tls12, TlsVersion::Tls11, TlsVersion::Tls10, TlsVersion::Ssl3};
constexpr std::size_t most_suites = 60;  // some servers read no more than 64

}  // namespace

bool name_has(SuiteId suite, std::string_view part) { return suite_name(suite).find(part) != std::string::npos; }

bool is_cbc(SuiteId suite) { return name_has(suite, "_CBC_"); }

std::vector<TlsVersion> spoken_before_tls13(const Learned& learned) {
  std::vector<TlsVersion> out;
  for (const TlsVersion version : before_tls13)
    if (learned.speaks(version) == Answer::Yes) out.push_back(version);
  return out;
}

Decided speaks_before_tls13(const Learned& learned) {
  if (!spoken_before_tls13(learned).empty()) return {Answer::Yes, "server_hello"};
  for (const TlsVersion version : before_tls13) {
    const auto at = learned.versions.versions.find(version);
    if (at == learned.versions.versions.end())
      return {Answer::Unknown, std::string(version_name(version)) + " not asked"};
    if (at->second.accepted == Answer::Unknown)
      return {Answer::Unknown, std::string(version_name(version)) + ": " + at->second.because};
  }
  return {Answer::NotApplicable, "nothing below TLSv1.3 is accepted"};
}

std::string unlisted_before_tls13(const Learned& learned) {
  for (const TlsVersion version : before_tls13) {
    if (learned.speaks(version) == Answer::No) continue;
    const SuiteList* list = learned.suites_of(version);
    if (list != nullptr && list->complete) continue;
    const std::string why = list == nullptr || list->because.empty() ? "no list of suites" : list->because;
    return std::string(version_name(version)) + ": " + why;
  }
  return {};
}

std::optional<HelloOffer> known_hello(const Learned& learned, TlsVersion version, const SuitePredicate& wanted) {
  if (version == TlsVersion::Tls13 || version == TlsVersion::Ssl2) return std::nullopt;
  std::vector<SuiteId> suites;
  if (const SuiteList* list = learned.suites_of(version)) suites = list->suites;
  const auto reply = learned.replies.find(version);
  if (suites.empty() && reply != learned.replies.end() && reply->second.hello() != nullptr)
    suites = {reply->second.hello()->suite};
  if (wanted) std::erase_if(suites, [&](SuiteId suite) { return !wanted(suite); });
  if (suites.empty()) return std::nullopt;
  if (suites.size() > most_suites) suites.resize(most_suites);
  HelloOffer out = old_offer(version, {});
  if (const auto asked = learned.offers.find(version); asked != learned.offers.end()) out = asked->second;
  out.suites = std::move(suites);
  return out;
}

}  // namespace kenshin
