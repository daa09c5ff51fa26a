// What one OCSP response (RFC 6960) or one revocation list (RFC 5280 5) says of one certificate. Everything in them is
// foreign until its signature is checked; what cannot be told is Unknown with its reason.
#pragma once

#include <vector>

#include "probes/certificate/facts.h"
#include "probes/certificate/openssl.h"

namespace kenshin {

// The DER request for one certificate, without a nonce: responders answer from a cache.
Buffer ocsp_request(X509& subject, X509& issuer);

// Good or Revoked only where the issuer, or whoever it delegated to (RFC 6960 4.2.2.2), signed it and `now` lies
// between thisUpdate and nextUpdate. `because`: "good", "revoked, keyCompromise", "unknown to the responder",
// "signature", "expired", "not yet valid", "try later", "other certificate", "malformed" ...
RevocationAnswer read_ocsp(Bytes response, X509& subject, X509& issuer, Instant now);

// Good or Revoked only where the issuer signed a whole list that covers the certificate. `because`: "good",
// "revoked, ...", "signature", "expired", "not yet valid", "scope", "delta", "other issuer", "critical extension",
// "malformed".
RevocationAnswer read_crl(Bytes der, X509& subject, X509& issuer, Instant now);

}  // namespace kenshin
