// Which suites are accepted, by removal: offer a set, note the chosen one, take it out, until the rest is refused.
#pragma once

#include <vector>

#include "probes/tls/conversation.h"

namespace kenshin {

// Every suite before TLS 1.3, dealt into shares of at most 60 so that common ones fall into different shares: some
// servers read no more than 64. SRP suites stand alone, because a server that knows no user refuses the whole hello.
const std::vector<std::vector<SuiteId>>& suite_shares();
std::vector<SuiteId> tls13_suites();

// The 60 suites that servers enable most: what a version is asked with first.
std::vector<SuiteId> common_suites();

struct SuiteWalk {
  std::vector<SuiteId> accepted;  // in the order they were chosen
  Heard end;                      // what ended the walk
  bool finished = false;          // nothing left to ask: `end` was not needed
  std::string broken;             // what the server did that no server may; empty: nothing
};

// Walks the suites of the offer, of its version alone.
SuiteWalk walk_suites(Conversation&, HelloOffer, Tally&);

// Who chooses: the accepted suites offered ascending and descending (RFC 5246 7.4.1.2: client's favourite first).
ChosenBy who_chooses(Conversation&, HelloOffer, std::vector<SuiteId> accepted, Tally&);

}  // namespace kenshin
