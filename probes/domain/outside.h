// The probe outside: searches over certificate logs and look-alikes of a domain in use, the web archive of a former
// one. Nothing is asked that the configuration did not switch on; what leaves is the domain's name.
#pragma once

#include <string>
#include <vector>

#include "probes/probe.h"

namespace kenshin {

// Base URLs of the public services, for a source that was switched on without another.
inline constexpr std::string_view certspotter_base = "https://api.certspotter.com/";
inline constexpr std::string_view crtsh_base = "https://crt.sh/";
inline constexpr std::string_view wayback_base = "https://web.archive.org/";

// Whom the probe would ask about that domain: base URLs, and "DNS" for look-alikes. Empty: nobody.
std::vector<std::string> outside_asked(const Asked&, const Session&);

// An observation, or its failure, for each fact whose source is on: IssuedCertificates and DomainLookalikes of a domain
// in use, ArchivedPages of a former one. None for a name that a platform lends, or that has no registrable part. Cert
// Spotter's pages are read one after the other, at most ten; crt.sh is asked where that did not tell all. Each server
// is asked at its turn, an answer is at most 1 MiB, https is verified, and no address of this network is asked unless
// the base stands on loopback.
std::vector<Observation> observe_outside(const Asked&, Session&);

}  // namespace kenshin
