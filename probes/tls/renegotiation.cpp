#include "probes/tls/renegotiation.h"

#include <algorithm>
#include <chrono>

#include "probes/tls/extensions.h"

namespace kenshin {

namespace {

constexpr std::uint8_t no_renegotiation = 100;
constexpr int tries = 3;

// What a connection is asked with, and what it is asked with again.
struct Hellos {
  HelloOffer first;
  HelloOffer (*second)(HelloOffer, const Seen12&, const Connection12&);
};

// RFC 5746 3.5: the client's verify_data of the handshake before, for a server that knows the extension.
HelloOffer bound(HelloOffer offer, const Seen12& first, const Connection12& connection) {
  offer.secure_renegotiation = false;
  if (first.reply.hello()->extensions.contains(extension_type::renegotiation_info))
    offer.more.push_back(renegotiation_info(connection.client_verify_data));
  return offer;
}

HelloOffer unbound(HelloOffer offer, const Seen12&, const Connection12&) { return offer; }

struct Renegotiated {
  Seen12 first;
  Reply answer;  // to the second hello
  std::chrono::milliseconds took{0};
};

Renegotiated renegotiate(Conversation& conversation, const Hellos& hellos, Tally& tally) {
  Renegotiated out;
  auto connection = connect12(conversation, tally);
  if (!connection) {
    out.first.reply.said = out.first.ended.said = connection.error();
    return out;
  }
  out.first = handshake12(*connection, conversation.named(hellos.first));
  if (!out.first.finished) return out;
  connection->wait_until(conversation.new_deadline());
  const auto began = std::chrono::steady_clock::now();
  out.answer = handshake12(*connection, conversation.named(hellos.second(hellos.first, out.first, *connection))).reply;
  out.took = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  return out;
}

bool refuses(const Reply& reply) {
  return reply.alert() != nullptr && (reply.alert()->description == no_renegotiation || is_refusal(*reply.alert()));
}

// A close_notify is a close with a word.
bool ends(const Reply& reply) {
  if (reply.alert() != nullptr) return reply.alert()->description == 0;
  const auto kind = reply.error()->kind;
  return kind == Error::Kind::Closed || kind == Error::Kind::Reset || kind == Error::Kind::Timeout;
}

// Whether a server that finished this handshake, and was asked nothing more, ended the connection within that time.
// What it says on its own (a greeting, a HelloRequest) ends nothing.
bool ends_by_itself(Conversation& conversation, const HelloOffer& offer, std::chrono::milliseconds wait, Tally& tally) {
  auto connection = connect12(conversation, tally);
  if (!connection || !handshake12(*connection, conversation.named(offer)).finished) return true;
  connection->wait_until(deadline_in(wait));
  for (;;) {
    const auto event = connection->next();
    if (!event) return event.error().kind != Error::Kind::Timeout;
    if (const auto* alert = std::get_if<Alert>(&*event); alert != nullptr && !is_remark(*alert)) return true;
  }
}

Vulnerability asked(Conversation& conversation, const Hellos& hellos, Tally& tally) {
  Reply last;
  std::chrono::milliseconds longest{250};  // that the answer took
  for (int i = 0; i < tries; ++i) {
    Renegotiated seen = renegotiate(conversation, hellos, tally);
    if (!seen.first.finished) {
      if (i == 0 && refuses(seen.first.reply) && !hellos.first.secure_renegotiation) {
        conversation.controls(controls_in_a_row, tally);
        const std::string how = ending(seen.first) + " to a hello without renegotiation_info";
        if (conversation.in_doubt({seen.first.reply, Weight::Decides, {}}))
          return {Answer::Unknown, how + ", control failed"};
        return {Answer::No, how};
      }
      return {Answer::Unknown, "no handshake was finished: " + ending(seen.first)};
    }
    if (seen.answer.hello() != nullptr) return {Answer::Yes, "server_hello to a second hello"};
    // After a finished handshake the alert answers the second hello and nothing else.
    if (refuses(seen.answer)) return {Answer::No, ending(seen.answer) + " to a second hello"};
    if (!ends(seen.answer)) return {Answer::Unknown, ending(seen.answer) + " to a second hello"};
    if (i > 0 && ending(seen.answer) != ending(last)) return {Answer::Unknown, ending(seen.answer) + ", tries differ"};
    last = std::move(seen.answer);
    longest = std::max(longest, 2 * seen.took);
    const bool stays_open = last.error() != nullptr && last.error()->kind == Error::Kind::Timeout;
    if (!stays_open && i != 1 && ends_by_itself(conversation, hellos.first, longest, tally))
      return {Answer::Unknown, ending(last) + " to a second hello, and without one"};
  }
  conversation.controls(controls_in_a_row, tally);
  const Heard heard{last, Weight::ThriceAlike, {}};
  if (conversation.in_doubt(heard)) return {Answer::Unknown, ending(last) + " to a second hello, control failed"};
  return {Answer::No, ending(last) + " to a second hello, thrice alike"};
}

}  // namespace

Vulnerability client_renegotiation(Conversation& conversation, const Learned& learned, Tally& tally) {
  const Finishable finishable = highest_finishable(learned);
  if (!finishable.offer) return {finishable.none.accepted, finishable.none.because};
  return asked(conversation, {*finishable.offer, bound}, tally);
}

Vulnerability insecure_renegotiation(Conversation& conversation, const Learned& learned, Tally& tally) {
  const Finishable finishable = highest_finishable(learned);
  if (!finishable.offer) return {finishable.none.accepted, finishable.none.because};
  HelloOffer offer = *finishable.offer;
  offer.secure_renegotiation = false;
  return asked(conversation, {std::move(offer), unbound}, tally);
}

}  // namespace kenshin
