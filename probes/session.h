// The one door between a probe and the world: what time it is, whom to ask, how long to wait. Tests hand in their own.
#pragma once

#include <chrono>
#include <cstdint>
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
  std::string proxy;                            // "socks5://HOST:PORT" or "http://HOST:PORT" (CONNECT); empty: none
  std::string client_certificate, client_key;   // PEM files for endpoints that demand one; empty: none
  std::string authorized_by;                    // who allows weakness tests, and on what ground; empty: nobody did
  double max_rate = 0;                          // connections a second to one address; 0: no limit
  bool gentle = false;                          // one connection at a time, a pause between
  std::uint64_t seed = 0;    // of every choice that is left to chance; wire randomness is never seeded
  std::string trust_bundle;  // PEM file that takes the place of the root programmes; empty: these
  std::string mmdb;          // [sources] mmdb: a country database; empty: none
};

}  // namespace kenshin
