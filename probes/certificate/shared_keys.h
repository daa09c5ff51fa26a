// Keys that certificates of different names share, and RSA moduli that share a prime, over everything a scan saw. A
// pure function: who calls it brings the index.
#pragma once

#include <string>
#include <vector>

#include "probes/base/bytes.h"
#include "probes/base/target.h"

namespace kenshin {

struct IndexedKey {
  Target target;
  std::string certificate;  // SHA-256 of the certificate, hex
  std::string spki_sha256;  // hex
  Buffer modulus;           // rsa_modulus(); empty for other keys
};

enum class SharedKeyKind {
  SameKey,     // one key in certificates of several targets
  CommonPrime  // two moduli that one greatest common divisor factors: both keys are broken
};
struct SharedKey {
  SharedKeyKind kind{};
  std::vector<std::string>
      keys;  // spki_sha256, ascending: one for SameKey; else one key and those found to share a prime with it
  std::vector<Target> targets;  // ascending, each once
};
struct SharedKeys {
  std::vector<SharedKey> found;  // ascending by kind and keys
  bool complete = true;          // false: a limit left some moduli out; those were told apart by SPKI alone
};

constexpr std::size_t most_compared_moduli = 2'000;  // some twenty seconds

// D. J. Bernstein's product and remainder trees ("batch GCD"). libcrypto divides large numbers by the school's method,
// so the time grows with the square of the number of moduli.
SharedKeys find_shared_keys(const std::vector<IndexedKey>&);

// The modulus in a certificate's DER; empty where its key is no RSA key or it cannot be read.
Buffer modulus_of_certificate(Bytes der);

}  // namespace kenshin
