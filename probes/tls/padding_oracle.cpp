#include "probes/tls/padding_oracle.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

constexpr std::uint8_t alert_record = 21, application_data = 23, close_notify = 0;
constexpr int rounds = 3;
constexpr std::size_t most_suites = 2;
constexpr std::chrono::milliseconds least_patience{250}, most_patience{2000};
constexpr PaddingCase wrong_cases[] = {PaddingCase::WrongMac,          PaddingCase::WrongFirstPadding,
                                       PaddingCase::WrongLastPadding,  PaddingCase::EmptyWrongMac,
                                       PaddingCase::EmptyWrongPadding, PaddingCase::OnlyPadding,
                                       PaddingCase::OverlongLength};

std::string_view name_of(PaddingCase wrong) {
  switch (wrong) {
    case PaddingCase::Right: return "right";
    case PaddingCase::WrongMac: return "wrong MAC";
    case PaddingCase::WrongFirstPadding: return "wrong first padding byte";
    case PaddingCase::WrongLastPadding: return "wrong last padding byte";
    case PaddingCase::EmptyWrongMac: return "empty, wrong MAC";
    case PaddingCase::EmptyWrongPadding: return "empty, wrong padding";
    case PaddingCase::OnlyPadding: return "padding alone";
    case PaddingCase::OverlongLength: return "overlong padding";
  }
  return "";
}

// Content, MAC and more than two blocks of padding, spoilt as the case says. What a server that takes the record gets
// to read is an empty line, or nothing.
Buffer blocks_for(PaddingCase wrong, const Protection12& writing) {
  const std::size_t block = writing.suite().block_size;
  constexpr std::size_t all_padding = 256;
  if (wrong == PaddingCase::OnlyPadding) return Buffer(all_padding, std::uint8_t{0xFF});
  const bool empty =
      wrong == PaddingCase::Right || wrong == PaddingCase::EmptyWrongMac || wrong == PaddingCase::EmptyWrongPadding;
  const Buffer content = empty ? Buffer() : Buffer{'\r', '\n'};
  const Buffer mac = writing.mac(application_data, content);
  Buffer out = content;
  out.insert(out.end(), mac.begin(), mac.end());
  const std::size_t padding_at = out.size(), padding = 3 * block - out.size() % block;
  out.insert(out.end(), padding, static_cast<std::uint8_t>(padding - 1));
  switch (wrong) {
    case PaddingCase::WrongMac:
    case PaddingCase::EmptyWrongMac: out[content.size()] ^= 1; break;
    case PaddingCase::WrongFirstPadding:
    case PaddingCase::EmptyWrongPadding: out[padding_at] ^= 1; break;
    case PaddingCase::WrongLastPadding: out[out.size() - 2] ^= 1; break;
    case PaddingCase::OverlongLength: out.back() = 0xFF; break;
    case PaddingCase::Right:
    case PaddingCase::OnlyPadding: break;
  }
  return out;
}

bool is_timeout(const Error& error) { return error.kind == Error::Kind::Timeout; }

// What comes until the connection ends, in words. After silence our close_notify asks the server to end it: a server
// that took the record answers that one. How a connection ends behind an alert depends on chance, whether it does not.
std::string listen(Connection12& connection, std::chrono::milliseconds patience, Deadline last) {
  std::string out;
  bool asked_to_end = false;
  const auto add = [&](const std::string& what) { out += (out.empty() ? "" : ", ") + what; };
  connection.wait_until(std::min(last, deadline_in(patience)));
  for (;;) {
    const auto event = connection.next();
    if (event) {
      const auto* alert = std::get_if<Alert>(&*event);
      if (alert != nullptr) add("alert " + alert_name(alert->description));
      continue;
    }
    if (!is_timeout(event.error())) {
      if (out.empty() || out == "silence") add(std::string(error_name(event.error().kind)));
      return out;
    }
    if (asked_to_end || !out.empty()) return out + (out.empty() ? "timeout" : ", left open");
    add("silence");
    asked_to_end = true;
    if (!connection.send(connection.sealed(alert_record, Buffer{1, close_notify}))) return out + ", closed";
    connection.wait_until(last);
  }
}

struct Told {
  bool finished = false;
  std::string ending;  // of the record, or of the handshake
};

Told told(Conversation& conversation, const HelloOffer& offer, PaddingCase wrong, Tally& tally) {
  using namespace std::chrono;
  const auto start = steady_clock::now();
  auto connection = connect12(conversation, tally);
  if (!connection) return {false, std::string(error_name(connection.error().kind))};
  const Seen12 seen = handshake12(*connection, conversation.named(offer));
  if (!seen.finished) return {false, ending(seen)};
  // Eight times what a connection and a handshake took, which is at least three round trips.
  const auto took = duration_cast<milliseconds>(steady_clock::now() - start);
  const auto patience = std::clamp(8 * took, least_patience, most_patience);
  Protection12& writing = *connection->writing();
  const Buffer record = writing.seal_blocks(application_data, blocks_for(wrong, writing));
  if (const auto sent = connection->send(record); !sent) return {false, std::string(error_name(sent.error().kind))};
  return {true, listen(*connection, patience, steady_clock::now() + 2 * patience)};
}

bool all_wrong_got_one_alert(const PaddingTrial& trial) {
  const std::string& first = trial.endings.at(PaddingCase::WrongMac);
  return first.rfind("alert ", 0) == 0 && std::all_of(std::begin(wrong_cases), std::end(wrong_cases),
                                                      [&](auto wrong) { return trial.endings.at(wrong) == first; });
}

// Left alone, the server said nothing; asked to end the connection, it did so in peace, or let it be.
bool was_taken(const std::string& ending) {
  const auto holds = [&](const char* word) { return ending.find(word) != std::string::npos; };
  return ending.rfind("silence, ", 0) == 0 && (!holds("alert ") || holds("alert close_notify")) && !holds("malformed");
}

void try_out(Conversation& conversation, HelloOffer offer, PaddingTrial& trial, Tally& tally) {
  offer.suites = {trial.suite};
  for (int round = 0; round < rounds; ++round) {
    for (int i = static_cast<int>(PaddingCase::Right); i <= static_cast<int>(PaddingCase::OverlongLength); ++i) {
      const auto wrong = static_cast<PaddingCase>(i);
      const Told heard = told(conversation, offer, wrong, tally);
      const auto [at, fresh] = trial.endings.emplace(wrong, heard.ending);
      if (!heard.finished) trial.unclear = "no handshake was finished: " + heard.ending;
      else if (!fresh && at->second != heard.ending)
        trial.unclear = std::string(name_of(wrong)) + ": " + at->second + ", then " + heard.ending;
      if (trial.unclear.empty() && wrong == PaddingCase::Right && !was_taken(heard.ending))
        trial.unclear = "a right record was not taken: " + heard.ending;
      if (!trial.unclear.empty()) return;
    }
    if (all_wrong_got_one_alert(trial)) break;
  }
  const std::string& right = trial.endings.at(PaddingCase::Right);
  if (trial.endings.at(PaddingCase::WrongMac) == right)
    trial.unclear = "a wrong MAC is answered like a right one: " + right;
}

// At most two CBC suites, of different MACs or block sizes.
std::vector<SuiteId> picked(const std::vector<SuiteId>& suites) {
  std::vector<SuiteId> out;
  std::set<std::pair<std::string, std::size_t>> families;
  for (const SuiteId id : suites) {
    const auto suite = suite12(id);
    const bool is_cbc = suite && suite->kind == CipherKind::Cbc;
    if (is_cbc && out.size() < most_suites && families.emplace(suite->mac, suite->block_size).second) out.push_back(id);
  }
  return out;
}

// Why no CBC suite could be tried.
Vulnerability without_trial(const Learned& learned) {
  for (const TlsVersion version : {TlsVersion::Tls12, TlsVersion::Tls11, TlsVersion::Tls10}) {
    if (learned.speaks(version) == Answer::No) continue;
    const SuiteList* list = learned.suites_of(version);
    if (list == nullptr || !list->complete) return {Answer::Unknown, "not all suites are known"};
    for (const SuiteId id : list->suites)
      if (suite_name(id).find("_CBC_") != std::string::npos) return {Answer::Unknown, "no CBC suite can be finished"};
  }
  return {Answer::NotApplicable, "no CBC suite"};
}

std::string where(const PaddingTrial& trial) {
  return std::string(version_name(trial.version)) + " " + suite_name(trial.suite) + ": ";
}

// The gravest answer of all trials; unknown is graver than no.
template <class Judge>
Vulnerability gravest(const PaddingObservation& observation, Judge judge) {
  if (observation.trials.empty()) return observation.none;
  std::optional<Vulnerability> out;
  for (const PaddingTrial& trial : observation.trials) {
    Vulnerability one =
        trial.unclear.empty() ? judge(trial) : Vulnerability{Answer::Unknown, where(trial) + trial.unclear};
    if (one.vulnerable == Answer::Yes) return one;
    if (!out || (one.vulnerable == Answer::Unknown && out->vulnerable == Answer::No)) out = std::move(one);
  }
  return *out;
}

bool taken(const PaddingTrial& trial, PaddingCase wrong) {
  return trial.endings.at(wrong) == trial.endings.at(PaddingCase::Right);
}

}  // namespace

PaddingObservation observe_padding(Conversation& conversation, const Learned& learned, Tally& tally) {
  PaddingObservation out;
  std::vector<TlsVersion> versions;
  for (const TlsVersion version : {TlsVersion::Tls12, TlsVersion::Tls11, TlsVersion::Tls10}) {
    const auto offer = finishable_offer(learned, version);
    if (offer && !picked(offer->suites).empty()) versions.push_back(version);
  }
  if (versions.size() > 2) versions.erase(versions.begin() + 1);
  for (const TlsVersion version : versions)
    for (const SuiteId suite : picked(finishable_offer(learned, version)->suites))
      out.trials.push_back({version, suite, {}, {}});
  if (out.trials.empty()) out.none = without_trial(learned);
  // One after the other: what is measured here is how a server ends connections.
  for (PaddingTrial& trial : out.trials) try_out(conversation, *finishable_offer(learned, trial.version), trial, tally);
  return out;
}

Vulnerability tls_poodle(const PaddingObservation& observation) {
  return gravest(observation, [](const PaddingTrial& trial) -> Vulnerability {
    for (const auto wrong :
         {PaddingCase::WrongFirstPadding, PaddingCase::WrongLastPadding, PaddingCase::EmptyWrongPadding})
      if (taken(trial, wrong)) return {Answer::Yes, where(trial) + std::string(name_of(wrong)) + ": taken"};
    return {Answer::No, "wrong padding: " + trial.endings.at(PaddingCase::WrongFirstPadding)};
  });
}

Vulnerability padding_oracle(const PaddingObservation& observation) {
  return gravest(observation, [](const PaddingTrial& trial) -> Vulnerability {
    const std::string& usual = trial.endings.at(PaddingCase::WrongMac);
    for (const PaddingCase wrong : wrong_cases)
      if (!taken(trial, wrong) && trial.endings.at(wrong) != usual)
        return {Answer::Yes, where(trial) + "wrong MAC: " + usual + "; " + std::string(name_of(wrong)) + ": " +
                                 trial.endings.at(wrong)};
    return {Answer::No, "wrong records: " + usual};
  });
}

}  // namespace kenshin
