// The probe domain.delegation: whether the name servers that the registry names for a domain answer for it, each asked
// itself, and whether parent and child tell the same.
#pragma once

#include <vector>

#include "probes/probe.h"

namespace kenshin {

// One observation, of DomainDelegation or its failure: Unsupported where the name is an IP address or has no
// registrable part. Every server is asked side by side within three seconds.
std::vector<Observation> observe_delegation(const Asked&, Session&);

}  // namespace kenshin
