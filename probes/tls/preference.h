// Who chooses among the suites both sides have, in what order, and whether ChaCha20 comes first for those who put it
// first (RFC 5246 7.4.1.2, RFC 8446 4.1.2).
#pragma once

#include <vector>

#include "probes/tls/conversation.h"

namespace kenshin {

struct Preference {
  ChosenBy chosen_by = ChosenBy::Unknown;
  std::vector<SuiteId> order;  // the server's whole order; empty where it has none, or it did not hold still
  Answer prefers_chacha = Answer::Unknown;
};
// Hellos that hold nothing but accepted suites: each is a control, too. `first` was chosen when `offered` was.
Preference preference(Conversation&, const HelloOffer&, const std::vector<SuiteId>& accepted, SuiteId first,
                      const std::vector<SuiteId>& offered, Tally&);

}  // namespace kenshin
