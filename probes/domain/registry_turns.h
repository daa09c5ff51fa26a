// Whose turn it is at each registry's server. Registries refuse those who ask too much at once: a server gets one
// question at a time and a pause after each, whichever thread or process asks, and a WHOIS server so many a day.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "probes/base/result.h"
#include "probes/session.h"

namespace kenshin {

struct TurnRules {
  std::chrono::milliseconds pause{0};  // after each question
  std::optional<int> a_day;            // questions on one day in Japan
};

// What a question leaves to the next one.
struct AfterQuestion {
  std::optional<Instant> not_before = {};  // the server wants no other before
  bool was_reached = true;                 // otherwise it did not notice: no pause, and nothing is counted
};

// Runs `question` when no other question to that server runs and the pause after the last has passed. Time is
// session.now(), waiting is session.registries.wait. With session.registries.cache all processes that share the folder
// take turns; without, or where it cannot be written, those of this process. Errors: RateLimited (the day's questions
// are spent, or the server wants to be left alone for longer than two minutes), NotAsked (told to stop). Then nothing
// was asked.
Result<Done> at_its_turn(const std::string& server, const TurnRules&, const Session&,
                         const std::function<AfterQuestion()>& question);

// "rdap.example:8443" of its URL: how a web server is called in turns.
std::string server_of_url(std::string_view url);

// session.registries.wait, or a wait that nothing ends.
bool wait_politely(const Session&, std::chrono::milliseconds);

}  // namespace kenshin
