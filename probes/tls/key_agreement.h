// The client's half of a key exchange in TLS 1.2 and before: RFC 5246 7.4.7 and 8.1, RFC 8422 5.7 and 5.10. Signatures
// are not looked at: what is asked here is how a server behaves, not who it is.
#pragma once

#include <functional>

#include "probes/tls/server_messages.h"
#include "probes/tls/suite12.h"

namespace kenshin {

using Randomness = std::function<Buffer(std::size_t)>;  // so many bytes; random_bytes() but in tests

struct AgreedSecret {
  Buffer message;  // the body of a ClientKeyExchange
  Buffer premaster;
};

// RSA: encrypted to the key of the DER certificate; `offered` is the version of the ClientHello. Errors: Malformed,
// Unsupported (no RSA key).
Result<AgreedSecret> agree_by_rsa(Bytes certificate, TlsVersion offered, const Randomness&);
// Errors: Malformed (no point, no usable group), Unsupported (a curve libcrypto does not know, a prime above 8192
// bits).
Result<AgreedSecret> agree_by_dhe(const ServerKeyExchange&, const Randomness&);
Result<AgreedSecret> agree_by_ecdhe(const ServerKeyExchange&);

// The curves an ECDHE exchange can be made with here.
bool can_agree_on(GroupId);

}  // namespace kenshin
