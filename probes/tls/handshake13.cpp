#include "probes/tls/handshake13.h"

#include <algorithm>

#include "probes/base/crypto.h"
#include "probes/tls/client13.h"

namespace kenshin {

namespace {

using namespace std::chrono_literals;

// How long a finished server may be silent before nothing more is awaited. Tickets come together.
std::chrono::milliseconds silence(const Seen13& seen, std::chrono::milliseconds first_answer) {
  return seen.tickets.empty() ? std::max(200ms, 4 * first_answer) : std::max(50ms, first_answer);
}

// Listens on after both sides finished, until the server is silent.
void listen_on(Line& line, Client13& client, const Wish13& wish, std::chrono::milliseconds first_answer) {
  const Deadline end = line.deadline();
  bool asked = wish.request.empty();
  while (!client.over()) {
    const auto wait = silence(client.seen(), first_answer);
    // What was asked for may take its time.
    const bool awaited = asked && !wish.request.empty() && client.seen().answer.empty();
    line.wait_until(std::min(end, deadline_in(awaited ? 10 * wait : wait)));
    const auto record = line.record();
    if (record) {
      client.take(*record);  // nothing is sent in answer any more
      continue;
    }
    if (record.error().kind != Error::Kind::Timeout || asked) return client.ended(record.error());
    asked = true;
    if (!client.seen().answer.empty()) continue;  // the server speaks first: there is nothing to ask
    line.wait_until(end);
    if (const auto sent = line.send(client.request(wish.request)); !sent) return client.ended(sent.error());
  }
}

}  // namespace

Seen13 handshake13(Conversation& conversation, const Wish13& wish, Tally& tally) {
  Wish13 named = wish;
  named.offer = conversation.named(wish.offer);
  Client13 client(named, random_bytes(hello_randomness));
  const auto failed = [&](const Error& why, bool inconclusive = true) {
    client.ended(why);
    Seen13 seen = client.seen();
    if (seen.reply.error() != nullptr) seen.reply.inconclusive = inconclusive;
    return seen;
  };
  auto line = conversation.open(tally);
  if (!line) return failed(line.error());
  const auto began = std::chrono::steady_clock::now();
  if (const auto sent = line->send(client.hello()); !sent) return failed(sent.error(), false);
  std::optional<std::chrono::milliseconds> first;
  while (!client.over() && !client.idle()) {
    const auto record = line->record();
    if (!record) return failed(record.error(), line->answered());
    if (!first) first = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    const Buffer answer = client.take(*record);
    if (answer.empty()) continue;
    if (const auto sent = line->send(answer); !sent) return failed(sent.error());
  }
  if (client.idle()) listen_on(*line, client, wish, *first);
  return client.seen();
}

}  // namespace kenshin
