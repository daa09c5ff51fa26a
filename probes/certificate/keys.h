// What is wrong with a public key whoever signed it: CA/Browser Forum TLS BR 6.1.1.3 and 6.1.6 (weak keys), RFC
// 8017 3.1.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/bytes.h"
#include "probes/base/calendar.h"
#include "probes/base/data_files.h"
#include "probes/base/result.h"
#include "probes/certificate/openssl.h"

namespace kenshin {

// A list of keys that a broken random generator made (CVE-2008-0166). `digests`: the last ten octets, as lower-case
// hex, of SHA-1 over "Modulus=", the modulus in upper-case hex and a line end.
struct WeakKeyList {
  std::string edition;
  std::optional<Day> as_of;  // nothing: it is empty
  std::string source, mark;
  std::set<std::string> digests;
};
Result<WeakKeyList> load_weak_keys(std::string_view text, std::string_view file_name);
Result<WeakKeyList> read_weak_keys(const DataFiles&);
const WeakKeyList& shipped_weak_keys();  // without digests until data is given

// The words of Certificate::key_problems. Empty for keys that are no RSA keys.
std::vector<std::string> key_problems(const EVP_PKEY&, const WeakKeyList&);

// Each question alone, of a modulus.
bool looks_like_roca(const BIGNUM* modulus);   // CVE-2017-15361: the discrete-log fingerprint
bool has_close_primes(const BIGNUM* modulus);  // Fermat's method finds the factors within 100 rounds
bool has_small_factor(const BIGNUM* modulus);  // below 65,536
std::string weak_key_digest(const BIGNUM* modulus);

// Big-endian, without leading zeros; empty where the key is no RSA key.
Buffer rsa_modulus(const EVP_PKEY&);

}  // namespace kenshin
