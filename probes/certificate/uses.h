// What a certificate may be used for and where to ask about it: RFC 5280 4.2.1.3, 4.2.1.12, 4.2.1.13, 4.2.2.1; RFC
// 7633.
#pragma once

#include <string>
#include <vector>

#include "probes/certificate/openssl.h"

namespace kenshin {

// "serverAuth", "clientAuth" ..., or OIDs; empty: no such extension.
std::vector<std::string> extended_key_usages(X509&);
// "digitalSignature", "keyCertSign" ...; empty: no such extension.
std::vector<std::string> key_usages(X509&);

struct AskAt {
  std::vector<std::string> ocsp, ca_issuers, crl;  // foreign text, safe to show; at most 16 each
};
AskAt ask_at(X509&);

// The TLS feature extension demands a stapled answer (status_request).
bool must_staple(X509&);

// The text of an OBJECT IDENTIFIER: "1.3.6.1.5.5.7.3.1".
std::string oid_text(const ASN1_OBJECT*);

}  // namespace kenshin
