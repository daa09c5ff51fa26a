// Detached signatures over the exact bytes of a file, as `openssl dgst -sha256 -sign KEY -out FILE.sig FILE` makes
// them: SHA-256 with ECDSA on P-256 (FIPS 186-5) or with RSA PKCS #1 v1.5 (RFC 8017 8.2) of 2048 bits or more.
#pragma once

#include <string>
#include <string_view>

#include "probes/base/result.h"

namespace kenshin {

// Malformed: no private key of these kinds in PEM, or one under a passphrase.
Result<std::string> sign_detached(std::string_view bytes, std::string_view private_key_pem);

// SHA-256 of the public key (SubjectPublicKeyInfo), where the signature is good. Malformed: no public key of these
// kinds. Denied: the bytes were changed, or another key signed them.
Result<std::string> verify_detached(std::string_view bytes, std::string_view signature,
                                    std::string_view public_key_pem);

}  // namespace kenshin
