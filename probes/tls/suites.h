// Which suites are accepted. The common ones are dealt into small shares that are asked side by side; all the rest
// stands in one long hello, whose refusal counts where the server was seen to read such a list to its end.
#pragma once

#include <mutex>
#include <optional>
#include <vector>

#include "probes/tls/conversation.h"

namespace kenshin {

// Every suite before TLS 1.3, dealt into shares of at most 60 so that common ones fall into different shares: some
// servers read no more than 64. SRP suites stand alone, because a server that knows no user refuses the whole hello.
const std::vector<std::vector<SuiteId>>& suite_shares();
std::vector<SuiteId> tls13_suites();

// The 60 suites that servers enable most: what a version is asked with first.
std::vector<SuiteId> common_suites();

// Whether the server reads a list as long as the longest we send: a suite it accepts stands last, behind code points
// that nobody has (IANA: unassigned). Asked once a conversation.
class LongLists {
 public:
  bool read_by(Conversation&, const HelloOffer& accepted, SuiteId suite, Tally&);

 private:
  std::mutex asking_;
  std::optional<bool> read_;
};

struct SuiteSearch {
  std::vector<SuiteId> accepted;  // ascending
  std::vector<Heard> ends;        // the refusals it rests on; all beyond doubt: the list is complete
  std::string broken;             // what the server did that no server may; empty: nothing
};

// Searches every suite of the version. `first`: what the server chose of the common suites; nothing: it refused them.
SuiteSearch search_suites(Conversation&, const HelloOffer&, std::optional<SuiteId> first, LongLists&, Tally&);
// The same for TLS 1.3: the usual ones alone, the others together.
SuiteSearch search_tls13_suites(Conversation&, const HelloOffer&, SuiteId first, Tally&);

}  // namespace kenshin
