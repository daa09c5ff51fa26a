#include "probes/tls/versions.h"

#include <algorithm>
#include <mutex>
#include <thread>

#include "probes/net/side_by_side.h"
#include "probes/tls/code_points.h"
#include "probes/tls/sslv2.h"
#include "probes/tls/suites.h"

namespace kenshin {

namespace {

struct FirstQuestion {
  TlsVersion version{};
  HelloOffer offer;  // SSL 2.0: none
  Reply reply{};
};
using Round = std::vector<FirstQuestion>;

// A hello for TLS 1.1 is answered in the highest version at or below it that the server speaks (RFC 5246 E.1): its
// refusal is one for TLS 1.0 and SSL 3.0, too.
Round first_round() {
  return {{TlsVersion::Tls13, modern_offer()},
          {TlsVersion::Tls12, old_offer(TlsVersion::Tls12, common_suites())},
          {TlsVersion::Tls11, old_offer(TlsVersion::Tls11, common_suites())},
          {TlsVersion::Ssl2, {}}};
}

class Opener {
 public:
  Opener(Conversation& conversation, Tally& tally) : conversation_(conversation), tally_(tally) {}

  Reply ask_once(const FirstQuestion& question) {
    if (question.version == TlsVersion::Ssl2) return sslv2_exchange(conversation_, kinds_, tally_);
    return conversation_.exchange(question.offer, tally_);
  }
  void ask_all() {
    std::vector<std::function<void()>> work;
    for (FirstQuestion& question : round_) work.emplace_back([&] { question.reply = ask_once(question); });
    side_by_side(work);
  }
  Result<Opening> open();

 private:
  void settle(FirstQuestion&);
  void settle_below(const Heard& tls11);
  Heard ask_for(const HelloOffer&);
  Heard tls13_alone(HelloOffer& offer);
  void note(TlsVersion, const HelloOffer&, Heard);

  Conversation& conversation_;
  Tally& tally_;
  Round round_ = first_round();
  std::vector<SuiteId> kinds_;
  Opening opening_;
  std::mutex noting_;
};

bool speaks_tls(const FirstQuestion& question) {
  return question.reply.hello() != nullptr || question.reply.alert() != nullptr;
}

// Quick endings may be chance or a limit on connections; silence and a closed port will not change in a second.
bool worth_another_try(const FirstQuestion& question) {
  const auto kind = question.reply.error()->kind;
  return kind == Error::Kind::Reset || kind == Error::Kind::Closed;
}

// Why nothing answered: what was said instead of TLS explains most.
Error explanation(const Round& questions) {
  for (const auto& question : questions)
    if (question.reply.error()->kind == Error::Kind::NotTls) return *question.reply.error();
  return *questions.front().reply.error();
}

// By the alert that means it, and with it all versions below.
bool refuses_version(const Heard& heard) {
  const auto* alert = heard.reply.alert();
  return alert != nullptr && heard.weight == Weight::Decides && alert->description == protocol_version;
}

Heard Opener::tls13_alone(HelloOffer& offer) {
  const auto alone = [](KeyShares shares) {
    return tls13_offer(tls13_suites(), {all_groups().begin(), all_groups().end()}, shares);
  };
  offer = alone(KeyShares::Empty);
  Heard heard = conversation_.ask(offer, tally_);
  if (spoken(TlsVersion::Tls13, heard) != Spoken::NotSoFar) return heard;
  offer = alone(KeyShares::X25519);
  return conversation_.ask(offer, tally_);
}

Heard Opener::ask_for(const HelloOffer& offer) {
  Heard heard = conversation_.ask(offer, tally_);
  return refuses_version(heard) ? conversation_.ask(offer, tally_) : heard;
}

void Opener::settle_below(const Heard& above) {
  std::vector<std::function<void()>> work;
  for (const TlsVersion version : {TlsVersion::Tls10, TlsVersion::Ssl3})
    work.emplace_back([this, &above, version] {
      const HelloOffer offer = old_offer(version, common_suites());
      const auto* hello = above.reply.hello();
      const bool told = refuses_version(above) || (hello != nullptr && hello->version <= version);
      note(version, offer, told ? above : ask_for(offer));
    });
  side_by_side(work);
}

void Opener::settle(FirstQuestion& question) {
  HelloOffer offer = question.offer;
  Heard heard = question.version == TlsVersion::Ssl2
                    ? conversation_.settle(Attempt([&] { return ask_once(question); }), question.reply, tally_)
                    : conversation_.settle(offer, question.reply, tally_);
  // Asked together with TLS 1.2, TLS 1.3 was not refused yet.
  if (question.version == TlsVersion::Tls13 && spoken(question.version, heard) != Spoken::Yes)
    heard = tls13_alone(offer);
  // One alert may be somebody else's; what answers the second hello stands.
  else if (question.version == TlsVersion::Ssl2 && heard.reply.alert() != nullptr)
    heard = conversation_.ask(Attempt([&] { return ask_once(question); }), tally_);
  else if (refuses_version(heard)) heard = conversation_.ask(offer, tally_);
  if (question.version == TlsVersion::Tls11) settle_below(heard);
  note(question.version, offer, std::move(heard));
}

void Opener::note(TlsVersion version, const HelloOffer& offer, Heard heard) {
  const std::lock_guard lock(noting_);
  opening_.heard[version] = std::move(heard);
  if (version != TlsVersion::Ssl2) opening_.offers[version] = offer;
}

Result<Opening> Opener::open() {
  ask_all();
  for (int tried = 1; tried < 3; ++tried) {
    if (std::any_of(round_.begin(), round_.end(), speaks_tls)) break;
    if (std::none_of(round_.begin(), round_.end(), worth_another_try)) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(100 * tried));
    for (FirstQuestion& question : round_)  // one after another
      if (worth_another_try(question)) question.reply = ask_once(question);
  }
  if (std::none_of(round_.begin(), round_.end(), speaks_tls)) return explanation(round_);

  const bool answered =
      std::any_of(round_.begin(), round_.end(), [](const auto& q) { return q.reply.hello() != nullptr; });
  const bool name_refused = std::any_of(round_.begin(), round_.end(), [](const auto& q) {
    return q.reply.alert() != nullptr && q.reply.alert()->description == unrecognized_name;
  });
  if (name_refused && !answered && conversation_.sends_name()) {
    conversation_.leave_out_name();
    ask_all();
  }
  for (const FirstQuestion& question : round_)
    if (question.version != TlsVersion::Ssl2 && question.reply.hello() != nullptr)
      conversation_.accepted(question.offer);

  std::vector<std::function<void()>> work;
  for (FirstQuestion& question : round_) work.emplace_back([this, &question] { settle(question); });
  side_by_side(work);
  opening_.sslv2_kinds = kinds_;
  return std::move(opening_);
}

}  // namespace

Spoken spoken(TlsVersion version, const Heard& heard) {
  if (heard.weight == Weight::Nothing) return Spoken::Unknown;
  if (const auto* hello = heard.reply.hello()) {
    if (hello->version == version) return Spoken::Yes;
    const bool lower = hello->version < version && hello->version >= TlsVersion::Ssl3;
    return lower ? Spoken::Refused : Spoken::Unknown;  // higher than offered, or none there is: a broken server
  }
  if (heard.weight == Weight::ThriceAlike) return Spoken::Refused;
  return heard.reply.alert()->description == protocol_version ? Spoken::Refused : Spoken::NotSoFar;
}

Result<Opening> open_conversation(Conversation& conversation, Tally& tally) {
  return Opener(conversation, tally).open();
}

}  // namespace kenshin
