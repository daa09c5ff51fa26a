// Every certificate a server has: one per kind of key, and what it sends to who gives no name or one it cannot know.
#pragma once

#include <vector>

#include "probes/certificate/fetch.h"

namespace kenshin {

struct Selected {
  std::vector<SentChain> chains;  // each distinct one a client may take for the name's, the first one first
  CertificateSelection fact;
};

// Goes on from the chain that came first. A server with one certificate costs six more connections.
Selected select_certificates(Conversation&, const Asked&, Session&, const SentChain& first, Tally&);

// "RSA", "EC", "Ed25519", "RSA-PSS" ... of Certificate::key.
std::string key_kind(std::string_view key);

}  // namespace kenshin
