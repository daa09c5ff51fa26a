#include <algorithm>

#include "probes/tls/agreement.h"
#include "probes/tls/code_points.h"
#include "probes/tls/server_messages.h"

namespace kenshin {

namespace {

constexpr std::uint8_t server_key_exchange = 12;

std::vector<GroupId> groups(std::initializer_list<std::uint16_t> codes) {
  std::vector<GroupId> out;
  for (const std::uint16_t code : codes) out.push_back(static_cast<GroupId>(code));
  return out;
}

// What the ServerKeyExchange used; a Heard that proves nothing where it cannot be read.
Agreed read(Heard heard, TlsVersion version) {
  const auto* hello = heard.reply.hello();
  if (hello == nullptr || heard.weight != Weight::Decides) return {std::move(heard), {}, {}};
  if (hello->version < version) return {std::move(heard), {}, {}};
  const Buffer* message = heard.reply.message(server_key_exchange);
  const auto kind = key_exchange_of(hello->suite);
  if (message != nullptr && kind == KeyExchangeKind::Ecdhe && hello->version == version)
    if (const auto sent = parse_server_key_exchange(*message, *kind, version)) {
      const auto group = sent->group;
      return {std::move(heard), group, sent->scheme};
    }
  heard.weight = Weight::Nothing;
  heard.because = "server_hello, no key exchange";
  return {std::move(heard), {}, {}};
}

}  // namespace

Agreement search_old_agreement(Conversation& conversation, TlsVersion version, const std::vector<SuiteId>& suites,
                               const CertificateKey& key, Tally& group_tally, Tally& scheme_tally) {
  const HelloOffer base = old_offer(version, suites);
  const bool names_schemes = version >= TlsVersion::Tls12;
  const auto curve = key.curve;
  const auto ask = [&](std::vector<GroupId> wanted, std::vector<SchemeId> schemes, Tally& tally) {
    HelloOffer offer = base;
    offer.groups = std::move(wanted);
    offer.schemes = std::move(schemes);
    return read(conversation.ask(offer, tally), version);
  };
  // The certificate's curve stands last.
  const auto ask_beside_curve = [&](std::vector<GroupId> wanted, std::vector<SchemeId> schemes, bool& beside) {
    beside = curve && std::find(wanted.begin(), wanted.end(), *curve) == wanted.end();
    if (beside) wanted.push_back(*curve);
    Agreed out = ask(std::move(wanted), std::move(schemes), group_tally);
    beside = beside && out.group == curve;
    if (beside) out.group.reset();
    return out;
  };

  AgreementPlan plan;
  plan.likely_groups = groups({0x001D, 0x0017, 0x0018, 0x0019, 0x001E});
  plan.groups = base.groups;
  if (names_schemes) {
    plan.likely_schemes = likely_schemes(key, version);
    plan.schemes = {all_schemes().begin(), all_schemes().end()};
  }
  plan.pairable = [](GroupId) { return true; };
  plan.ask_pair = [&](GroupId group, SchemeId scheme) {
    bool hidden = false;
    return ask_beside_curve({group}, {scheme}, hidden);
  };
  // Who chooses the curve has none of the others, or prefers it to them: then they are to be had without it or not at
  // all.
  plan.ask_groups = [&](const std::vector<GroupId>& wanted) {
    bool hidden = false;
    Agreed out = ask_beside_curve(wanted, {}, hidden);
    return hidden ? ask(wanted, {}, group_tally) : out;
  };
  plan.ask_schemes = [&](const std::vector<SchemeId>& wanted) { return ask(base.groups, wanted, scheme_tally); };
  return search_agreement(plan);
}

}  // namespace kenshin
