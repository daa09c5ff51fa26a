// The probe domain.registration: what the registry says of the declared name's registrable part. Only .jp is asked
// today, by WHOIS. "Not registered" is never concluded from one answer, nor from silence or a refusal.
#pragma once

#include <vector>

#include "probes/probe.h"

namespace kenshin {

// One observation, of Registration or its failure. Unsupported where the name is an IP address, has no registrable
// part, or belongs to a registry that is not asked yet.
std::vector<Observation> observe_registration(const Asked&, Session&);

}  // namespace kenshin
