// The probe `tls`: versions, suites and groups of one endpoint address, from one conversation.
#pragma once

#include "probes/probe.h"

namespace kenshin {

// TlsVersions, TlsSuites and TlsGroups, or three times the reason why there was no TLS to look at.
std::vector<Observation> observe_tls(const Asked&, Session&);

}  // namespace kenshin
