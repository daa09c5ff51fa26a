#include "probes/tls/key_agreement.h"

#include <openssl/rsa.h>

#include <algorithm>

#include "probes/certificate/openssl.h"

namespace kenshin {

namespace {

constexpr int largest_prime_bits = 8192;
constexpr std::size_t exponent_size = 32, premaster_size = 48;

Error malformed(const char* what) { return {Error::Kind::Malformed, what}; }
Error unsupported(const char* what) { return {Error::Kind::Unsupported, what}; }

struct NamedCurve {
  std::uint16_t group;
  const char* type;
  const char* name;
};
// IANA "TLS Supported Groups" and libcrypto's names.
constexpr NamedCurve curves[] = {
    {0x001D, "X25519", nullptr},       {0x001E, "X448", nullptr},         {0x0017, "EC", "P-256"},
    {0x0018, "EC", "P-384"},           {0x0019, "EC", "P-521"},           {0x0016, "EC", "secp256k1"},
    {0x001A, "EC", "brainpoolP256r1"}, {0x001B, "EC", "brainpoolP384r1"}, {0x001C, "EC", "brainpoolP512r1"},
};

const NamedCurve* curve_of(GroupId group) {
  for (const auto& curve : curves)
    if (curve.group == static_cast<std::uint16_t>(group)) return &curve;
  return nullptr;
}

OwnedKey fresh_key(const NamedCurve& curve) {
  return OwnedKey(curve.name == nullptr ? EVP_PKEY_Q_keygen(nullptr, nullptr, curve.type)
                                        : EVP_PKEY_Q_keygen(nullptr, nullptr, curve.type, curve.name));
}

Buffer public_value_of(EVP_PKEY* key) {
  unsigned char* encoded = nullptr;
  const std::size_t size = EVP_PKEY_get1_encoded_public_key(key, &encoded);
  Buffer out(encoded, encoded + size);
  OPENSSL_free(encoded);
  return out;
}

OwnedBignum number(Bytes bytes) {
  return OwnedBignum(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

Buffer bytes_of_number(const BIGNUM* value) {
  Buffer out(static_cast<std::size_t>(BN_num_bytes(value)));
  BN_bn2bin(value, out.data());
  return out;
}

}  // namespace

bool can_agree_on(GroupId group) { return curve_of(group) != nullptr; }

Result<AgreedSecret> agree_by_rsa(Bytes certificate, TlsVersion offered, const Randomness& random) {
  const unsigned char* at = certificate.data();
  const OwnedX509 leaf(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
  if (!leaf) return malformed("no certificate");
  EVP_PKEY* const key = X509_get0_pubkey(leaf.get());
  if (key == nullptr || !EVP_PKEY_is_a(key, "RSA")) return unsupported("the certificate holds no RSA key");
  // RFC 5246 7.4.7.1: the version offered, and 46 random bytes.
  Buffer premaster = random(premaster_size);
  premaster[0] = static_cast<std::uint8_t>(static_cast<std::uint16_t>(offered) >> 8);
  premaster[1] = static_cast<std::uint8_t>(offered);
  const OwnedKeyContext context(EVP_PKEY_CTX_new(key, nullptr));
  std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key));
  Buffer encrypted(size);
  if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
      EVP_PKEY_encrypt(context.get(), encrypted.data(), &size, premaster.data(), premaster.size()) != 1)
    return unsupported("nothing can be encrypted to this RSA key");
  encrypted.resize(size);
  Writer message;
  message.vec16([&](Writer& out) { out.put(encrypted); });
  return AgreedSecret{message.take(), std::move(premaster)};
}

Result<AgreedSecret> agree_by_dhe(const ServerKeyExchange& sent, const Randomness& random) {
  const OwnedBignum p = number(sent.prime), g = number(sent.generator), theirs = number(sent.public_value);
  if (BN_num_bits(p.get()) > largest_prime_bits) return unsupported("a prime of more than 8192 bits");
  // RFC 7919 5.1: 1 < dh_Ys < p - 1. Others give a secret that is no secret, or none at all.
  const OwnedBignum most(BN_dup(p.get()));
  if (!most || BN_sub_word(most.get(), 1) != 1 || BN_cmp(theirs.get(), BN_value_one()) <= 0 ||
      BN_cmp(theirs.get(), most.get()) >= 0)
    return malformed("a public value out of range");
  if (!BN_is_odd(p.get()) || BN_num_bits(p.get()) < 8 || BN_is_zero(g.get()) || BN_is_zero(theirs.get()))
    return malformed("no usable Diffie-Hellman group");
  const OwnedBignumContext context(BN_CTX_new());
  const OwnedBignum exponent = number(random(exponent_size)), ours(BN_new()), shared(BN_new());
  BN_set_flags(exponent.get(), BN_FLG_CONSTTIME);
  if (BN_mod_exp(ours.get(), g.get(), exponent.get(), p.get(), context.get()) != 1 ||
      BN_mod_exp(shared.get(), theirs.get(), exponent.get(), p.get(), context.get()) != 1)
    return malformed("no usable Diffie-Hellman group");
  Writer message;
  message.vec16([&](Writer& out) { out.put(bytes_of_number(ours.get())); });
  return AgreedSecret{message.take(), bytes_of_number(shared.get())};  // RFC 5246 8.1.2: without leading zeros
}

Result<AgreedSecret> agree_by_ecdhe(const ServerKeyExchange& sent) {
  const auto* curve = curve_of(sent.group);
  if (curve == nullptr) return unsupported("a curve that is not known here");
  const OwnedKey ours = fresh_key(*curve), theirs(EVP_PKEY_new());
  if (!ours) return unsupported("a curve that is not known here");
  if (EVP_PKEY_copy_parameters(theirs.get(), ours.get()) != 1 ||
      EVP_PKEY_set1_encoded_public_key(theirs.get(), sent.public_value.data(), sent.public_value.size()) != 1)
    return malformed("a public value that is no point");
  const OwnedKeyContext context(EVP_PKEY_CTX_new(ours.get(), nullptr));
  std::size_t size = 0;
  if (EVP_PKEY_derive_init(context.get()) != 1 || EVP_PKEY_derive_set_peer(context.get(), theirs.get()) != 1 ||
      EVP_PKEY_derive(context.get(), nullptr, &size) != 1)
    return malformed("a public value that is no point");
  Buffer premaster(size);
  if (EVP_PKEY_derive(context.get(), premaster.data(), &size) != 1) return malformed("a point of small order");
  premaster.resize(size);
  Writer message;
  message.vec8([&](Writer& out) { out.put(public_value_of(ours.get())); });
  return AgreedSecret{message.take(), std::move(premaster)};
}

}  // namespace kenshin
