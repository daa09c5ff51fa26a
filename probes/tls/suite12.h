// What the suites of TLS 1.2 and before are made of, read from their IANA names: RFC 5246 appendix C, RFC 5288, RFC
// 5289, RFC 7905.
#pragma once

#include <optional>
#include <string>

#include "probes/tls/facts.h"

namespace kenshin {

enum class KeyAgreement { Rsa, Dhe, Ecdhe };
enum class CipherKind { Stream, Cbc, Aead };

struct Suite12 {
  KeyAgreement agreement{};
  CipherKind kind{};
  std::string cipher;  // libcrypto's name
  std::string mac;     // libcrypto's name of the HMAC's hash; empty: the cipher authenticates
  std::string hash;    // of the PRF and of the transcript in TLS 1.2
  std::size_t key_size = 0, block_size = 0, mac_size = 0;
  std::size_t fixed_iv_size = 0;     // AEAD: the part of the nonce that comes from the key block
  std::size_t explicit_iv_size = 0;  // AEAD: the part that stands in the record
};

// Nothing for a suite this program cannot finish a handshake with: static DH, PSK, SRP, export, CCM, and what libcrypto
// has no cipher for (RC4 and DES without its legacy provider).
std::optional<Suite12> suite12(SuiteId);

// Whether the suite may be used in the version: AEAD and SHA-2 suites only in TLS 1.2 (RFC 5246 A.5).
bool fits(const Suite12&, TlsVersion);

}  // namespace kenshin
