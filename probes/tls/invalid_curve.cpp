#include "probes/tls/invalid_curve.h"

#include "probes/tls/code_points.h"
#include "probes/tls/key_agreement.h"
#include "probes/tls/known_hello.h"
#include "probes/tls/server_messages.h"
#include "probes/tls/unfinished.h"

namespace kenshin {

namespace {

using namespace std::chrono_literals;

constexpr std::uint8_t handshake_record = 22, client_key_exchange = 16, server_key_exchange = 12;
constexpr GroupId secp256r1{23}, secp384r1{24}, secp521r1{25};

std::size_t coordinate_length(GroupId group) {
  if (group == secp256r1) return 32;
  if (group == secp384r1) return 48;
  return group == secp521r1 ? 66 : 0;
}

// (5, 0): a point with y = 0 has order two, and these curves have odd order.
Buffer point_off_the_curve(std::size_t length) {
  Buffer out(1 + 2 * length);
  out[0] = 4;  // RFC 8422 5.4: uncompressed
  out[length] = 5;
  return out;
}

std::chrono::milliseconds patience(const Unfinished& unfinished) {
  return std::max<std::chrono::milliseconds>(500ms, 10 * unfinished.round_trip());
}

Trial try_point(Unfinished& unfinished) {
  if (unfinished.wants_certificate()) return {{Answer::Unknown, "a client certificate is asked for first"}, true};
  const Buffer* sent = unfinished.reply().message(server_key_exchange);
  if (sent == nullptr) return {{Answer::Unknown, "no ServerKeyExchange"}, true};
  const auto parameters = parse_server_key_exchange(*sent, KeyExchangeKind::Ecdhe, unfinished.hello().version);
  if (!parameters) return {{Answer::Unknown, "ServerKeyExchange: " + parameters.error().detail}, true};
  const std::size_t length = coordinate_length(parameters->group);
  if (length == 0) return {{Answer::Unknown, "another group: " + group_name(parameters->group)}, true};
  Writer message;
  message.u8(client_key_exchange);
  message.vec24([&](Writer& body) { body.vec8([&](Writer& point) { point.put(point_off_the_curve(length)); }); });
  unfinished.send(unfinished.record(handshake_record, message.take()));
  const Word word = unfinished.next(patience(unfinished));
  if (word.kind == Word::Kind::Alert) return {{Answer::No, word_text(word)}, true};
  if (word.kind == Word::Kind::Silence)
    return {{Answer::Unknown, "a point off the curve is not refused at once"}, true};
  return trial_of_end(word, word_text(word));
}

// Whoever takes no point at all says nothing by refusing this one: after a right one the server must wait for our
// Finished. Empty where it does, else why not.
std::string refuses_every_point(Conversation& conversation, const HelloOffer& offer, Tally& tally) {
  Unfinished unfinished = Unfinished::open(conversation, offer, tally);
  if (!unfinished.stands()) return ending(unfinished.reply());
  const Buffer* sent = unfinished.reply().message(server_key_exchange);
  if (sent == nullptr) return "no ServerKeyExchange";
  const auto parameters = parse_server_key_exchange(*sent, KeyExchangeKind::Ecdhe, unfinished.hello().version);
  if (!parameters) return "ServerKeyExchange: " + parameters.error().detail;
  const auto right = agree_by_ecdhe(*parameters);
  if (!right) return "ServerKeyExchange: " + right.error().detail;
  Writer message;
  message.u8(client_key_exchange);
  message.vec24([&](Writer& body) { body.put(right->message); });
  unfinished.send(unfinished.record(handshake_record, message.take()));
  const Word word = unfinished.next(patience(unfinished));
  return word.kind == Word::Kind::Silence ? "" : word_text(word) + " to a point on the curve";
}

bool is_ecdhe(SuiteId suite) { return name_has(suite, "_ECDHE_"); }

}  // namespace

Vulnerability invalid_curve(Conversation& conversation, const Learned& learned, const TicketUse& use, Tally& tally) {
  const auto spoken = speaks_before_tls13(learned);
  if (spoken.accepted != Answer::Yes) return {spoken.accepted, spoken.because};
  for (const TlsVersion version : spoken_before_tls13(learned)) {
    auto offer = version == TlsVersion::Ssl3 ? std::nullopt : known_hello(learned, version, is_ecdhe);
    if (!offer) continue;
    offer->groups = {secp256r1, secp384r1, secp521r1};
    const auto found = ask_unfinished(conversation, *offer, try_point, tally);
    const bool takes_points = use.first.finished && is_ecdhe(use.first.session.suite);
    if (found.vulnerable != Answer::No || takes_points) return found;
    const std::string why = refuses_every_point(conversation, *offer, tally);
    return why.empty() ? found : Vulnerability{Answer::Unknown, found.because + ", control failed: " + why};
  }
  if (const auto unlisted = unlisted_before_tls13(learned); !unlisted.empty()) return {Answer::Unknown, unlisted};
  return {Answer::NotApplicable, "no ECDHE suite"};
}

}  // namespace kenshin
