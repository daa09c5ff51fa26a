// What the enumeration would have learned of a server up to TLS 1.2, for tests of the questions that build on it.
#pragma once

#include "probes/tls/learned.h"

namespace kenshin::lab {

// Versions asked with the suites that servers enable most, and their suites by removal; TLS 1.3 is not asked.
Learned learn12(Conversation&);

// A conversation with 127.0.0.1:port under the name of the tests' certificates.
Asked asked12(std::uint16_t port);

}  // namespace kenshin::lab
