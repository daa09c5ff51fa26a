#include "probes/tls/signature.h"

#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>

namespace kenshin {

namespace {

struct Signing {
  std::uint16_t scheme;
  const char* hash;     // nullptr: the scheme has its own
  const char* key;      // libcrypto's name of the key type
  const char* curve13;  // the curve TLS 1.3 binds it to; nullptr: none
  bool pss;
  bool in13;
};
constexpr Signing signings[] = {
    {0x0403, "SHA256", "EC", "prime256v1", false, true},
    {0x0503, "SHA384", "EC", "secp384r1", false, true},
    {0x0603, "SHA512", "EC", "secp521r1", false, true},
    {0x0804, "SHA256", "RSA", nullptr, true, true},
    {0x0805, "SHA384", "RSA", nullptr, true, true},
    {0x0806, "SHA512", "RSA", nullptr, true, true},
    {0x0809, "SHA256", "RSA-PSS", nullptr, true, true},
    {0x080A, "SHA384", "RSA-PSS", nullptr, true, true},
    {0x080B, "SHA512", "RSA-PSS", nullptr, true, true},
    {0x0807, nullptr, "ED25519", nullptr, false, true},
    {0x0808, nullptr, "ED448", nullptr, false, true},
    {0x081A, "SHA256", "EC", "brainpoolP256r1", false, true},  // RFC 8734
    {0x081B, "SHA384", "EC", "brainpoolP384r1", false, true},
    {0x081C, "SHA512", "EC", "brainpoolP512r1", false, true},
    {0x0401, "SHA256", "RSA", nullptr, false, false},
    {0x0501, "SHA384", "RSA", nullptr, false, false},
    {0x0601, "SHA512", "RSA", nullptr, false, false},
    {0x0301, "SHA224", "RSA", nullptr, false, false},
    {0x0201, "SHA1", "RSA", nullptr, false, false},
    {0x0101, "MD5", "RSA", nullptr, false, false},
    {0x0303, "SHA224", "EC", nullptr, false, false},
    {0x0203, "SHA1", "EC", nullptr, false, false},
    {0x0402, "SHA256", "DSA", nullptr, false, false},
    {0x0502, "SHA384", "DSA", nullptr, false, false},
    {0x0602, "SHA512", "DSA", nullptr, false, false},
    {0x0302, "SHA224", "DSA", nullptr, false, false},
    {0x0202, "SHA1", "DSA", nullptr, false, false},
};

const Signing* signing_of(SchemeId scheme) {
  const auto* found = std::find_if(std::begin(signings), std::end(signings),
                                   [&](const Signing& s) { return s.scheme == static_cast<std::uint16_t>(scheme); });
  return found == std::end(signings) ? nullptr : found;
}

// RFC 8446 4.2.3: the salt of PSS is as long as the hash.
bool is_set_up(EVP_PKEY_CTX* parameters, const Signing& signing) {
  return !signing.pss || (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1 &&
                          EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1);
}

std::string curve_of(EVP_PKEY& key) {
  std::array<char, 80> name{};
  std::size_t length = 0;
  if (EVP_PKEY_get_group_name(&key, name.data(), name.size(), &length) != 1) return {};
  return std::string(name.data(), length);
}

}  // namespace

bool is_signature(SchemeId scheme, EVP_PKEY& key, Bytes message, Bytes signature) {
  const Signing* signing = signing_of(scheme);
  if (signing == nullptr || EVP_PKEY_is_a(&key, signing->key) != 1) return false;
  const OwnedDigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* parameters = nullptr;
  bool ok = context &&
            EVP_DigestVerifyInit_ex(context.get(), &parameters, signing->hash, nullptr, nullptr, &key, nullptr) == 1;
  ok = ok && is_set_up(parameters, *signing) &&
       EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
  ERR_clear_error();
  return ok;
}

Buffer sign(SchemeId scheme, EVP_PKEY& key, Bytes message) {
  const Signing* signing = signing_of(scheme);
  if (signing == nullptr || EVP_PKEY_is_a(&key, signing->key) != 1) return {};
  const OwnedDigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* parameters = nullptr;
  std::size_t length = 0;
  Buffer out;
  bool ok = context &&
            EVP_DigestSignInit_ex(context.get(), &parameters, signing->hash, nullptr, nullptr, &key, nullptr) == 1 &&
            is_set_up(parameters, *signing) &&
            EVP_DigestSign(context.get(), nullptr, &length, message.data(), message.size()) == 1;
  if (ok) out.resize(length);
  ok = ok && EVP_DigestSign(context.get(), out.data(), &length, message.data(), message.size()) == 1;
  ERR_clear_error();
  out.resize(ok ? length : 0);
  return out;
}

bool may_sign13(SchemeId scheme, EVP_PKEY& key) {
  const Signing* signing = signing_of(scheme);
  if (signing == nullptr || !signing->in13 || EVP_PKEY_is_a(&key, signing->key) != 1) return false;
  return signing->curve13 == nullptr || curve_of(key) == signing->curve13;
}

Buffer signed_content13(std::string_view context, Bytes hash) {
  Writer out;
  out.put(std::string(64, ' '));
  out.put(context);
  out.u8(0);
  out.put(hash);
  return out.take();
}

}  // namespace kenshin
