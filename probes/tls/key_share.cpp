#include "probes/tls/key_share.h"

#include <openssl/core_names.h>
#include <openssl/dh.h>

#include <algorithm>
#include <iterator>

#include "probes/tls/handshake13.h"

namespace kenshin {

namespace {

struct Exchange {
  std::uint16_t group;
  const char* kind;   // libcrypto's name of the key type
  const char* curve;  // its group, where the kind has several
};
constexpr Exchange exchanges[] = {
    {0x001D, "X25519", nullptr},       {0x001E, "X448", nullptr},         {0x0017, "EC", "P-256"},
    {0x0018, "EC", "P-384"},           {0x0019, "EC", "P-521"},           {0x001F, "EC", "brainpoolP256r1"},
    {0x0020, "EC", "brainpoolP384r1"}, {0x0021, "EC", "brainpoolP512r1"}, {0x0100, "DH", "ffdhe2048"},
    {0x0101, "DH", "ffdhe3072"},       {0x0102, "DH", "ffdhe4096"},       {0x0103, "DH", "ffdhe6144"},
    {0x0104, "DH", "ffdhe8192"},
};

const Exchange* exchange_of(GroupId group) {
  const auto* found = std::find_if(std::begin(exchanges), std::end(exchanges),
                                   [&](const Exchange& e) { return e.group == static_cast<std::uint16_t>(group); });
  return found == std::end(exchanges) ? nullptr : found;
}

OwnedKey fresh(const Exchange& exchange) {
  const OwnedKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, exchange.kind, nullptr));
  if (!context || EVP_PKEY_keygen_init(context.get()) != 1) return nullptr;
  if (exchange.curve != nullptr && EVP_PKEY_CTX_set_group_name(context.get(), exchange.curve) != 1) return nullptr;
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_generate(context.get(), &key) != 1) return nullptr;
  return OwnedKey(key);
}

// RFC 8446 4.2.8.1, 4.2.8.2: values have the length of the group's; points are uncompressed.
bool has_form(const OwnedKey& own, Bytes own_value, Bytes other) {
  if (other.size() != own_value.size()) return false;
  return EVP_PKEY_is_a(own.get(), "EC") != 1 || other.front() == 4;
}

}  // namespace

bool can_share(GroupId group) { return exchange_of(group) != nullptr; }

Result<OwnShare> OwnShare::generate(GroupId group) {
  const Exchange* exchange = exchange_of(group);
  OwnedKey key = exchange == nullptr ? nullptr : fresh(*exchange);
  unsigned char* encoded = nullptr;
  const std::size_t length = key ? EVP_PKEY_get1_encoded_public_key(key.get(), &encoded) : 0;
  ERR_clear_error();
  if (length == 0) return Error{Error::Kind::Unsupported, "no key share of this group"};
  Buffer value(encoded, encoded + length);
  OPENSSL_free(encoded);
  return OwnShare(group, std::move(key), std::move(value));
}

Result<Buffer> OwnShare::agree(Bytes other) const {
  const Error wrong{Error::Kind::Malformed, "a key share that is none of its group"};
  if (!has_form(key_, public_, other)) return wrong;
  const OwnedKey peer(EVP_PKEY_new());
  const OwnedKeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
  Buffer out;
  std::size_t length = 0;
  bool ok = peer && context && EVP_PKEY_copy_parameters(peer.get(), key_.get()) == 1 &&
            EVP_PKEY_set1_encoded_public_key(peer.get(), other.data(), other.size()) == 1 &&
            EVP_PKEY_derive_init(context.get()) == 1 && EVP_PKEY_derive_set_peer(context.get(), peer.get()) == 1;
  // RFC 8446 7.4.1: leading zeros stay.
  if (ok && EVP_PKEY_is_a(key_.get(), "DH") == 1) ok = EVP_PKEY_CTX_set_dh_pad(context.get(), 1) == 1;
  ok = ok && EVP_PKEY_derive(context.get(), nullptr, &length) == 1;
  if (ok) out.resize(length);
  ok = ok && EVP_PKEY_derive(context.get(), out.data(), &length) == 1;
  ERR_clear_error();
  if (!ok) return wrong;
  out.resize(length);
  return out;
}

}  // namespace kenshin
