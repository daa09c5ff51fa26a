// The certificates an endpoint sends: from the clear text before TLS 1.3, through libssl where only TLS 1.3 is spoken.
#pragma once

#include <vector>

#include "probes/probe.h"
#include "probes/tls/conversation.h"

namespace kenshin {

struct SentChain {
  std::vector<Buffer> certificates;  // DER, as sent
  TlsVersion version{};
};

// A server that asks for a client certificate sends its own first, so it is seen all the same.
Result<SentChain> fetch_chain(const Asked&, Session&, Tally&);

}  // namespace kenshin
