// The probe domain.dependents: every name that a domain's records and declared pages trust, whether it resolves, what
// its registry says, and whether it shows what a free name shows at a provider where anybody could claim it. Names
// found on the way get look-ups and, where a provider's fingerprint needs it, one page; nothing is ever claimed.
#pragma once

#include <vector>

#include "probes/probe.h"

namespace kenshin {

// One observation, of DomainDependents or its failure: Unsupported where the name is an IP address or has no
// registrable part, the resolver's error where neither it nor a page answered. At most 50 pages, 300 names, and 20
// questions to registries.
std::vector<Observation> observe_dependents(const Asked&, Session&);

}  // namespace kenshin
