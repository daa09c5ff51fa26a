#include "probes/base/crypto.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <istream>
#include <memory>
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

std::optional<Buffer> sha256(std::istream& in) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> hash(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (!hash || EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("libcrypto has no SHA-256");
  std::vector<char> chunk(64 * 1024);
  while (in) {
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    EVP_DigestUpdate(hash.get(), chunk.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof() || in.bad()) return std::nullopt;
  Buffer out(SHA256_DIGEST_LENGTH);
  EVP_DigestFinal_ex(hash.get(), out.data(), nullptr);
  return out;
}

std::string sha256_hex(Bytes bytes) { return hex(sha256(bytes)); }

}  // namespace kenshin
