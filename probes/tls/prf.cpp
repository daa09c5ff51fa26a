#include "probes/tls/prf.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <stdexcept>

#include "probes/certificate/openssl.h"

namespace kenshin {

namespace {

constexpr std::size_t master_size = 48, verify_size = 12;

void require(bool held) {
  if (!held) throw std::runtime_error("libcrypto lacks a hash of TLS 1.2");
}

Buffer joined(Bytes first, Bytes second) {
  Buffer out(first.begin(), first.end());
  out.insert(out.end(), second.begin(), second.end());
  return out;
}

// libcrypto only reads what OSSL_PARAM points at.
OSSL_PARAM octets(const char* name, Bytes bytes) {
  return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

std::string_view prf_hash(const Suite12& suite, TlsVersion version) {
  return version == TlsVersion::Tls12 ? std::string_view(suite.hash) : "MD5-SHA1";
}

Buffer prf(std::string_view hash, Bytes secret, std::string_view label, Bytes seed, std::size_t size) {
  const OwnedKdf kdf(EVP_KDF_fetch(nullptr, "TLS1-PRF", nullptr));
  require(kdf != nullptr);
  const OwnedKdfContext context(EVP_KDF_CTX_new(kdf.get()));
  std::string name(hash);
  const Buffer labelled = joined(bytes_of(label), seed);
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, name.data(), 0),
                                   octets(OSSL_KDF_PARAM_SECRET, secret), octets(OSSL_KDF_PARAM_SEED, labelled),
                                   OSSL_PARAM_construct_end()};
  Buffer out(size);
  require(EVP_KDF_derive(context.get(), out.data(), out.size(), parameters) == 1);
  return out;
}

Buffer digest(std::string_view hash, Bytes bytes) {
  Buffer out(EVP_MAX_MD_SIZE);
  std::size_t size = 0;
  require(EVP_Q_digest(nullptr, std::string(hash).c_str(), nullptr, bytes.data(), bytes.size(), out.data(), &size) ==
          1);
  out.resize(size);
  return out;
}

Buffer hmac(std::string_view hash, Bytes key, Bytes bytes) {
  Buffer out(EVP_MAX_MD_SIZE);
  std::size_t size = 0;
  require(EVP_Q_mac(nullptr, "HMAC", nullptr, std::string(hash).c_str(), nullptr, key.data(), key.size(), bytes.data(),
                    bytes.size(), out.data(), out.size(), &size) != nullptr);
  out.resize(size);
  return out;
}

Buffer master_secret(std::string_view hash, Bytes premaster, const HelloRandoms& randoms) {
  return prf(hash, premaster, "master secret", joined(randoms.client, randoms.server), master_size);
}

Buffer extended_master_secret(std::string_view hash, Bytes premaster, Bytes transcript) {
  return prf(hash, premaster, "extended master secret", digest(hash, transcript), master_size);
}

Buffer client_verify_data(std::string_view hash, Bytes master, Bytes transcript) {
  return prf(hash, master, "client finished", digest(hash, transcript), verify_size);
}

Buffer server_verify_data(std::string_view hash, Bytes master, Bytes transcript) {
  return prf(hash, master, "server finished", digest(hash, transcript), verify_size);
}

}  // namespace kenshin
