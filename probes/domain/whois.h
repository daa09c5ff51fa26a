// WHOIS over TCP (RFC 3912): one line out, text back until the server closes. Registries refuse those who ask too much
// at once, so a server gets one question at a time and a pause after each, whichever thread asks.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "probes/base/result.h"
#include "probes/session.h"

namespace kenshin {

// Whose turn it is at each server. The clock and the waiting are handed in, so that nobody waits in a test.
class WhoisTurns {
 public:
  using Time = std::chrono::steady_clock::time_point;
  struct Clock {
    std::function<Time()> now;
    std::function<void(std::chrono::milliseconds)> wait;
  };

  explicit WhoisTurns(Clock clock) : clock_(std::move(clock)) {}

  // Runs `question` when no other question to that server runs and `pause` has passed since the last one ended.
  Result<std::string> ask(const std::string& server, std::chrono::milliseconds pause,
                          const std::function<Result<std::string>()>& question);

 private:
  struct Server {
    std::mutex busy;
    std::optional<Time> last;
  };

  Clock clock_;
  std::mutex servers_busy_;
  std::map<std::string, Server> servers_;
};

// The answer to one query line, as it came, valid UTF-8, at most 64 KiB. `server` is "HOST:PORT". The deadline is
// session.timeout from connecting to the end of the answer; waiting for the turn does not count. An answer that breaks
// off by a reset or at the deadline is an Error, so is one without a byte (Closed).
Result<std::string> ask_whois(std::string_view server, std::string_view query, Session&);
Result<std::string> ask_whois(std::string_view server, std::string_view query, Session&, WhoisTurns&);

}  // namespace kenshin
