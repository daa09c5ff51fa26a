#include "probes/tls/wish13.h"

#include <algorithm>

#include "probes/tls/code_points.h"
#include "probes/tls/key_schedule.h"
#include "probes/tls/suites.h"

namespace kenshin {

namespace {

constexpr GroupId x25519{0x001D}, secp256r1{0x0017};

std::vector<SuiteId> speakable(const Learned& learned) {
  const SuiteList* known = learned.suites_of(TlsVersion::Tls13);
  std::vector<SuiteId> out = known != nullptr && !known->suites.empty() ? known->suites : tls13_suites();
  std::erase_if(out, [](SuiteId suite) { return !suite13(suite); });
  return out;
}

std::vector<GroupId> shareable(const Learned& learned) {
  const auto known = learned.groups.versions.find(TlsVersion::Tls13);
  std::vector<GroupId> out;
  if (known != learned.groups.versions.end()) out = known->second.groups;
  if (out.empty()) out.assign(all_groups().begin(), all_groups().end());
  std::erase_if(out, [](GroupId group) { return !can_share(group); });
  return out;
}

// The share that most likely spares a retry: one of the small common groups, else the first.
std::vector<GroupId> likely_share(const std::vector<GroupId>& groups) {
  for (const GroupId common : {x25519, secp256r1})
    if (std::find(groups.begin(), groups.end(), common) != groups.end()) return {common};
  return {groups.front()};
}

// How many tries an outcome is worth.
int tries_for(const Seen13& seen) {
  const Error* error = seen.end ? &*seen.end : seen.reply.error();
  if (error == nullptr) return 1;
  switch (error->kind) {
    case Error::Kind::Reset:
    case Error::Kind::Closed:
    case Error::Kind::Refused: return 3;
    case Error::Kind::Timeout: return 2;
    default: return 1;
  }
}

}  // namespace

Result<Wish13> finishing_wish(const Learned& learned) {
  const auto suites = speakable(learned);
  const auto groups = shareable(learned);
  if (suites.empty()) return Error{Error::Kind::Unsupported, "no suite kenshin can speak"};
  if (groups.empty()) return Error{Error::Kind::Unsupported, "no group kenshin can speak"};
  Wish13 out;
  out.offer = tls13_offer(suites, groups, KeyShares::Empty);
  out.shares = likely_share(groups);
  out.finish = true;
  out.identity = learned.identity;
  return out;
}

Buffer page_request(const std::string& host) {
  Writer out;
  out.put("GET / HTTP/1.1\r\nHost: " + host);
  out.put("\r\nUser-Agent: kenshin/" KENSHIN_VERSION "\r\nConnection: close\r\n\r\n");
  return out.take();
}

Seen13 insisting_handshake13(Conversation& conversation, const Wish13& wish, Tally& tally) {
  Seen13 seen = handshake13(conversation, wish, tally);
  for (int tried = 1; tried < tries_for(seen); ++tried) seen = handshake13(conversation, wish, tally);
  return seen;
}

std::string ending(const Seen13& seen) {
  if (seen.reply.hello() == nullptr) return ending(seen.reply);
  if (seen.alert) return "alert " + alert_name(seen.alert->description);
  if (seen.end) return std::string(error_name(seen.end->kind)) + ", " + seen.end->detail;
  return seen.finished ? "finished" : ending(seen.reply);
}

}  // namespace kenshin
