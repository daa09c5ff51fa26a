// The key of a server's certificate, as far as it decides what can be negotiated: which signature schemes it can make,
// and which curve has to stand in the hello beside the group under test (RFC 4492 5.1, RFC 8422 5.1).
#pragma once

#include <optional>
#include <vector>

#include "probes/tls/facts.h"

namespace kenshin {

struct CertificateKey {
  enum class Kind { Unknown, Rsa, RsaPss, Ecdsa, Ed25519, Ed448 };
  Kind kind = Kind::Unknown;
  std::optional<GroupId> curve;  // Ecdsa, where it is a named one of ours
  int field_bits = 0;            // Ecdsa
};
CertificateKey certificate_key(Bytes der);
// Of a Certificate message of TLS 1.2 and before; Unknown where it holds none.
CertificateKey leaf_key(const Buffer* certificate_message);

// The schemes such a key is likely to sign with, common ones first. A guess that is checked.
std::vector<SchemeId> likely_schemes(const CertificateKey&, TlsVersion);

}  // namespace kenshin
