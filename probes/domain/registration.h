// The probe domain.registration: what the registry says of the declared name's registrable part. "Not registered" is
// never concluded from one answer, nor from silence or a refusal.
#pragma once

#include <string>
#include <vector>

#include "probes/probe.h"

namespace kenshin {

// How old an answer that was kept may be: a day of a name the user declared, a week of one that a declared name leans
// on. Only of the former both languages and the registrar's own date are asked for.
enum class Freshness { Own, Dependent };

// Whom registration_of() asks about that name: "HOST:PORT" of WHOIS, or the base of RDAP. Unsupported where nobody.
Result<std::string> registry_asked(const std::string& registry_name, const Session&);

// What the registry says of a name in the form of registry_name(). Unsupported where its registry is not asked.
Result<Registration> registration_of(const std::string& registry_name, Session&, Freshness);

// One observation, of Registration or its failure. Unsupported also where the name is an IP address or has no
// registrable part.
std::vector<Observation> observe_registration(const Asked&, Session&);

}  // namespace kenshin
