#include "probes/tls/record12.h"

#include <algorithm>
#include <stdexcept>

#include "probes/base/crypto.h"

namespace kenshin {

namespace {

constexpr std::size_t tag_size = 16;

void require(bool held) {
  if (!held) throw std::runtime_error("libcrypto failed at a record");
}

Error not_authentic() { return {Error::Kind::Malformed, "a record that is not authentic"}; }

void append(Buffer& to, Bytes more) { to.insert(to.end(), more.begin(), more.end()); }

Buffer cbc_encrypt(const EVP_CIPHER* cipher, const DirectionKeys& keys, Bytes iv, Bytes blocks) {
  const OwnedCipherContext context(EVP_CIPHER_CTX_new());
  Buffer out(blocks.size());
  int size = 0;
  require(EVP_EncryptInit_ex2(context.get(), cipher, keys.key.data(), iv.data(), nullptr) == 1 &&
          EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
          EVP_EncryptUpdate(context.get(), out.data(), &size, blocks.data(), static_cast<int>(blocks.size())) == 1);
  return out;
}

Buffer cbc_decrypt(const EVP_CIPHER* cipher, const DirectionKeys& keys, Bytes iv, Bytes blocks) {
  const OwnedCipherContext context(EVP_CIPHER_CTX_new());
  Buffer out(blocks.size());
  int size = 0;
  require(EVP_DecryptInit_ex2(context.get(), cipher, keys.key.data(), iv.data(), nullptr) == 1 &&
          EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
          EVP_DecryptUpdate(context.get(), out.data(), &size, blocks.data(), static_cast<int>(blocks.size())) == 1);
  return out;
}

// RFC 5246 6.2.3.2: every padding byte holds the padding's length. Nothing where it does not.
std::optional<Bytes> without_padding(Bytes blocks) {
  if (blocks.empty() || std::size_t{blocks.back()} + 1 > blocks.size()) return std::nullopt;
  const std::uint8_t length = blocks.back();
  const Bytes padding = blocks.last(std::size_t{length} + 1);
  if (!std::all_of(padding.begin(), padding.end(), [&](std::uint8_t byte) { return byte == length; }))
    return std::nullopt;
  return blocks.first(blocks.size() - padding.size());
}

}  // namespace

KeyBlock key_block(const Suite12& suite, TlsVersion version, Bytes master, const HelloRandoms& randoms) {
  // RFC 5246 6.3; before TLS 1.1 the block also holds CBC's first IVs (RFC 2246 6.3).
  const std::size_t iv =
      suite.kind == CipherKind::Cbc && version == TlsVersion::Tls10 ? suite.block_size : suite.fixed_iv_size;
  Buffer seed = randoms.server;
  append(seed, randoms.client);
  const Buffer block =
      prf(prf_hash(suite, version), master, "key expansion", seed, 2 * (suite.mac_size + suite.key_size + iv));
  Reader in(block);
  const auto next = [&](std::size_t size) {
    const Bytes part = in.take(size);
    return Buffer(part.begin(), part.end());
  };
  KeyBlock out;
  out.client.mac = next(suite.mac_size);
  out.server.mac = next(suite.mac_size);
  out.client.key = next(suite.key_size);
  out.server.key = next(suite.key_size);
  out.client.iv = next(iv);
  out.server.iv = next(iv);
  return out;
}

Buffer record_of(std::uint8_t type, TlsVersion version, Bytes fragment) {
  Writer out;
  out.u8(type);
  out.u16(static_cast<std::uint16_t>(version));
  out.vec16([&](Writer& body) { body.put(fragment); });
  return out.take();
}

Protection12::Protection12(Suite12 suite, TlsVersion version, DirectionKeys keys, bool encrypt_then_mac)
    : suite_(std::move(suite)),
      version_(version),
      keys_(std::move(keys)),
      encrypt_then_mac_(encrypt_then_mac && suite_.kind == CipherKind::Cbc),
      cipher_(EVP_CIPHER_fetch(nullptr, suite_.cipher.c_str(), nullptr)) {
  require(cipher_ != nullptr);
  if (suite_.kind != CipherKind::Stream) return;
  stream_.reset(EVP_CIPHER_CTX_new());
  require(EVP_EncryptInit_ex2(stream_.get(), cipher_.get(), keys_.key.data(), nullptr, nullptr) == 1);
}

// RFC 5246 6.2.3.1 and 6.2.3.3: seq_num, type, version, length.
Buffer Protection12::additional(std::uint8_t type, std::size_t size) const {
  Writer out;
  out.u32(static_cast<std::uint32_t>(sequence_ >> 32));
  out.u32(static_cast<std::uint32_t>(sequence_));
  out.u8(type);
  out.u16(static_cast<std::uint16_t>(version_));
  out.u16(static_cast<std::uint16_t>(size));
  return out.take();
}

Buffer Protection12::mac(std::uint8_t type, Bytes content) const {
  Buffer covered = additional(type, content.size());
  append(covered, content);
  return hmac(suite_.mac, keys_.mac, covered);
}

// RFC 5288 3: salt and explicit part; RFC 7905 2: the sequence number over the IV.
Buffer Protection12::nonce(Bytes explicit_part) const {
  Buffer out = keys_.iv;
  append(out, explicit_part);
  if (suite_.explicit_iv_size == 0)
    for (std::size_t i = 0; i < 8; ++i) out[out.size() - 1 - i] ^= static_cast<std::uint8_t>(sequence_ >> (8 * i));
  return out;
}

Buffer Protection12::aead_sealed(std::uint8_t type, Bytes content) {
  Writer counter;
  counter.u32(static_cast<std::uint32_t>(sequence_ >> 32));
  counter.u32(static_cast<std::uint32_t>(sequence_));
  const Bytes explicit_part = counter.view().first(suite_.explicit_iv_size);
  const Buffer iv = nonce(explicit_part), covered = additional(type, content.size());
  Buffer sealed(content.size() + tag_size);
  const OwnedCipherContext context(EVP_CIPHER_CTX_new());
  int size = 0;
  require(EVP_EncryptInit_ex2(context.get(), cipher_.get(), keys_.key.data(), iv.data(), nullptr) == 1 &&
          EVP_EncryptUpdate(context.get(), nullptr, &size, covered.data(), static_cast<int>(covered.size())) == 1 &&
          EVP_EncryptUpdate(context.get(), sealed.data(), &size, content.data(), static_cast<int>(content.size())) ==
              1 &&
          EVP_EncryptFinal_ex(context.get(), sealed.data() + content.size(), &size) == 1 &&
          EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag_size, sealed.data() + content.size()) == 1);
  Buffer out(explicit_part.begin(), explicit_part.end());
  append(out, sealed);
  return out;
}

Result<Buffer> Protection12::aead_opened(const Record& record) {
  if (record.fragment.size() < suite_.explicit_iv_size + tag_size) return not_authentic();
  const Bytes all = record.fragment;
  const Bytes sealed = all.subspan(suite_.explicit_iv_size, all.size() - suite_.explicit_iv_size - tag_size);
  Buffer tag(all.end() - tag_size, all.end());
  const Buffer iv = nonce(all.first(suite_.explicit_iv_size)), covered = additional(record.type, sealed.size());
  Buffer out(sealed.size() + 1);  // never without a place to write to
  const OwnedCipherContext context(EVP_CIPHER_CTX_new());
  int size = 0;
  require(EVP_DecryptInit_ex2(context.get(), cipher_.get(), keys_.key.data(), iv.data(), nullptr) == 1 &&
          EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tag_size, tag.data()) == 1 &&
          EVP_DecryptUpdate(context.get(), nullptr, &size, covered.data(), static_cast<int>(covered.size())) == 1);
  require(sealed.empty() ||
          EVP_DecryptUpdate(context.get(), out.data(), &size, sealed.data(), static_cast<int>(sealed.size())) == 1);
  if (EVP_DecryptFinal_ex(context.get(), out.data() + sealed.size(), &size) != 1) return not_authentic();
  out.resize(sealed.size());
  return out;
}

// A stream cipher does the same both ways.
Buffer Protection12::streamed(Bytes bytes) {
  Buffer out(bytes.size());
  int size = 0;
  require(bytes.empty() ||
          EVP_EncryptUpdate(stream_.get(), out.data(), &size, bytes.data(), static_cast<int>(bytes.size())) == 1);
  return out;
}

Buffer Protection12::padded(Buffer content) const {
  const std::size_t length = suite_.block_size - 1 - content.size() % suite_.block_size;
  content.insert(content.end(), length + 1, static_cast<std::uint8_t>(length));
  return content;
}

Buffer Protection12::seal_blocks(std::uint8_t type, Bytes blocks) {
  const bool chained = version_ == TlsVersion::Tls10;  // RFC 2246 6.2.3.2; RFC 4346 6.2.3.2: an IV in each record
  const Buffer iv = chained ? keys_.iv : random_bytes(suite_.block_size);
  const Buffer encrypted = cbc_encrypt(cipher_.get(), keys_, iv, blocks);
  if (chained) keys_.iv.assign(encrypted.end() - static_cast<std::ptrdiff_t>(suite_.block_size), encrypted.end());
  Buffer fragment = chained ? Buffer() : iv;
  append(fragment, encrypted);
  if (encrypt_then_mac_) append(fragment, mac(type, fragment));  // RFC 7366 3: over IV and ciphertext
  ++sequence_;
  return record_of(type, version_, fragment);
}

Result<Buffer> Protection12::open_blocks(const Record& record) {
  Bytes fragment = record.fragment;
  if (encrypt_then_mac_) {
    if (fragment.size() < suite_.mac_size) return not_authentic();
    const Bytes covered = fragment.first(fragment.size() - suite_.mac_size), sent = fragment.last(suite_.mac_size);
    const Buffer right = mac(record.type, covered);
    if (!std::equal(right.begin(), right.end(), sent.begin(), sent.end())) return not_authentic();
    fragment = covered;
  }
  const bool chained = version_ == TlsVersion::Tls10;
  const std::size_t least = suite_.block_size * (chained ? 1 : 2);
  if (fragment.size() < least || fragment.size() % suite_.block_size != 0) return not_authentic();
  const Bytes iv = chained ? Bytes(keys_.iv) : fragment.first(suite_.block_size);
  const Bytes encrypted = chained ? fragment : fragment.subspan(suite_.block_size);
  Buffer blocks = cbc_decrypt(cipher_.get(), keys_, iv, encrypted);
  if (chained) keys_.iv.assign(encrypted.end() - static_cast<std::ptrdiff_t>(suite_.block_size), encrypted.end());
  return blocks;
}

Result<Buffer> Protection12::cbc_opened(const Record& record) {
  const auto blocks = open_blocks(record);
  if (!blocks) return blocks.error();
  const auto rest = without_padding(*blocks);
  if (!rest) return not_authentic();
  if (encrypt_then_mac_) return Buffer(rest->begin(), rest->end());
  if (rest->size() < suite_.mac_size) return not_authentic();
  const Bytes content = rest->first(rest->size() - suite_.mac_size), sent = rest->last(suite_.mac_size);
  const Buffer right = mac(record.type, content);
  if (!std::equal(right.begin(), right.end(), sent.begin(), sent.end())) return not_authentic();
  return Buffer(content.begin(), content.end());
}

Buffer Protection12::seal(std::uint8_t type, Bytes content) {
  Buffer body(content.begin(), content.end());
  if (suite_.kind == CipherKind::Cbc) {
    if (!encrypt_then_mac_) append(body, mac(type, content));
    return seal_blocks(type, padded(std::move(body)));
  }
  Buffer fragment;
  if (suite_.kind == CipherKind::Aead) {
    fragment = aead_sealed(type, content);
  } else {
    append(body, mac(type, content));
    fragment = streamed(body);
  }
  ++sequence_;
  return record_of(type, version_, fragment);
}

Result<Buffer> Protection12::open(const Record& record) {
  auto content = Result<Buffer>(not_authentic());
  if (suite_.kind == CipherKind::Cbc) content = cbc_opened(record);
  if (suite_.kind == CipherKind::Aead) content = aead_opened(record);
  if (suite_.kind == CipherKind::Stream && record.fragment.size() >= suite_.mac_size) {
    const Buffer all = streamed(record.fragment);
    const Bytes body = Bytes(all).first(all.size() - suite_.mac_size), sent = Bytes(all).last(suite_.mac_size);
    const Buffer right = mac(record.type, body);
    if (std::equal(right.begin(), right.end(), sent.begin(), sent.end())) content = Buffer(body.begin(), body.end());
  }
  counted();
  return content;
}

}  // namespace kenshin
