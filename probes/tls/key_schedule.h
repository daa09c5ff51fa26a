// From the secrets of a TLS 1.3 handshake to its keys: RFC 8446 7.1, 4.4.1, 4.4.4.
#pragma once

#include <optional>
#include <string_view>

#include "probes/certificate/openssl.h"
#include "probes/tls/facts.h"

namespace kenshin {

// What a suite of RFC 8446 B.4 means.
struct Suite13 {
  SuiteId id{};
  const EVP_MD* hash = nullptr;
  const EVP_CIPHER* cipher = nullptr;
  std::size_t tag = 16;  // bytes
};
std::optional<Suite13> suite13(SuiteId);  // nothing: one libcrypto cannot speak

Buffer hash_of(const EVP_MD*, Bytes);
Buffer hmac(const EVP_MD*, Bytes key, Bytes);
Buffer hkdf_extract(const EVP_MD*, Bytes salt, Bytes secret);
Buffer hkdf_expand_label(const EVP_MD*, Bytes secret, std::string_view label, Bytes context, std::size_t length);

// Transcript-Hash of handshake messages with their headers, the first a ClientHello; where a HelloRetryRequest follows
// it, the first stands as its hash.
Buffer transcript_hash(const EVP_MD*, Bytes messages);

// verify_data of a Finished, and a PSK binder: `secret` is the sender's traffic secret or the binder key.
Buffer finished_value(const EVP_MD*, Bytes secret, Bytes transcript_hash);

// The column of secrets: early, handshake, master.
class KeySchedule {
 public:
  // Early Secret; without a PSK an empty one.
  KeySchedule(const EVP_MD*, Bytes psk);
  // To the next secret: the (EC)DHE value, empty where there is none; then nothing for the master secret.
  void advance(Bytes input);
  // Derive-Secret of the present one.
  Buffer derive(std::string_view label, Bytes transcript_hash) const;

 private:
  const EVP_MD* hash_;
  Buffer secret_;
};

}  // namespace kenshin
