// Where the scan looks from: what this place can see, and whom it trusts.
#pragma once

#include "probes/facts.h"
#include "probes/session.h"

namespace kenshin {

// The Vantage of this run, for the target of kind clinic. No packet leaves this machine; the clock is not compared.
Observation observe_vantage(Session&);

}  // namespace kenshin
