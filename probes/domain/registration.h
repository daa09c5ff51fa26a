// The probe domain.registration: what the registry says of the declared name's registrable part. "Not registered" is
// never concluded from one answer, nor from silence or a refusal.
#pragma once

#include <string>
#include <vector>

#include "probes/probe.h"

namespace kenshin {

// How old an answer that was kept may be: of a name the user declared, or of one that a declared name leans on.
enum class Freshness { Own, Dependent };

// What the registry says of a name in the form of registry_name(). Unsupported where its registry is not asked.
Result<Registration> registration_of(const std::string& registry_name, Session&, Freshness);

// One observation, of Registration or its failure. Unsupported also where the name is an IP address or has no
// registrable part.
std::vector<Observation> observe_registration(const Asked&, Session&);

}  // namespace kenshin
