// The probe `certificate`: every chain one endpoint address sends, read, named and verified, and whether its
// certificates were revoked.
#pragma once

#include "probes/certificate/fetch.h"
#include "probes/probe.h"

namespace kenshin {

// CertificateChain for each chain the server has for the name, CertificateSelection and CertificateRevocation; or each
// once, with the reason why no certificate was seen.
std::vector<Observation> observe_certificate(const Asked&, Session&);

// What a chain as sent amounts to, without any network. Malformed where a certificate cannot be read.
Result<CertificateChain> read_chain(const SentChain&, const std::string& host, const std::string& trust_bundle,
                                    Instant now);
Result<CertificateChain> read_chain(const std::vector<Buffer>& certificates, TlsVersion, const std::string& host,
                                    const std::string& trust_bundle, Instant now);

}  // namespace kenshin
