// `kenshin observe` for people: what was seen of each target, without judgement, in the words of kenshin.facts/1. What
// could not be told says so with its reason; it is never written as a refusal.
#pragma once

#include <iosfwd>

#include "probes/facts.h"
#include "reports/formats/wording.h"

namespace kenshin {

// Labels and values are the vocabulary of the facts, in English; advice on an address that answers nothing is worded.
void write_observations(const Facts&, const Wording&, std::ostream&, bool colour);

}  // namespace kenshin
