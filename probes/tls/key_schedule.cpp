#include "probes/tls/key_schedule.h"

#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "probes/tls/server_hello.h"

namespace kenshin {

namespace {

std::size_t length_of(const EVP_MD* hash) { return static_cast<std::size_t>(EVP_MD_get_size(hash)); }

}  // namespace

std::optional<Suite13> suite13(SuiteId suite) {
  switch (static_cast<std::uint32_t>(suite)) {
    case 0x1301: return Suite13{suite, EVP_sha256(), EVP_aes_128_gcm(), 16};
    case 0x1302: return Suite13{suite, EVP_sha384(), EVP_aes_256_gcm(), 16};
    case 0x1303: return Suite13{suite, EVP_sha256(), EVP_chacha20_poly1305(), 16};
    case 0x1304: return Suite13{suite, EVP_sha256(), EVP_aes_128_ccm(), 16};
    case 0x1305: return Suite13{suite, EVP_sha256(), EVP_aes_128_ccm(), 8};
    default: return std::nullopt;
  }
}

Buffer hash_of(const EVP_MD* hash, Bytes bytes) {
  Buffer out(length_of(hash));
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), nullptr, hash, nullptr) != 1)
    throw std::runtime_error("libcrypto has no such hash");
  return out;
}

Buffer hmac(const EVP_MD* hash, Bytes key, Bytes bytes) {
  Buffer out(length_of(hash));
  if (HMAC(hash, key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(), out.data(), nullptr) == nullptr)
    throw std::runtime_error("libcrypto has no such HMAC");
  return out;
}

Buffer hkdf_extract(const EVP_MD* hash, Bytes salt, Bytes secret) { return hmac(hash, salt, secret); }

Buffer hkdf_expand_label(const EVP_MD* hash, Bytes secret, std::string_view label, Bytes context, std::size_t length) {
  Writer info;  // RFC 8446 7.1: HkdfLabel
  info.u16(static_cast<std::uint16_t>(length));
  info.vec8([&](Writer& out) {
    out.put("tls13 ");
    out.put(label);
  });
  info.vec8([&](Writer& out) { out.put(context); });
  Buffer out, block;
  for (std::uint8_t count = 1; out.size() < length; ++count) {  // RFC 5869 2.3
    Writer input;
    input.put(block);
    input.put(info.view());
    input.u8(count);
    block = hmac(hash, secret, input.view());
    out.insert(out.end(), block.begin(), block.end());
  }
  out.resize(length);
  return out;
}

Buffer transcript_hash(const EVP_MD* hash, Bytes messages) {
  constexpr std::uint8_t server_hello = 2, message_hash = 254;
  Reader in(messages);
  in.u8();
  in.vec24().rest();
  const std::size_t first = messages.size() - in.left();
  const std::uint8_t type = in.u8();
  const auto second = type == server_hello ? parse_server_hello(in.vec24().rest()) : Error{};
  if (!second || !second->retry) return hash_of(hash, messages);
  Writer out;  // RFC 8446 4.4.1
  out.u8(message_hash);
  out.vec24([&](Writer& body) { body.put(hash_of(hash, messages.first(first))); });
  out.put(messages.subspan(first));
  return hash_of(hash, out.view());
}

Buffer finished_value(const EVP_MD* hash, Bytes secret, Bytes of) {
  return hmac(hash, hkdf_expand_label(hash, secret, "finished", {}, length_of(hash)), of);
}

KeySchedule::KeySchedule(const EVP_MD* hash, Bytes psk) : hash_(hash) {
  const Buffer zeros(length_of(hash));
  secret_ = hkdf_extract(hash, zeros, psk.empty() ? Bytes(zeros) : psk);
}

void KeySchedule::advance(Bytes input) {
  const Buffer zeros(length_of(hash_));
  secret_ = hkdf_extract(hash_, derive("derived", hash_of(hash_, {})), input.empty() ? Bytes(zeros) : input);
}

Buffer KeySchedule::derive(std::string_view label, Bytes of) const {
  return hkdf_expand_label(hash_, secret_, label, of, length_of(hash_));
}

}  // namespace kenshin
