#include "probes/tls/ccs_injection.h"

#include "probes/tls/known_hello.h"
#include "probes/tls/unfinished.h"

namespace kenshin {

namespace {

using namespace std::chrono_literals;

constexpr std::uint8_t change_cipher_spec = 20, unexpected_message = 10;

class Injection {
 public:
  Trial operator()(Unfinished& unfinished) {
    const auto trip = unfinished.round_trip();
    const auto wait = suspected_ ? std::max<std::chrono::milliseconds>(1s, 10 * trip)
                                 : std::max<std::chrono::milliseconds>(200ms, 4 * trip);
    const Buffer early = unfinished.record(change_cipher_spec, Buffer{1});
    unfinished.send(early);
    const Word first = unfinished.next(wait);
    if (first.kind == Word::Kind::Alert) return {{Answer::No, word_text(first)}, true};
    if (first.kind != Word::Kind::Silence) return trial_of_end(first, word_text(first));
    unfinished.send(early);
    const Word second = unfinished.next(std::max<std::chrono::milliseconds>(1s, 10 * trip));
    const std::string because = "silence, then " + word_text(second);
    if (second.kind != Word::Kind::Alert) return {{Answer::Unknown, because}, false, Error::Kind::Timeout};
    if (second.alert == unexpected_message) return {{Answer::No, because}, true};
    // An answer to the first one may have been late: the next connection waits longer for it.
    return {{Answer::Yes, because}, std::exchange(suspected_, true)};
  }

 private:
  bool suspected_ = false;
};

}  // namespace

Vulnerability ccs_injection(Conversation& conversation, const Learned& learned, Tally& tally) {
  const auto spoken = speaks_before_tls13(learned);
  if (spoken.accepted != Answer::Yes) return {spoken.accepted, spoken.because};
  const auto offer = known_hello(learned, spoken_before_tls13(learned).front());
  if (!offer) return {Answer::Unknown, "no suite to ask with"};
  Injection injection;
  return ask_unfinished(
      conversation, *offer, [&](Unfinished& unfinished) { return injection(unfinished); }, tally);
}

}  // namespace kenshin
