// A relay on loopback that lets a server look as far away as a round-trip time says: each chunk of bytes waits half of
// it on its way. The kernel answers a connect on loopback at once, so the first chunk of a client waits one whole round
// trip more: the one its connect would have taken.
#pragma once

#include <chrono>

#include "tests/lab/scripted.h"

namespace kenshin::bench {

lab::Behaviour delayed(std::uint16_t to_port, std::chrono::milliseconds round_trip);

}  // namespace kenshin::bench
