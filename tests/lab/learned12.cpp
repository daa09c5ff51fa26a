#include "tests/lab/learned12.h"

#include "probes/tls/suites.h"
#include "tests/lab/peers.h"

namespace kenshin::lab {

Learned learn12(Conversation& conversation) {
  Learned out;
  Tally tally{0};
  LongLists long_lists;
  for (const TlsVersion version : {TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12}) {
    const HelloOffer offer = old_offer(version, common_suites());
    Reply reply = conversation.exchange(offer, tally);
    const auto* hello = reply.hello();
    const bool accepted = hello != nullptr && hello->version == version;
    out.versions.versions[version] = {accepted         ? Answer::Yes
                                      : decides(reply) ? Answer::No
                                                       : Answer::Unknown,
                                      ending(reply)};
    if (!accepted) continue;
    conversation.accepted(offer);
    const SuiteId first = hello->suite;
    out.offers[version] = offer;
    out.replies[version] = std::move(reply);
    out.suites.versions[version].suites = search_suites(conversation, offer, first, long_lists, tally).accepted;
    out.suites.versions[version].complete = true;
  }
  return out;
}

Asked asked12(std::uint16_t port) { return {{TargetKind::Endpoint, consult_name, port}, "127.0.0.1"}; }

}  // namespace kenshin::lab
