// The probe domain.dns: DNSSEC, name servers, mail, CAA and the like of a declared domain, as a validating resolver
// sees them.
#pragma once

#include <vector>

#include "probes/probe.h"

namespace kenshin {

// One observation, of DomainDns or its failure: Unsupported where the name is an IP address or has no registrable part,
// the resolver's error where no question was answered, after three seconds.
std::vector<Observation> observe_domain_dns(const Asked&, Session&);

}  // namespace kenshin
