#include "probes/tls/suite12.h"

#include "probes/certificate/openssl.h"
#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

struct NamedAgreement {
  std::string_view name;
  KeyAgreement agreement;
};
constexpr NamedAgreement agreements[] = {
    {"RSA", KeyAgreement::Rsa},         {"DHE_RSA", KeyAgreement::Dhe},     {"DHE_DSS", KeyAgreement::Dhe},
    {"DH_anon", KeyAgreement::Dhe},     {"ECDHE_RSA", KeyAgreement::Ecdhe}, {"ECDHE_ECDSA", KeyAgreement::Ecdhe},
    {"ECDH_anon", KeyAgreement::Ecdhe},
};

struct NamedCipher {
  std::string_view name;
  CipherKind kind;
  const char* cipher;
  std::size_t key_size, block_size, fixed_iv_size, explicit_iv_size;
};
constexpr NamedCipher ciphers[] = {
    {"AES_128_CBC", CipherKind::Cbc, "AES-128-CBC", 16, 16, 0, 0},
    {"AES_256_CBC", CipherKind::Cbc, "AES-256-CBC", 32, 16, 0, 0},
    {"CAMELLIA_128_CBC", CipherKind::Cbc, "CAMELLIA-128-CBC", 16, 16, 0, 0},
    {"CAMELLIA_256_CBC", CipherKind::Cbc, "CAMELLIA-256-CBC", 32, 16, 0, 0},
    {"3DES_EDE_CBC", CipherKind::Cbc, "DES-EDE3-CBC", 24, 8, 0, 0},
    {"DES_CBC", CipherKind::Cbc, "DES-CBC", 8, 8, 0, 0},
    {"SEED_CBC", CipherKind::Cbc, "SEED-CBC", 16, 16, 0, 0},
    {"RC4_128", CipherKind::Stream, "RC4", 16, 0, 0, 0},
    {"AES_128_GCM", CipherKind::Aead, "AES-128-GCM", 16, 0, 4, 8},
    {"AES_256_GCM", CipherKind::Aead, "AES-256-GCM", 32, 0, 4, 8},
    {"CHACHA20_POLY1305", CipherKind::Aead, "ChaCha20-Poly1305", 32, 0, 12, 0},
};

struct NamedHash {
  std::string_view name;
  const char* mac;
  std::size_t size;
  const char* hash;  // RFC 5246 5: SHA-256 unless the suite says more
};
constexpr NamedHash hashes[] = {
    {"MD5", "MD5", 16, "SHA256"},
    {"SHA", "SHA1", 20, "SHA256"},
    {"SHA256", "SHA256", 32, "SHA256"},
    {"SHA384", "SHA384", 48, "SHA384"},
};

template <class Row, std::size_t N>
const Row* row_named(const Row (&rows)[N], std::string_view name) {
  for (const Row& row : rows)
    if (row.name == name) return &row;
  return nullptr;
}

bool has_cipher(const char* name) { return OwnedCipher(EVP_CIPHER_fetch(nullptr, name, nullptr)) != nullptr; }

}  // namespace

std::optional<Suite12> suite12(SuiteId id) {
  const std::string name = suite_name(id);
  constexpr std::string_view tls = "TLS_", with = "_WITH_";
  const auto middle = name.find(with);
  const auto last = name.rfind('_');
  if (name.rfind(tls, 0) != 0 || middle == std::string::npos || last < middle + with.size()) return std::nullopt;
  const auto* agreement = row_named(agreements, std::string_view(name).substr(tls.size(), middle - tls.size()));
  const std::size_t from = middle + with.size();
  const auto* cipher = row_named(ciphers, std::string_view(name).substr(from, last - from));
  const auto* hash = row_named(hashes, std::string_view(name).substr(last + 1));
  if (agreement == nullptr || cipher == nullptr || hash == nullptr || !has_cipher(cipher->cipher)) return std::nullopt;
  const bool aead = cipher->kind == CipherKind::Aead;
  return Suite12{
      agreement->agreement, cipher->kind,       cipher->cipher,        aead ? "" : hash->mac, hash->hash,
      cipher->key_size,     cipher->block_size, aead ? 0 : hash->size, cipher->fixed_iv_size, cipher->explicit_iv_size};
}

bool fits(const Suite12& suite, TlsVersion version) {
  if (version < TlsVersion::Tls10 || version > TlsVersion::Tls12) return false;
  return version == TlsVersion::Tls12 || suite.mac == "SHA1" || suite.mac == "MD5";
}

}  // namespace kenshin
