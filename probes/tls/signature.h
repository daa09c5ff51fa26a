// Signatures of handshakes: RFC 8446 4.2.3, 4.4.3; RFC 5246 4.7, 7.4.1.4.1.
#pragma once

#include "probes/certificate/openssl.h"
#include "probes/tls/facts.h"

namespace kenshin {

// Whether the signature was made over the message with that key by that scheme; the curve of an ECDSA key is left
// open. False for a scheme libcrypto cannot verify.
bool is_signature(SchemeId, EVP_PKEY&, Bytes message, Bytes signature);

// A signature over the message; empty where the key cannot make one by that scheme.
Buffer sign(SchemeId, EVP_PKEY&, Bytes message);

// Whether TLS 1.3 allows the scheme in a CertificateVerify of that key: ECDSA with its own curve, RSA as PSS only.
bool may_sign13(SchemeId, EVP_PKEY&);

// What a CertificateVerify signs, of the server's (RFC 8446 4.4.3) or of the client's.
Buffer signed_content13(std::string_view context, Bytes transcript_hash);
constexpr std::string_view server_context = "TLS 1.3, server CertificateVerify";
constexpr std::string_view client_context = "TLS 1.3, client CertificateVerify";

}  // namespace kenshin
