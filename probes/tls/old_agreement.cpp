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
  // The certificate's curve stands last: whoever chooses it has none of the others, or prefers it to them, so that no
  // client can have them.
  const auto ask = [&](std::vector<GroupId> wanted, std::vector<SchemeId> schemes, Tally& tally) {
    HelloOffer offer = base;
    offer.groups = wanted;
    const bool beside = curve && std::find(wanted.begin(), wanted.end(), *curve) == wanted.end();
    if (beside) offer.groups.push_back(*curve);
    offer.schemes = std::move(schemes);
    Agreed out = read(conversation.ask(offer, tally), version);
    if (beside && out.group == curve) out.group.reset();
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
  plan.ask_pair = [&](GroupId group, SchemeId scheme) { return ask({group}, {scheme}, group_tally); };
  plan.ask_groups = [&](const std::vector<GroupId>& wanted) { return ask(wanted, {}, group_tally); };
  plan.ask_schemes = [&](const std::vector<SchemeId>& wanted) { return ask(base.groups, wanted, scheme_tally); };
  return search_agreement(plan);
}

}  // namespace kenshin
