#include "probes/tls/enumeration.h"

#include <algorithm>

#include "probes/net/side_by_side.h"
#include "probes/tls/code_points.h"
#include "probes/tls/key_exchange.h"
#include "probes/tls/server_messages.h"

namespace kenshin {

namespace {

std::vector<SuiteId> with_kind(const std::vector<SuiteId>& suites, KeyExchangeKind kind) {
  std::vector<SuiteId> out;
  for (const SuiteId suite : suites)
    if (key_exchange_of(suite) == kind) out.push_back(suite);
  return out;
}

// Suites of TLS 1.3 that everybody can read; all of them where the server chose another.
HelloOffer tls13_base(const VersionAsked& asked) {
  const auto chosen = asked.first.reply.hello()->suite;
  std::vector<SuiteId> usual{static_cast<SuiteId>(0x1301), static_cast<SuiteId>(0x1302), static_cast<SuiteId>(0x1303)};
  const bool is_usual = std::find(usual.begin(), usual.end(), chosen) != usual.end();
  return tls13_offer(is_usual ? usual : tls13_suites(), asked.offer.groups, asked.offer.shares);
}

class Enumerating {
 public:
  Enumerating(Conversation& conversation, Opening opening, Tallies& tallies)
      : conversation_(conversation), tallies_(tallies) {
    out_.sslv2_kinds = std::move(opening.sslv2_kinds);
    for (auto& [version, heard] : opening.heard)
      out_.versions[version] = {std::move(heard), std::move(opening.offers[version]), {}, {}, {}};
  }

  Enumeration run() {
    std::vector<std::function<void()>> work;
    const auto highest = highest_before_tls13();
    out_.key_exchange.honours_ffdhe = {Answer::NotApplicable, "no DHE suite"};
    for (auto& [version, asked] : out_.versions) {
      const auto so_far = spoken(version, asked.first);
      if (version == TlsVersion::Ssl2) continue;
      if (version == TlsVersion::Tls13) {
        if (so_far == Spoken::Yes) ask_tls13(asked, work);
      } else if (so_far == Spoken::Yes || so_far == Spoken::NotSoFar) {
        ask_old(version, asked, version == highest, work);
      }
    }
    side_by_side(work);
    work.clear();
    for (auto& [version, asked] : out_.versions)
      if (asked.suites && asked.suites->accepted.size() > 1)
        work.emplace_back([this, &asked = asked] { ask_preference(asked); });
    // Whoever asks for a preference asks at least once what was accepted before: a control, too.
    const int controls = controls_in_a_row - conversation_.known_in_a_row() - static_cast<int>(work.size());
    work.emplace_back([this, controls] { conversation_.controls(controls, tallies_.suites); });
    side_by_side(work);
    return std::move(out_);
  }

 private:
  std::optional<TlsVersion> highest_before_tls13() const {
    for (const TlsVersion version : {TlsVersion::Tls12, TlsVersion::Tls11, TlsVersion::Tls10, TlsVersion::Ssl3}) {
      const auto at = out_.versions.find(version);
      if (at != out_.versions.end() && spoken(version, at->second.first) == Spoken::Yes) return version;
    }
    return std::nullopt;
  }

  void ask_tls13(VersionAsked& asked, std::vector<std::function<void()>>& work) {
    work.emplace_back([this, &asked] {
      const auto base = tls13_base(asked);
      asked.suites = search_tls13_suites(conversation_, base, asked.first.reply.hello()->suite, tallies_.suites);
    });
    work.emplace_back([this, &asked] {
      asked.agreement = search_tls13_agreement(conversation_, tls13_base(asked), tallies_.groups, tallies_.schemes);
    });
  }

  void ask_old(TlsVersion version, VersionAsked& asked, bool with_agreement, std::vector<std::function<void()>>& work) {
    const auto* hello = asked.first.reply.hello();
    const auto first = hello != nullptr ? std::optional(hello->suite) : std::nullopt;
    const bool ecdhe = first && key_exchange_of(*first) == KeyExchangeKind::Ecdhe;
    const auto agree = [this, version, &asked](const std::vector<SuiteId>& suites) {
      constexpr std::uint8_t certificate = 11;
      asked.agreement =
          search_old_agreement(conversation_, version, with_kind(suites, KeyExchangeKind::Ecdhe),
                               leaf_key(asked.first.reply.message(certificate)), tallies_.groups, tallies_.schemes);
    };
    work.emplace_back([this, first, ecdhe, with_agreement, agree, &asked] {
      asked.suites = search_suites(conversation_, asked.offer, first, long_lists_, tallies_.suites);
      if (with_agreement) ask_ffdhe(asked);
      // Another kind was preferred: perhaps there is none of ECDHE.
      if (with_agreement && !ecdhe && !with_kind(asked.suites->accepted, KeyExchangeKind::Ecdhe).empty())
        agree(asked.suites->accepted);
    });
    if (with_agreement && ecdhe) work.emplace_back([agree, &asked] { agree(asked.offer.suites); });
  }

  void ask_preference(VersionAsked& asked) {
    HelloOffer offer = asked.offer;
    if (offer.version == TlsVersion::Tls13) offer = tls13_base(asked);
    const auto& accepted = asked.suites->accepted;
    const auto* hello = asked.first.reply.hello();
    const SuiteId first = hello != nullptr ? hello->suite : accepted.front();
    const auto offered = hello != nullptr ? asked.offer.suites : std::vector<SuiteId>();
    asked.preference = preference(conversation_, offer, accepted, first, offered, tallies_.suites);
  }

  void ask_ffdhe(const VersionAsked& asked) {
    const auto dhe = with_kind(asked.suites->accepted, KeyExchangeKind::Dhe);
    const auto seen = key_exchange_seen(conversation_.key_exchanges(), "");
    if (dhe.empty() || seen.dh_groups.empty()) return;
    HelloOffer offer = asked.offer;
    offer.suites = dhe;
    out_.key_exchange.honours_ffdhe =
        honours_ffdhe(conversation_, offer, seen.dh_groups.front(), tallies_.key_exchange);
  }

  Conversation& conversation_;
  Tallies& tallies_;
  LongLists long_lists_;
  Enumeration out_;
};

// Why an answer does not prove a refusal; empty where it does.
std::string doubt(const Conversation& conversation, const Heard& end) {
  if (end.weight == Weight::Nothing) return end.because;
  return conversation.in_doubt(end) ? ending(end.reply) + ", control failed" : std::string();
}

std::string doubt(const Conversation& conversation, const std::string& broken, const std::vector<Heard>& ends) {
  if (!broken.empty()) return broken;
  for (const Heard& end : ends)
    if (auto found = doubt(conversation, end); !found.empty()) return found;
  return {};
}

std::string doubt(const Conversation& conversation, const VersionAsked& asked) {
  if (!asked.suites) return doubt(conversation, asked.first);
  return doubt(conversation, asked.suites->broken, asked.suites->ends);
}

Decided decided(const Conversation& conversation, TlsVersion version, const VersionAsked& asked) {
  if (spoken(version, asked.first) == Spoken::Yes) return {Answer::Yes, asked.first.because};
  if (asked.suites && !asked.suites->accepted.empty()) return {Answer::Yes, "server_hello"};
  if (const auto found = doubt(conversation, asked); !found.empty()) return {Answer::Unknown, found};
  if (spoken(version, asked.first) == Spoken::Unknown)
    return {Answer::Unknown, asked.first.because + ", of a version not offered"};
  const auto* hello = asked.first.reply.hello();
  return {Answer::No, asked.first.because + (hello != nullptr ? " " + std::string(version_name(hello->version)) : "")};
}

SuiteList suite_list(const Conversation& conversation, const VersionAsked& asked) {
  auto found = doubt(conversation, asked);
  if (!asked.suites) return {{}, false, ChosenBy::Unknown, found.empty() ? asked.first.because : found};
  SuiteList out;
  out.suites = asked.suites->accepted;
  if (found.empty() && out.suites.empty()) found = "accepted, but no suite was accepted again";
  out.complete = found.empty();
  out.because = found;
  out.chosen_by = asked.preference.chosen_by;
  out.prefers_chacha = asked.preference.prefers_chacha;
  auto sorted = asked.preference.order;
  std::sort(sorted.begin(), sorted.end());
  out.ordered = !sorted.empty() && sorted == out.suites;
  if (out.ordered) out.suites = asked.preference.order;
  return out;
}

GroupList group_list(const Conversation& conversation, const Agreement& agreement) {
  GroupList out;
  out.groups = agreement.groups;
  out.because = doubt(conversation, agreement.broken, agreement.group_ends);
  out.complete = out.because.empty();
  out.ordered = agreement.ordered;
  return out;
}

SchemeList scheme_list(const Conversation& conversation, const Agreement& agreement) {
  SchemeList out;
  out.schemes = agreement.schemes;
  out.because = doubt(conversation, agreement.broken, agreement.scheme_ends);
  out.complete = out.because.empty();
  return out;
}

// Lists of groups and schemes of a version that has suites but was not asked for them.
void without_agreement(TlsVersion version, const SuiteList& suites, Learned& out) {
  GroupList groups;
  SchemeList schemes;
  const bool none =
      suites.complete && with_kind(suites.suites, KeyExchangeKind::Ecdhe).empty() && version != TlsVersion::Tls13;
  groups.complete = none;
  groups.because = none ? "" : suites.because.empty() ? "not asked" : suites.because;
  const bool signs = !with_kind(suites.suites, KeyExchangeKind::Dhe).empty();
  schemes.complete = none && !signs;
  schemes.because = schemes.complete ? "" : none ? "not asked without ECDHE" : groups.because;
  out.groups.versions[version] = std::move(groups);
  if (version >= TlsVersion::Tls12) out.schemes.versions[version] = std::move(schemes);
}

}  // namespace

Enumeration enumerate(Conversation& conversation, Opening opening, Tallies& tallies) {
  return Enumerating(conversation, std::move(opening), tallies).run();
}

Learned learned_from(const Conversation& conversation, Enumeration seen) {
  Learned out;
  std::string dhe_doubt;
  bool highest_told = false;
  for (auto at = seen.versions.rbegin(); at != seen.versions.rend(); ++at) {
    const TlsVersion version = at->first;
    const VersionAsked& asked = at->second;
    const auto word = decided(conversation, version, asked);
    out.versions.versions[version] = word;
    if (word.accepted == Answer::No) continue;
    if (version == TlsVersion::Ssl2) {
      const bool yes = word.accepted == Answer::Yes;
      out.suites.versions[version] = {seen.sslv2_kinds, yes, ChosenBy::Client, yes ? "" : word.because};
      continue;
    }
    const SuiteList list = suite_list(conversation, asked);
    out.suites.versions[version] = list;
    if (version != TlsVersion::Tls13 && dhe_doubt.empty()) dhe_doubt = list.because;
    if (word.accepted == Answer::Yes && asked.first.reply.hello() != nullptr) {
      out.offers[version] = asked.offer;
      out.replies[version] = asked.first.reply;
    }
    if (version != TlsVersion::Tls13) {
      if (highest_told) continue;
      highest_told = asked.agreement || word.accepted == Answer::Yes;
    }
    if (!asked.agreement) {
      without_agreement(version, list, out);
      continue;
    }
    out.groups.versions[version] = group_list(conversation, *asked.agreement);
    if (asked.agreement->handshake) out.handshake = asked.agreement->handshake;
    if (version >= TlsVersion::Tls12) out.schemes.versions[version] = scheme_list(conversation, *asked.agreement);
  }
  const Decided ffdhe = seen.key_exchange.honours_ffdhe;
  out.key_exchange = key_exchange_seen(conversation.key_exchanges(), dhe_doubt);
  out.key_exchange.honours_ffdhe = ffdhe;
  if (ffdhe.accepted == Answer::NotApplicable && !(out.key_exchange.complete && out.key_exchange.dh_groups.empty()))
    out.key_exchange.honours_ffdhe = {Answer::Unknown, "not asked"};
  return out;
}

}  // namespace kenshin
