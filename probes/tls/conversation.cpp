#include "probes/tls/conversation.h"

#include <algorithm>
#include <thread>

#include "probes/base/crypto.h"
#include "probes/net/door.h"
#include "probes/net/side_by_side.h"
#include "probes/tls/code_points.h"
#include "probes/tls/flight.h"

namespace kenshin {

namespace {

constexpr int tries_when_healthy = 3, tries_when_shaky = 12, lost_after = 3;

bool may_decide_in_three(const Reply& reply) {
  if (reply.alert() != nullptr) return true;  // of those that do not refuse
  if (reply.inconclusive) return false;
  const auto kind = reply.error()->kind;
  return kind == Error::Kind::Reset || kind == Error::Kind::Closed || kind == Error::Kind::Timeout;
}

bool is_slow(const Reply& reply) { return reply.error() != nullptr && reply.error()->kind == Error::Kind::Timeout; }

}  // namespace

Conversation::Conversation(const Asked& asked, Session& session)
    : target_(asked.target),
      address_(asked.address),
      session_(session),
      timeout_(session.timeout),
      budget_(session.budget ? session.budget : std::make_shared<Budget>()),
      pace_(pace_of(session)),
      sni_(is_ip_literal(asked.target.name) ? std::string() : asked.target.name),  // RFC 6066 3: no literals
      patience_(end_of_patience(session, asked.target, asked.address)) {}

Conversation::Conversation(const Asked& asked, Session& session, const Conversation& beside)
    : Conversation(asked, session) {
  patience_ = beside.patience_;
}

HelloOffer Conversation::named(HelloOffer offer) const {
  offer.sni = sni_;
  return offer;
}

Result<Line> Conversation::connect(Tally& tally) {
  auto lease = budget_->lease(address_, pace_);
  if (std::chrono::steady_clock::now() > patience_) return Error{Error::Kind::NotAsked, "out of time"};
  ++tally;
  ++connections_;
  const Deadline deadline = deadline_in(timeout_);
  auto socket = open_door(target_, address_, session_, deadline);
  if (!socket) {
    if (socket.error().kind == Error::Kind::Timeout) budget_->went_badly(address_);
    return socket.error();
  }
  return Line(std::move(lease), std::move(*socket), deadline, &received_);
}

Result<Line> Conversation::open(Tally& tally) {
  if (std::chrono::steady_clock::now() > patience_) return Error{Error::Kind::NotAsked, "out of time"};
  auto line = connect(tally);
  last_unknown_ = connections_.load();
  return line;
}

Reply Conversation::exchange(const HelloOffer& offer, Tally& tally) { return answer(offer, open(tally)); }
Reply Conversation::exchange_known(const HelloOffer& offer, Tally& tally) { return answer(offer, connect(tally)); }

Reply Conversation::answer(const HelloOffer& offer, Result<Line> line) {
  if (!line) return {line.error(), {}, line.error().kind, true};
  const auto sent = line->send(client_hello_record(named(offer), random_bytes(hello_randomness)));
  Reply reply = sent ? first_flight(*line) : Reply{sent.error(), {}, sent.error().kind};
  if (reply.broke == Error::Kind::Reset || reply.broke == Error::Kind::Timeout) budget_->went_badly(address_);
  if (reply.hello() != nullptr) remember(reply);
  if (reply.broke) return reply;
  budget_->went_well(address_, std::chrono::steady_clock::now() - (line->deadline() - timeout_));
  hellos_ += reply.hello() != nullptr ? 1 : 0;
  return reply;
}

void Conversation::remember(const Reply& reply) {
  constexpr std::uint8_t server_key_exchange = 12;
  const ServerHello& hello = *reply.hello();
  if (hello.retry) return;
  const Buffer* message = reply.message(server_key_exchange);
  const std::lock_guard lock(knowing_);
  key_exchanges_.push_back(
      {hello.version, hello.suite, hello.group, message != nullptr ? *message : Buffer(), hello.share});
}

std::vector<KeyExchangeSeen> Conversation::key_exchanges() const {
  const std::lock_guard lock(knowing_);
  return key_exchanges_;
}

void Conversation::accepted(const HelloOffer& offer) {
  const std::lock_guard lock(knowing_);
  if (!control_) control_ = offer;
}

void Conversation::failed_as(const Reply& reply) {
  const std::lock_guard lock(knowing_);
  control_ended_.insert(ending(reply));
  control_alerted_ = control_alerted_ || reply.alert() != nullptr;
}

void Conversation::control(Tally& tally) {
  std::optional<HelloOffer> offer;
  {
    const std::lock_guard lock(knowing_);
    offer = control_;
  }
  if (!offer) return;
  const Reply reply = exchange_known(*offer, tally);
  if (reply.hello() == nullptr) failed_as(reply);
}

void Conversation::controls(int count, Tally& tally) {
  const std::vector<std::function<void()>> work(static_cast<std::size_t>(std::max(count, 0)), [&] { control(tally); });
  side_by_side(work);
}

bool Conversation::in_doubt(const Heard& heard) const {
  const std::lock_guard lock(knowing_);
  if (heard.reply.alert() != nullptr && control_alerted_) return true;
  return heard.weight == Weight::ThriceAlike && control_ended_.contains(ending(heard.reply));
}

void Conversation::leave_out_name() {
  sni_.clear();
  without_name_ = true;
}

bool Conversation::sends_name() const { return !sni_.empty(); }

std::string Conversation::because(std::string text) const {
  return without_name_ ? std::move(text) + ", without SNI" : std::move(text);
}

std::optional<Heard> Conversation::given_up() const {
  const auto nothing = [&](Error::Kind kind, const std::string& why) -> Heard {
    return {{Error{kind, why}, {}}, Weight::Nothing, because("given up, " + why)};
  };
  const std::lock_guard lock(knowing_);
  if (lost_questions_ >= lost_after) return nothing(Error::Kind::NotAsked, "control failed");
  if (std::chrono::steady_clock::now() > patience_) return nothing(Error::Kind::Timeout, "out of time");
  if (received_ > largest_conversation) return nothing(Error::Kind::Malformed, "endless answers");
  return std::nullopt;
}

Heard Conversation::ask(const HelloOffer& offer, Tally& tally) {
  if (auto enough = given_up()) return *enough;
  return settle(offer, exchange(offer, tally), tally);
}

Heard Conversation::ask(const Attempt& question, Tally& tally) {
  if (auto enough = given_up()) return *enough;
  return settle(question, question(), tally);
}

Heard Conversation::ask_known(const HelloOffer& offer, Tally& tally) {
  if (auto enough = given_up()) return *enough;
  Reply first = exchange_known(offer, tally);
  if (first.hello() == nullptr) failed_as(first);
  return settle(offer, std::move(first), tally);
}

Heard Conversation::settle(const HelloOffer& offer, Reply first, Tally& tally) {
  Heard out = settle([&] { return exchange(offer, tally); }, std::move(first), tally);
  if (out.reply.hello() != nullptr) accepted(offer);
  return out;
}

Heard Conversation::settle(const Attempt& question, Reply first, Tally& tally) {
  const auto decided = [&](Reply reply) -> Heard {
    std::string why = because(ending(reply));
    const std::lock_guard lock(knowing_);
    lost_questions_ = 0;
    return {std::move(reply), Weight::Decides, std::move(why)};
  };
  if (decides(first)) return decided(std::move(first));
  const std::string how = ending(first);
  std::unique_lock one_at_a_time(retrying_, std::defer_lock);
  if (!is_slow(first)) one_at_a_time.lock();
  std::optional<HelloOffer> control;
  {
    const std::lock_guard lock(knowing_);
    control = control_;
  }
  bool alike = true, controls_held = true;
  int made = 1;  // tries
  int hellos_before = hellos_;
  const int most_tries = is_slow(first) || !control ? tries_when_healthy : tries_when_shaky;
  for (int tried = 1; tried < most_tries && std::chrono::steady_clock::now() < patience_; ++tried) {
    if (tried >= tries_when_healthy && control && controls_held) break;
    // One control after the first try, two after the second: who fails every second connection falls out of step. What
    // others asked with success in the meantime is as good.
    for (int i = hellos_ - hellos_before; control && controls_held && i < tried; ++i) {
      const Reply reply = exchange(*control, tally);
      controls_held = reply.hello() != nullptr;
      if (!controls_held) failed_as(reply);
    }
    if (!controls_held || !control) std::this_thread::sleep_for(std::chrono::milliseconds(20 << std::min(tried, 4)));
    Reply again = question();
    ++made;
    hellos_before = hellos_;
    if (decides(again)) {
      if (again.hello() != nullptr) failed_as(first);
      return decided(std::move(again));
    }
    alike = alike && ending(again) == how;
    if (!controls_held && is_slow(again)) break;
  }
  if (control && controls_held && alike && made >= tries_when_healthy && may_decide_in_three(first))
    return {std::move(first), Weight::ThriceAlike, because(how + ", thrice alike")};
  const std::lock_guard lock(knowing_);
  if (!controls_held) ++lost_questions_;
  const std::string reason = made < tries_when_healthy && alike ? ", out of time"
                             : !control                         ? ", no control"
                             : !controls_held                   ? ", control failed"
                             : alike                            ? ""
                                                                : ", tries differ";
  return {std::move(first), Weight::Nothing, because(how + reason)};
}

}  // namespace kenshin
