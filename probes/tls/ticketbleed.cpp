#include "probes/tls/ticketbleed.h"

#include "probes/base/crypto.h"
#include "probes/tls/extensions.h"

namespace kenshin {

namespace {

constexpr int tries = 3;
constexpr std::size_t full_size = 32;

Vulnerability unknown(std::string because) { return {Answer::Unknown, std::move(because)}; }

}  // namespace

Vulnerability ticketbleed(Conversation& conversation, const TicketUse& use, Tally& tally) {
  if (use.none) return {use.none->accepted, use.none->because};
  if (!use.first.finished) return unknown("no handshake was finished: " + ending(use.first));
  if (!use.first.ticket_came) return {Answer::NotApplicable, "no ticket"};
  if (use.first.session.ticket.empty()) return unknown("a ticket that cannot be sent again");
  if (use.taken.accepted != Answer::Yes) return unknown("the ticket was not taken up: " + use.taken.because);

  HelloOffer offer = use.offer;
  int longer = 0;
  for (int i = 0; i < tries; ++i) {
    offer.session_id = random_bytes(1);
    const Seen12 seen = lone_handshake12(conversation, offer, &use.first.session, tally);
    const ServerHello* hello = seen.reply.hello();
    if (hello == nullptr && !decides(seen.reply)) return unknown("to a session id of one byte: " + ending(seen.reply));
    const bool begins_with_ours = hello != nullptr && hello->session_id.size() == full_size &&
                                  hello->session_id.front() == offer.session_id.front();
    longer += begins_with_ours ? 1 : 0;
    if (begins_with_ours || longer > 0) continue;
    if (hello != nullptr && !seen.resumed) return unknown("the ticket was not taken up with a session id of one byte");
    if (hello != nullptr) return {Answer::No, "no more of the session id came back than was sent"};
    const std::string how = ending(seen.reply) + " to a session id of one byte";
    conversation.controls(controls_in_a_row, tally);
    if (conversation.in_doubt({seen.reply, Weight::Decides, {}})) return unknown(how + ", control failed");
    return {Answer::No, how};
  }
  if (longer < tries) return unknown("tries differ");
  return {Answer::Yes, "31 bytes came behind a session id of one byte"};
}

}  // namespace kenshin
