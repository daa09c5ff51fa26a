#include "probes/base/signature.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

#include "probes/base/crypto.h"

namespace kenshin {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Text = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

int no_passphrase(char*, int, int, void*) { return -1; }

const unsigned char* octets(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Text reading(std::string_view pem) {
  return {BIO_new_mem_buf(pem.data(), static_cast<int>(std::min<std::size_t>(pem.size(), 65536))), &BIO_free};
}

bool accepted(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA")) return EVP_PKEY_get_bits(key) >= 2048;
  std::array<char, 64> curve{};
  return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, curve.data(), curve.size(), nullptr) == 1 &&
         std::string_view(curve.data()) == "prime256v1";
}

Error no_key(std::string_view which) {
  ERR_clear_error();
  return {Error::Kind::Malformed, "no " + std::string(which) +
                                      " key in PEM that is accepted here: ECDSA on P-256, or RSA of 2048 bits or more"};
}

std::string fingerprint(const EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  if (size <= 0) return {};
  const std::string out = sha256_hex({der, static_cast<std::size_t>(size)});
  OPENSSL_free(der);
  return out;
}

}  // namespace

Result<std::string> sign_detached(std::string_view bytes, std::string_view pem) {
  const Text text = reading(pem);
  const Key key(PEM_read_bio_PrivateKey(text.get(), nullptr, no_passphrase, nullptr), &EVP_PKEY_free);
  if (!key || !accepted(key.get())) return no_key("private");
  const Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::size_t size = 0;
  if (EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
      EVP_DigestSign(digest.get(), nullptr, &size, octets(bytes), bytes.size()) != 1)
    return Error{Error::Kind::Failed, "libcrypto does not sign with this key"};
  std::string out(size, '\0');
  if (EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(out.data()), &size, octets(bytes), bytes.size()) !=
      1)
    return Error{Error::Kind::Failed, "libcrypto does not sign with this key"};
  out.resize(size);
  return out;
}

Result<std::string> verify_detached(std::string_view bytes, std::string_view signature, std::string_view pem) {
  const Text text = reading(pem);
  const Key key(PEM_read_bio_PUBKEY(text.get(), nullptr, no_passphrase, nullptr), &EVP_PKEY_free);
  if (!key || !accepted(key.get())) return no_key("public");
  const Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  const bool good =
      EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
      EVP_DigestVerify(digest.get(), octets(signature), signature.size(), octets(bytes), bytes.size()) == 1;
  ERR_clear_error();
  if (!good) return Error{Error::Kind::Denied, "the bytes were changed, or another key signed them"};
  return fingerprint(key.get());
}

}  // namespace kenshin
