// One X.509 certificate, read with libcrypto into what a report needs: RFC 5280.
#pragma once

#include <string>

#include "probes/certificate/facts.h"
#include "probes/certificate/openssl.h"

namespace kenshin {

// Exactly one certificate and no byte more; nullptr otherwise.
OwnedX509 x509_from_der(Bytes der);

// Malformed where a date or the key cannot be read.
Result<Certificate> read_certificate(X509&);

Buffer der_of(const X509&);
// Of the DER, lower-case hex.
std::string certificate_sha256(const X509&);

// Malformed where it is no date.
Result<Instant> instant_of(const ASN1_TIME*);

// RFC 4514 text, safe to show.
std::string name_text(const X509_NAME*);

// Whether the certificate is for that host name or IP literal: subjectAltName only, wildcards as the whole left-most
// label (RFC 9525 6.3).
bool is_for(X509&, const std::string& host);

}  // namespace kenshin
