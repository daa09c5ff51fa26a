// The probe `tls`: one conversation with one endpoint address, and all that its answers tell.
#pragma once

#include "probes/probe.h"

namespace kenshin {

// TlsVersions, TlsSuites, TlsGroups, TlsSignatureSchemes and TlsKeyExchange, or for each the reason why there was no
// TLS to look at.
std::vector<Observation> observe_tls(const Asked&, Session&);

}  // namespace kenshin
