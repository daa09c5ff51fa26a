#include "probes/tls/versions.h"

#include <algorithm>
#include <thread>

#include "probes/net/side_by_side.h"
#include "probes/tls/code_points.h"
#include "probes/tls/suites.h"

namespace kenshin {

namespace {

struct Question {
  HelloOffer offer;
  Reply reply{};
};

// The questions of the first round: the modern hello, then every version alone.
std::vector<Question> first_round() {
  std::vector<Question> out{{modern_offer()}};
  for (const TlsVersion version : all_versions)
    if (version != TlsVersion::Tls13) out.push_back({old_offer(version, common_suites())});
  return out;
}

void ask_all(Conversation& conversation, std::vector<Question>& questions, Tally& tally) {
  std::vector<std::function<void()>> work;
  for (Question& question : questions)
    work.emplace_back([&] { question.reply = conversation.exchange(question.offer, tally); });
  side_by_side(work);
}

bool speaks_tls(const Question& question) {
  return question.reply.hello() != nullptr || question.reply.alert() != nullptr;
}

// Quick endings may be chance or a limit on connections; silence and a closed port will not change in a second.
bool worth_another_try(const Question& question) {
  const auto kind = question.reply.error()->kind;
  return kind == Error::Kind::Reset || kind == Error::Kind::Closed;
}

// Why nothing answered: what was said instead of TLS explains most.
Error explanation(const std::vector<Question>& questions) {
  for (const auto& question : questions)
    if (question.reply.error()->kind == Error::Kind::NotTls) return *question.reply.error();
  return *questions.front().reply.error();
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
  std::vector<Question> questions = first_round();
  ask_all(conversation, questions, tally);
  for (int tried = 1; tried < 3; ++tried) {
    if (std::any_of(questions.begin(), questions.end(), speaks_tls)) break;
    if (std::none_of(questions.begin(), questions.end(), worth_another_try)) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(100 * tried));
    for (Question& question : questions)  // one after another
      if (worth_another_try(question)) question.reply = conversation.exchange(question.offer, tally);
  }
  if (std::none_of(questions.begin(), questions.end(), speaks_tls)) return explanation(questions);

  const bool answered =
      std::any_of(questions.begin(), questions.end(), [](const auto& q) { return q.reply.hello() != nullptr; });
  const bool name_refused = std::any_of(questions.begin(), questions.end(), [](const auto& q) {
    return q.reply.alert() != nullptr && q.reply.alert()->description == unrecognized_name;
  });
  if (name_refused && !answered && conversation.sends_name()) {
    conversation.leave_out_name();
    ask_all(conversation, questions, tally);
  }
  for (const Question& question : questions)
    if (question.reply.hello() != nullptr) conversation.accepted(question.offer);

  Opening opening;
  std::vector<std::function<void()>> work;
  for (Question& question : questions) {
    const TlsVersion version = question.offer.version;
    Heard& heard = opening.heard[version];
    opening.offers[version] = question.offer;
    work.emplace_back([&, version] {
      heard = conversation.settle(question.offer, std::move(question.reply), tally);
      // Asked together with TLS 1.2, TLS 1.3 was not refused yet.
      if (version != TlsVersion::Tls13 || spoken(version, heard) == Spoken::Yes) return;
      const auto alone = [](KeyShares shares) {
        return tls13_offer(tls13_suites(), {all_groups().begin(), all_groups().end()}, shares);
      };
      heard = conversation.ask(alone(KeyShares::Empty), tally);
      if (spoken(version, heard) == Spoken::NotSoFar) heard = conversation.ask(alone(KeyShares::X25519), tally);
    });
  }
  side_by_side(work);
  return opening;
}

}  // namespace kenshin
