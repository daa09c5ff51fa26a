#include "probes/tls/heartbleed.h"

#include "probes/tls/code_points.h"
#include "probes/tls/extensions.h"
#include "probes/tls/known_hello.h"
#include "probes/tls/unfinished.h"

namespace kenshin {

namespace {

using namespace std::chrono_literals;

constexpr std::uint8_t handshake_record = 22, heartbeat_record = 24, finished = 20;
constexpr std::size_t answer_length = 19;  // type, length, no payload, 16 bytes of padding
constexpr int most_words = 4;

// The second record is out of place, so that the server has something to say at once: an answer to the heartbeat alone
// may stay in its handshake buffer.
Buffer heartbeat_and_more(const Unfinished& unfinished) {
  Buffer out = unfinished.record(heartbeat_record, Buffer{1, 0, 0});
  Buffer misplaced{finished, 0, 0, 12};
  misplaced.resize(16);
  const Buffer more = unfinished.record(handshake_record, misplaced);
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

Trial try_heartbeat(Unfinished& unfinished) {
  const auto wait = std::max<std::chrono::milliseconds>(1s, 10 * unfinished.round_trip());
  if (!unfinished.hello().extensions.contains(extension_type::heartbeat))
    return {{Answer::NotApplicable, "no heartbeat extension"}, true};
  unfinished.send(heartbeat_and_more(unfinished));
  Word word;
  for (int i = 0; i < most_words; ++i) {
    word = unfinished.next(wait);
    if (ends(word)) break;
    if (word.kind != Word::Kind::Heartbeat) continue;
    if (word.length == answer_length) return {{Answer::Yes, word_text(word)}, true};
    return {{Answer::Unknown, word_text(word)}, true};
  }
  if (word.kind == Word::Kind::Alert) return {{Answer::No, word_text(word) + " alone"}, true};
  return trial_of_end(word, word_text(word) + ", no heartbeat");
}

int weight(Answer answer) {
  switch (answer) {
    case Answer::Yes: return 3;
    case Answer::Unknown: return 2;
    case Answer::No: return 1;
    case Answer::NotApplicable: break;
  }
  return 0;
}

}  // namespace

Vulnerability heartbleed(Conversation& conversation, const Learned& learned, Answer echoed, Tally& tally) {
  const auto spoken = speaks_before_tls13(learned);
  if (spoken.accepted != Answer::Yes) return {spoken.accepted, spoken.because};
  if (echoed == Answer::No) return {Answer::NotApplicable, "no heartbeat extension"};
  Vulnerability worst{Answer::NotApplicable, "SSLv3 has no extensions"};
  for (const TlsVersion version : spoken_before_tls13(learned)) {
    if (version == TlsVersion::Ssl3) continue;
    auto offer = known_hello(learned, version);
    Vulnerability found{Answer::Unknown, "no suite to ask with"};
    if (offer) {
      offer->more.push_back(heartbeat());
      found = ask_unfinished(conversation, *offer, try_heartbeat, tally);
    }
    found.because = std::string(version_name(version)) + ": " + found.because;
    if (weight(found.vulnerable) >= weight(worst.vulnerable)) worst = found;
    if (worst.vulnerable == Answer::Yes) break;
  }
  return worst;
}

}  // namespace kenshin
