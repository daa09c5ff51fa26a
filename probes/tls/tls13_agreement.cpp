#include <algorithm>

#include "probes/net/side_by_side.h"
#include "probes/tls/agreement.h"
#include "probes/tls/code_points.h"
#include "probes/tls/handshake13.h"
#include "probes/tls/order.h"

namespace kenshin {

namespace {

// Few servers prefer it, so that most send their whole list (RFC 8446 4.2.7 lets them tell what they prefer).
constexpr auto unloved = static_cast<GroupId>(0x0018);

std::vector<GroupId> everything() { return {all_groups().begin(), all_groups().end()}; }

bool offered(const std::vector<GroupId>& groups, GroupId group) {
  return std::find(groups.begin(), groups.end(), group) != groups.end();
}

// The last word of a handshake: a signature that is right, an alert, or how it broke off.
Reply last_word(const Seen13& seen) {
  if (seen.reply.hello() == nullptr || seen.scheme) return seen.reply;
  if (seen.alert) return {*seen.alert, {}};
  const auto kind = seen.end ? seen.end->kind : Error::Kind::Closed;
  return {Error{kind, "no CertificateVerify"}, {}, kind, true};
}

class Asking {
 public:
  Asking(Conversation& conversation, const HelloOffer& offer, Tally& groups, Tally& schemes)
      : conversation_(conversation), offer_(offer), groups_(groups), schemes_(schemes) {
    offer_.shares = KeyShares::None;
  }

  Seen13 handshake(const std::vector<GroupId>& groups, const std::vector<SchemeId>& schemes, GroupId share,
                   Tally& tally) {
    Wish13 wish;
    wish.offer = offer_;
    wish.offer.groups = groups;
    wish.offer.schemes = schemes;
    wish.shares = {share};
    return handshake13(conversation_, wish, tally);
  }

  Agreed ask_handshake(const std::vector<GroupId>& groups, const std::vector<SchemeId>& schemes, GroupId share,
                       Tally& tally) {
    Seen13 seen;
    Heard heard = conversation_.ask(Attempt([&] {
                                      seen = handshake(groups, schemes, share, tally);
                                      return last_word(seen);
                                    }),
                                    tally);
    const bool proven = heard.weight == Weight::Decides && heard.reply.hello() != nullptr;
    if (!proven || !seen.scheme) return {std::move(heard), {}, {}};
    return {std::move(heard), group_of(seen), seen.scheme};
  }

  // No share: the server names the group it takes (RFC 8446 4.1.4).
  Agreed ask_groups(const std::vector<GroupId>& groups) { return retry(groups, false); }
  // The server is known to take these: which one, of what order it finds them in.
  std::optional<GroupId> choose(const std::vector<GroupId>& groups) { return retry(groups, true).group; }

  static std::optional<GroupId> group_of(const Seen13& seen) {
    const auto* hello = seen.reply.hello();
    return hello != nullptr && hello->version == TlsVersion::Tls13 ? hello->group : std::nullopt;
  }

  Tally& groups() { return groups_; }
  Tally& schemes() { return schemes_; }

 private:
  Agreed retry(const std::vector<GroupId>& groups, bool known) {
    HelloOffer offer = offer_;
    offer.groups = groups;
    offer.shares = KeyShares::Empty;
    Heard heard = known ? conversation_.ask_known(offer, groups_) : conversation_.ask(offer, groups_);
    const auto* hello = heard.reply.hello();
    if (hello == nullptr || hello->version != TlsVersion::Tls13) return {std::move(heard), {}, {}};
    const auto group = hello->group;
    if (!group) heard.weight = Weight::Nothing, heard.because = "answered without a group";
    return {std::move(heard), group, {}};
  }

  Conversation& conversation_;
  HelloOffer offer_;
  Tally &groups_, &schemes_;
};

// The server's order by what it takes of the groups it has; nothing where it follows the client.
std::optional<std::vector<GroupId>> order_of(Asking& asking, const std::vector<GroupId>& groups) {
  if (groups.size() < 2) return groups;
  std::vector<GroupId> guess;
  for (const std::uint16_t code : std::initializer_list<std::uint16_t>{0x11EC, 0x001D, 0x0017, 0x001E, 0x0019, 0x0018})
    if (offered(groups, static_cast<GroupId>(code))) guess.push_back(static_cast<GroupId>(code));
  for (const GroupId group : groups)
    if (!offered(guess, group)) guess.push_back(group);
  std::optional<GroupId> first, last;
  side_by_side({[&] { first = asking.choose(guess); }, [&] { last = asking.choose({guess.rbegin(), guess.rend()}); }});
  if (!first || first != last || !offered(guess, *first)) return std::nullopt;
  std::erase(guess, *first);
  auto order = order_by_choices<GroupId>(guess, [&](std::vector<GroupId> set) {
    std::reverse(set.begin(), set.end());
    return asking.choose(set);
  });
  if (order) order->insert(order->begin(), *first);
  return order;
}

}  // namespace

Agreement search_tls13_agreement(Conversation& conversation, const HelloOffer& accepted, Tally& groups,
                                 Tally& schemes) {
  Asking asking(conversation, accepted, groups, schemes);
  Seen13 first = asking.handshake(everything(), {}, unloved, groups);
  for (int tried = 1; tried < 3 && first.reply.error() != nullptr; ++tried)
    first = asking.handshake(everything(), {}, unloved, groups);
  Agreement known;
  const auto used = Asking::group_of(first);
  if (first.scheme && used) known.groups = {*used};
  if (first.scheme) known.schemes = {*first.scheme};
  if (first.scheme) known.handshake = std::make_shared<const Seen13>(first);
  const auto key = first.certificates.empty() ? CertificateKey{} : certificate_key(first.certificates.front().der);

  AgreementPlan plan;
  plan.groups = everything();
  plan.schemes = {all_schemes().begin(), all_schemes().end()};
  plan.likely_schemes = likely_schemes(key, TlsVersion::Tls13);
  // Without a group that is known to be taken, no refusal of schemes proves anything.
  if (!used) known.scheme_ends.push_back({first.reply, Weight::Nothing, ending(first.reply)});
  const GroupId share = used.value_or(static_cast<GroupId>(0x001D));
  plan.pairable = can_share;
  plan.ask_pair = [&](GroupId group, SchemeId scheme) {
    return asking.ask_handshake({group}, {scheme}, group, groups);
  };
  plan.ask_groups = [&](const std::vector<GroupId>& wanted) { return asking.ask_groups(wanted); };
  plan.ask_schemes = [&](const std::vector<SchemeId>& wanted) {
    return asking.ask_handshake({share}, wanted, share, schemes);
  };

  std::vector<GroupId> told = first.decrypted ? first.groups : std::vector<GroupId>();
  std::erase_if(told, [](GroupId group) { return !offered(everything(), group); });
  if (told.empty()) {
    for (const std::uint16_t code :
         std::initializer_list<std::uint16_t>{0x001D, 0x0017, 0x0018, 0x0019, 0x001E, 0x11EC})
      plan.likely_groups.push_back(static_cast<GroupId>(code));
    Agreement out = search_agreement(plan, std::move(known));
    if (auto order = order_of(asking, out.groups)) {
      out.groups = std::move(*order);
      out.ordered = !out.groups.empty();
    }
    return out;
  }
  // The server's own authentic list. Those that fit beside a scheme are proven on the way, and those that no share of
  // ours can prove by a HelloRetryRequest; of the others its word is taken.
  std::size_t pairs = plan.likely_schemes.size();
  for (const GroupId group : told) {
    if (used == group) continue;
    if (!can_share(group)) plan.likely_groups.push_back(group);
    else if (pairs > 0) plan.likely_groups.push_back(group), --pairs;
    else known.groups.push_back(group);
  }
  Agreement out = search_agreement(plan, std::move(known));
  std::vector<GroupId> in_order;
  for (const GroupId group : told)
    if (offered(out.groups, group) && !offered(in_order, group)) in_order.push_back(group);
  out.ordered = in_order.size() == out.groups.size();
  if (out.ordered) out.groups = std::move(in_order);
  return out;
}

}  // namespace kenshin
