// The probe domain.dns: DNSSEC, name servers, mail, CAA and the like of a declared domain, as a validating resolver
// sees them.
#pragma once

#include <vector>

#include "probes/probe.h"

namespace kenshin {

// One observation, of DomainDns or its failure: Unsupported where the name is an IP address or has no registrable part.
// Where nothing at all could be asked, the fact says so question by question, after three seconds.
std::vector<Observation> observe_domain_dns(const Asked&, Session&);

}  // namespace kenshin
