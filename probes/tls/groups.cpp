#include "probes/tls/groups.h"

#include <algorithm>

#include "probes/tls/code_points.h"
#include "probes/tls/suites.h"

namespace kenshin {

namespace {

constexpr auto x25519 = static_cast<GroupId>(0x001D);

std::optional<GroupId> chosen(const Heard& heard) {
  const auto* hello = heard.reply.hello();
  return hello != nullptr && hello->version == TlsVersion::Tls13 ? hello->group : std::nullopt;
}

// For servers that refuse a hello without a share: it carries one of x25519, so only what the server likes better than
// that can be seen.
GroupWalk walk_with_share(Conversation& conversation, HelloOffer offer, Tally& tally) {
  GroupWalk walk;
  offer.shares = KeyShares::X25519;
  for (;;) {
    walk.end = conversation.ask(offer, tally);
    const auto group = chosen(walk.end);
    const auto at = group ? std::find(offer.groups.begin(), offer.groups.end(), *group) : offer.groups.end();
    if (at == offer.groups.end()) break;
    walk.list.groups.push_back(*group);
    if (*group == x25519) break;
    offer.groups.erase(at);
  }
  walk.list.because = "hellos without a key share are refused";
  return walk;
}

}  // namespace

GroupWalk walk_groups(Conversation& conversation, Tally& tally) {
  const std::vector<GroupId> everything(all_groups().begin(), all_groups().end());
  HelloOffer offer = tls13_offer(tls13_suites(), everything, KeyShares::Empty);
  GroupWalk walk;
  while (!offer.groups.empty()) {
    walk.end = conversation.ask(offer, tally);
    const auto* hello = walk.end.reply.hello();
    if (hello == nullptr && walk.list.groups.empty() && walk.end.weight == Weight::Decides)
      return walk_with_share(conversation, offer, tally);
    if (walk.end.weight != Weight::Decides || hello == nullptr) break;
    const auto group = chosen(walk.end);
    const auto at = group ? std::find(offer.groups.begin(), offer.groups.end(), *group) : offer.groups.end();
    if (at == offer.groups.end()) {
      walk.list.because =
          group ? "chose " + group_name(*group) + ", which was not offered" : "answered without a group";
      return walk;
    }
    walk.list.groups.push_back(*group);
    offer.groups.erase(at);
  }
  walk.finished = offer.groups.empty();
  if (walk.list.groups.size() < 2) {
    walk.list.ordered = !walk.list.groups.empty();
    return walk;
  }
  // Asked the other way round, a server with an order of its own chooses the same group first.
  offer.groups = {everything.rbegin(), everything.rend()};
  const auto reversed = chosen(conversation.ask(offer, tally));
  walk.list.ordered = reversed && *reversed == walk.list.groups.front();
  return walk;
}

}  // namespace kenshin
