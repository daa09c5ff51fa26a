// `kenshin observe` for people: what was seen of each target, without judgement, in the words of kenshin.facts/1. What
// could not be told says so with its reason; it is never written as a refusal.
#pragma once

#include <iosfwd>

#include "probes/facts.h"

namespace kenshin {

void write_observations(const Facts&, std::ostream&, bool colour);

}  // namespace kenshin
