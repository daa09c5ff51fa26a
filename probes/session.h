// The one door between a probe and the world: what time it is, whom to ask, how long to wait. Tests hand in their own.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/result.h"

namespace kenshin {

class Budget;  // probes/net/budget.h: connections per host at a time

struct Session {
  std::function<Instant()> now;
  std::chrono::milliseconds timeout{5000};  // for one connection, from connect to answer
  std::shared_ptr<Budget> budget;
  std::string source_address;                   // --source; empty: the system chooses
  std::string resolver;                         // [sources] resolver ADDRESS[:PORT]; empty: the system's
  std::string whois = "whois.jprs.jp:43";       // [sources] whois
  std::chrono::milliseconds whois_pause{5000};  // between two questions to the same WHOIS server
  std::string trust_bundle;                     // PEM file that replaces the system's store; empty: the system's
};

}  // namespace kenshin
