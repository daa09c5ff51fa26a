#include "probes/tls/protection.h"

#include <stdexcept>
#include <utility>

namespace kenshin {

namespace {

constexpr std::uint8_t application_data = 23;
constexpr std::uint16_t legacy_version = 0x0303;

bool is_ccm(const Suite13& suite) { return EVP_CIPHER_get_mode(suite.cipher) == EVP_CIPH_CCM_MODE; }

int int_of(std::size_t size) { return static_cast<int>(size); }

// A context ready for the additional data; for opening it holds the expected tag.
OwnedCipherContext prepared(const Suite13& suite, Bytes key, Bytes nonce, Bytes tag, std::size_t length, bool sealing) {
  OwnedCipherContext out(EVP_CIPHER_CTX_new());
  EVP_CIPHER_CTX* context = out.get();
  auto* expected = sealing ? nullptr : const_cast<std::uint8_t*>(tag.data());
  const int direction = sealing ? 1 : 0;
  int ignored = 0;
  bool ok = context != nullptr && EVP_CipherInit_ex(context, suite.cipher, nullptr, nullptr, nullptr, direction) == 1 &&
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, int_of(nonce.size()), nullptr) == 1;
  if (ok && (is_ccm(suite) || !sealing))
    ok = EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, int_of(suite.tag), expected) == 1;
  ok = ok && EVP_CipherInit_ex(context, nullptr, nullptr, key.data(), nonce.data(), direction) == 1;
  if (ok && is_ccm(suite)) ok = EVP_CipherUpdate(context, nullptr, &ignored, nullptr, int_of(length)) == 1;
  if (!ok) throw std::runtime_error("libcrypto cannot use this cipher");
  return out;
}

}  // namespace

Protection::Protection(const Suite13& suite, Buffer traffic_secret)
    : suite_(suite), secret_(std::move(traffic_secret)) {
  take_keys();
}

void Protection::take_keys() {
  constexpr std::size_t iv_length = 12;
  key_ = hkdf_expand_label(suite_.hash, secret_, "key", {},
                           static_cast<std::size_t>(EVP_CIPHER_get_key_length(suite_.cipher)));
  iv_ = hkdf_expand_label(suite_.hash, secret_, "iv", {}, iv_length);
  records_ = 0;
}

void Protection::update() {
  secret_ = hkdf_expand_label(suite_.hash, secret_, "traffic upd", {}, secret_.size());
  take_keys();
}

Buffer Protection::nonce() {
  Buffer out = iv_;
  std::uint64_t number = records_++;
  for (std::size_t i = out.size(); number != 0; number >>= 8) out[--i] ^= static_cast<std::uint8_t>(number & 0xFF);
  return out;
}

Buffer Protection::seal(std::uint8_t type, Bytes content) {
  Buffer inner(content.begin(), content.end());
  inner.push_back(type);
  Writer header;
  header.u8(application_data);
  header.u16(legacy_version);
  header.u16(static_cast<std::uint16_t>(inner.size() + suite_.tag));
  const Bytes additional = header.view();
  Buffer sealed(inner.size()), tag(suite_.tag);
  const Buffer with = nonce();
  const auto context = prepared(suite_, key_, with, {}, inner.size(), true);
  int length = 0;
  if (EVP_CipherUpdate(context.get(), nullptr, &length, additional.data(), int_of(additional.size())) != 1 ||
      EVP_CipherUpdate(context.get(), sealed.data(), &length, inner.data(), int_of(inner.size())) != 1 ||
      EVP_CipherFinal_ex(context.get(), tag.data(), &length) != 1 ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, int_of(tag.size()), tag.data()) != 1)
    throw std::runtime_error("libcrypto cannot seal a record");
  header.put(sealed);
  header.put(tag);
  return header.take();
}

Result<Record> Protection::open(const Record& record) {
  const Bytes fragment = record.fragment;
  if (record.type != application_data || fragment.size() <= suite_.tag)
    return Error{Error::Kind::Malformed, "a record that is not encrypted"};
  const Bytes sealed = fragment.first(fragment.size() - suite_.tag), tag = fragment.last(suite_.tag);
  Writer header;
  header.u8(record.type);
  header.u16(record.version);
  header.u16(static_cast<std::uint16_t>(fragment.size()));
  const Bytes additional = header.view();
  Buffer inner(sealed.size() + 1);  // one for what a final step may write
  const Buffer with = nonce();
  const auto context = prepared(suite_, key_, with, tag, sealed.size(), false);
  int length = 0, rest = 0;
  const bool authentic =
      EVP_CipherUpdate(context.get(), nullptr, &length, additional.data(), int_of(additional.size())) == 1 &&
      EVP_CipherUpdate(context.get(), inner.data(), &length, sealed.data(), int_of(sealed.size())) == 1 &&
      (is_ccm(suite_) || EVP_CipherFinal_ex(context.get(), inner.data() + length, &rest) == 1);
  ERR_clear_error();
  if (!authentic) return Error{Error::Kind::Malformed, "a record that is not authentic"};
  inner.resize(sealed.size());
  while (!inner.empty() && inner.back() == 0) inner.pop_back();  // RFC 8446 5.4: padding
  if (inner.empty()) return Error{Error::Kind::Malformed, "a record without content"};
  Record out{inner.back(), record.version, std::move(inner)};
  out.fragment.pop_back();
  return out;
}

}  // namespace kenshin
