#include "probes/tls/sessions.h"

#include <algorithm>
#include <limits>

#include "probes/base/crypto.h"
#include "probes/net/side_by_side.h"
#include "probes/tls/extensions.h"
#include "probes/tls/sessions13.h"

namespace kenshin {

namespace {

constexpr int tries = 2;  // servers behind one address may not know each other's sessions
constexpr std::size_t id_size = 32;

Decided not_finished(const Seen12& seen) { return {Answer::Unknown, "no handshake was finished: " + ending(seen)}; }

// Offers the session until it is taken up or was declined often enough.
Decided taken_up(Conversation& conversation, const HelloOffer& offer, const Session12& session, Tally& tally) {
  for (int i = 0; i < tries; ++i) {
    const Seen12 seen = lone_handshake12(conversation, offer, &session, tally);
    if (!seen.finished) return {Answer::Unknown, "offered again: " + ending(seen)};
    if (seen.resumed) return {Answer::Yes, "resumed"};
  }
  return {Answer::No, "a full handshake instead"};
}

Decided by_id(Conversation& conversation, HelloOffer offer, Tally& tally) {
  const Seen12 first = lone_handshake12(conversation, offer, nullptr, tally);
  if (!first.finished) return not_finished(first);
  if (first.session.id.empty()) return {Answer::No, "no session id"};
  offer.session_id = first.session.id;
  return taken_up(conversation, offer, first.session, tally);
}

Decided by_ticket(const TicketUse& use, TlsSessions& out) {
  if (use.none) return *use.none;
  if (!use.first.finished) return not_finished(use.first);
  if (!use.first.ticket_came) return {Answer::No, "no ticket"};
  constexpr std::uint32_t most = std::numeric_limits<int>::max();
  // RFC 5077 3.3: zero leaves it open.
  if (const auto hint = use.first.session.lifetime_hint; hint > 0)
    out.ticket_lifetime_seconds = static_cast<int>(std::min(hint, most));
  if (use.first.session.ticket.empty()) return {Answer::Unknown, "a ticket that cannot be sent again"};
  return use.taken;
}

}  // namespace

TicketUse use_ticket(Conversation& conversation, const Learned& learned, Tally& tally) {
  TicketUse out;
  Finishable finishable = highest_finishable(learned);
  if (!finishable.offer) {
    out.none = finishable.none;
    return out;
  }
  out.offer = std::move(*finishable.offer);
  out.offer.more = {session_ticket({})};
  out.first = lone_handshake12(conversation, out.offer, nullptr, tally);
  if (!out.first.finished || out.first.session.ticket.empty()) return out;
  out.offer.more = {session_ticket(out.first.session.ticket)};
  out.offer.session_id = random_bytes(id_size);  // RFC 5077 3.4
  out.taken = taken_up(conversation, out.offer, out.first.session, tally);
  return out;
}

TlsSessions observe_sessions(Conversation& conversation, const Learned& learned,
                             const std::shared_future<TicketUse>& ticket, Tally& tally) {
  TlsSessions out;
  const Finishable finishable = highest_finishable(learned);
  out.by_id = finishable.none;
  TlsSessions in13;
  std::vector<std::function<void()>> work{[&] { observe_sessions13(conversation, learned, in13, tally); }};
  if (finishable.offer) work.emplace_back([&] { out.by_id = by_id(conversation, *finishable.offer, tally); });
  side_by_side(work);
  out.by_ticket = by_ticket(ticket.get(), out);
  out.psk_dhe_ke = in13.psk_dhe_ke;
  out.psk_ke = in13.psk_ke;
  out.early_data = in13.early_data;
  out.max_early_data = in13.max_early_data;
  if (in13.ticket_lifetime_seconds)
    out.ticket_lifetime_seconds = std::max(out.ticket_lifetime_seconds.value_or(0), *in13.ticket_lifetime_seconds);
  return out;
}

}  // namespace kenshin
