// The probe `certificate`: the chain one endpoint address sends, read, named and verified.
#pragma once

#include "probes/probe.h"

namespace kenshin {

// CertificateChain, or the reason why none was seen.
std::vector<Observation> observe_certificate(const Asked&, Session&);

// What a chain as sent amounts to, without any network. Malformed where a certificate cannot be read.
Result<CertificateChain> read_chain(const std::vector<Buffer>& certificates, TlsVersion, const std::string& host,
                                    const std::string& trust_bundle, Instant now);

}  // namespace kenshin
