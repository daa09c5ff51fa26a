#include "probes/base/crypto.h"

#include <openssl/rand.h>
#include <openssl/sha.h>

#include <stdexcept>

namespace kenshin {

Buffer random_bytes(std::size_t size) {
  Buffer out(size);
  if (RAND_bytes(out.data(), static_cast<int>(size)) != 1) throw std::runtime_error("libcrypto has no randomness");
  return out;
}

Buffer sha256(Bytes bytes) {
  Buffer out(SHA256_DIGEST_LENGTH);
  SHA256(bytes.data(), bytes.size(), out.data());
  return out;
}

std::string sha256_hex(Bytes bytes) { return hex(sha256(bytes)); }

}  // namespace kenshin
