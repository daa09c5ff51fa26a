// Which groups a TLS 1.3 server accepts, and in whose order: hellos without a key share make it name one in a
// HelloRetryRequest (RFC 8446 4.1.4, 4.2.8).
#pragma once

#include "probes/tls/conversation.h"

namespace kenshin {

struct GroupWalk {
  GroupList list;
  Heard end;              // what ended the walk
  bool finished = false;  // nothing left to ask: `end` was not needed
};

// `complete` is left open here: it also depends on whether `end` stays beyond doubt.
GroupWalk walk_groups(Conversation&, Tally&);

}  // namespace kenshin
