#include "probes/tls/unfinished.h"

#include <algorithm>

#include "probes/base/crypto.h"
#include "probes/tls/code_points.h"
#include "probes/tls/flight.h"

namespace kenshin {

namespace {

constexpr std::uint8_t alert_record = 21, heartbeat_record = 24;
constexpr std::uint8_t server_hello_done = 14, close_notify = 0;
constexpr int tries_to_open = 3;

Word word_of(const Error& error) {
  switch (error.kind) {
    case Error::Kind::Timeout: return {Word::Kind::Silence, 0, 0};
    case Error::Kind::Closed: return {Word::Kind::Closed, 0, 0};
    case Error::Kind::Reset: return {Word::Kind::Reset, 0, 0};
    default: return {Word::Kind::Malformed, 0, 0};
  }
}

}  // namespace

std::string word_text(const Word& word) {
  switch (word.kind) {
    case Word::Kind::Alert: return "alert " + alert_name(word.alert);
    case Word::Kind::Heartbeat: return "heartbeat of " + std::to_string(word.length) + " bytes";
    case Word::Kind::Other: return "another record";
    case Word::Kind::Closed: return "closed";
    case Word::Kind::Reset: return "reset";
    case Word::Kind::Silence: return "silence";
    case Word::Kind::Malformed: break;
  }
  return "malformed";
}

bool ends(const Word& word) { return word.kind != Word::Kind::Heartbeat && word.kind != Word::Kind::Other; }

Unfinished Unfinished::open(Conversation& conversation, const HelloOffer& offer, Tally& tally) {
  for (int tries = 1;; ++tries) {
    Unfinished out = opened_once(conversation, offer, tally);
    if (out.stands() || tries == tries_to_open) return out;
  }
}

Unfinished Unfinished::opened_once(Conversation& conversation, const HelloOffer& offer, Tally& tally) {
  Unfinished out;
  const auto failed = [&](Error why) {
    out.reply_.said = std::move(why);
    return std::move(out);
  };
  auto line = conversation.open(tally);
  if (!line) return failed(line.error());
  const auto began = std::chrono::steady_clock::now();
  const auto sent = line->send(client_hello_record(conversation.named(offer), random_bytes(hello_randomness)));
  if (!sent) return failed(sent.error());
  out.reply_ = first_flight(*line);
  if (out.reply_.broke) return failed({*out.reply_.broke, "before ServerHelloDone"});
  const auto took = std::chrono::steady_clock::now() - began;
  out.round_trip_ = std::max(out.round_trip_, std::chrono::duration_cast<std::chrono::milliseconds>(took));
  const auto& flight = out.reply_.flight;
  if (!flight.empty() && flight.back().type == server_hello_done) out.line_.emplace(std::move(*line));
  return out;
}

bool Unfinished::wants_certificate() const {
  constexpr std::uint8_t certificate_request = 13;
  return reply_.message(certificate_request) != nullptr;
}

void Unfinished::send(Bytes bytes) {
  if (broken_) return;
  if (const auto sent = line_->send(bytes); !sent) broken_ = word_of(sent.error());
}

Word Unfinished::next(std::chrono::milliseconds wait) {
  const Deadline end = line_->deadline();
  line_->wait_until(std::min(end, deadline_in(wait)));
  const auto record = line_->record();
  line_->wait_until(end);
  if (!record) {
    // What the server said before it stopped listening counts more than that it did.
    const Word word = word_of(record.error());
    return word.kind == Word::Kind::Silence && broken_ ? *broken_ : word;
  }
  if (record->type == heartbeat_record) return {Word::Kind::Heartbeat, 0, record->fragment.size()};
  if (record->type != alert_record) return {Word::Kind::Other, 0, 0};
  const auto alert = parse_alert(record->fragment);
  if (!alert) return {Word::Kind::Malformed, 0, 0};
  if (alert->description == close_notify) return {Word::Kind::Closed, 0, 0};
  return {Word::Kind::Alert, alert->description, 0};
}

Vulnerability ask_unfinished(Conversation& conversation, const HelloOffer& offer,
                             const std::function<Trial(Unfinished&)>& ask, Tally& tally) {
  constexpr int tries = 3;
  std::optional<Trial> first;
  bool alike = true;
  for (int tried = 0; tried < tries; ++tried) {
    Unfinished unfinished = Unfinished::open(conversation, offer, tally);
    if (!unfinished.stands()) return {Answer::Unknown, "no handshake to ask in: " + ending(unfinished.reply())};
    const Trial trial = ask(unfinished);
    if (trial.decides) return trial.found;
    if (!first) first = trial;
    alike = alike && trial.found == first->found;
  }
  const auto& found = first->found;
  if (!alike) return {Answer::Unknown, found.because + ", tries differ"};
  if (found.vulnerable == Answer::Unknown) return found;
  const Heard heard{{Error{first->how, ""}, {}}, Weight::ThriceAlike, ""};
  if (conversation.in_doubt(heard)) return {Answer::Unknown, found.because + ", control failed"};
  return {found.vulnerable, found.because + ", thrice alike"};
}

Trial trial_of_end(const Word& word, std::string because) {
  const bool reset = word.kind == Word::Kind::Reset;
  if (reset || word.kind == Word::Kind::Closed)
    return {{Answer::No, std::move(because)}, false, reset ? Error::Kind::Reset : Error::Kind::Closed};
  return {{Answer::Unknown, std::move(because)}, false, Error::Kind::Timeout};
}

Buffer Unfinished::record(std::uint8_t type, Bytes fragment) const {
  Writer out;
  out.u8(type);
  out.u16(static_cast<std::uint16_t>(hello().version));
  out.vec16([&](Writer& body) { body.put(fragment); });
  return out.take();
}

}  // namespace kenshin
