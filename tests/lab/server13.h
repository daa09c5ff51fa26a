// The server's side of a TLS 1.3 handshake without a socket, which may lie at every step: for tests and fuzzing of the
// client. It speaks TLS_AES_128_GCM_SHA256 with x25519 or secp256r1 and takes a pre-shared key on its word.
#pragma once

#include <optional>
#include <string_view>

#include "probes/tls/key_schedule.h"
#include "probes/tls/key_share.h"
#include "probes/tls/protection.h"
#include "probes/tls/signature.h"

namespace kenshin::lab {

constexpr SuiteId suite_of_server13{0x1301};

inline Buffer framed13(std::uint8_t type, Bytes body) {
  Writer out;
  out.u8(type);
  out.vec24([&](Writer& content) { content.put(body); });
  return out.take();
}

inline Buffer clear_record(std::uint8_t type, Bytes content) {
  Writer out;
  out.u8(type);
  out.u16(0x0303);
  out.vec16([&](Writer& body) { body.put(content); });
  return out.take();
}

inline Record record_of(Bytes bytes) {
  Reader in(bytes);
  Record out;
  out.type = in.u8();
  out.version = in.u16();
  const Bytes fragment = in.vec16().rest();
  out.fragment = {fragment.begin(), fragment.end()};
  return out;
}

class Server13 {
 public:
  // Reads the records of a ClientHello.
  void hear(Bytes records) {
    while (!records.empty()) {
      const Record record = record_of(records);
      records = records.subspan(5 + record.fragment.size());
      if (record.type == 22) messages_.insert(messages_.end(), record.fragment.begin(), record.fragment.end());
      if (record.type == 22) read_hello(record.fragment);
    }
  }

  // HelloRetryRequest for a group.
  Buffer retry(GroupId group, SuiteId suite = suite_of_server13) {
    const Buffer random = hash_of(EVP_sha256(), bytes_of("HelloRetryRequest"));  // RFC 8446 4.1.3
    return clear_record(22, add(2, hello_body(random, suite, group, {}, false)));
  }

  struct Lies {
    SuiteId suite = suite_of_server13;
    GroupId group{0x001D};
    bool share = true;
    std::optional<Buffer> value;  // in place of the share's
  };
  // ServerHello; with the secret of a PSK it accepts the first identity.
  Buffer server_hello(Bytes psk = {}) { return server_hello(psk, {}); }
  Buffer server_hello(Bytes psk, const Lies& lies) {
    auto own = OwnShare::generate(lies.group);
    const Bytes made = own->public_value();
    const Buffer value = lies.value ? *lies.value : Buffer(made.begin(), made.end());
    const std::optional<GroupId> group = lies.share ? std::optional(lies.group) : std::nullopt;
    const Buffer message = add(2, hello_body(Buffer(32, 7), lies.suite, group, value, !psk.empty()));
    const auto shared = own->agree(share_of(lies.group));
    schedule_.emplace(suite_.hash, psk);
    schedule_->advance(lies.share && shared ? Bytes(*shared) : Bytes());
    secret_ = schedule_->derive("s hs traffic", hash());
    sending_.emplace(suite_, secret_);
    return clear_record(22, message);
  }

  Buffer sealed(std::uint8_t type, Bytes content) { return sending_->seal(type, content); }
  Buffer message(std::uint8_t type, Bytes body) { return sealed(22, add(type, body)); }
  Buffer certificate(Bytes der) {
    Writer body;
    body.u8(0);
    body.vec24([&](Writer& list) {
      if (der.empty()) return;
      list.vec24([&](Writer& entry) { entry.put(der); });
      list.u16(0);
    });
    return message(11, body.view());
  }
  Buffer verify(SchemeId scheme, EVP_PKEY& key, const char* digest) {
    const OwnedDigestContext context(EVP_MD_CTX_new());
    const Buffer content = signed_content13(server_context, hash());
    Buffer signature(1024);
    std::size_t length = signature.size();
    EVP_DigestSignInit_ex(context.get(), nullptr, digest, nullptr, nullptr, &key, nullptr);
    EVP_DigestSign(context.get(), signature.data(), &length, content.data(), content.size());
    signature.resize(length);
    Writer body;
    body.u16(static_cast<std::uint16_t>(scheme));
    body.vec16([&](Writer& out) { out.put(signature); });
    return message(15, body.view());
  }
  // The right one; what follows is application traffic.
  Buffer finished() {
    Buffer out = message(20, finished_value(suite_.hash, secret_, hash()));
    schedule_->advance({});
    sending_.emplace(suite_, schedule_->derive("s ap traffic", hash()));
    return out;
  }
  void update_keys() { sending_->update(); }

 private:
  Buffer add(std::uint8_t type, Bytes body) {
    Buffer out = framed13(type, body);
    messages_.insert(messages_.end(), out.begin(), out.end());
    return out;
  }
  Buffer hash() const { return transcript_hash(suite_.hash, messages_); }
  Bytes share_of(GroupId group) const { return group == GroupId{0x0017} ? secp256r1_ : x25519_; }

  void read_hello(Bytes message) {
    Reader in(message);
    in.take(4 + 2 + 32);
    const Bytes id = in.vec8().rest();
    session_id_ = {id.begin(), id.end()};
    in.vec16().rest();
    in.vec8().rest();
    Reader extensions = in.vec16();
    while (!extensions.done()) {
      const std::uint16_t type = extensions.u16();
      Reader content = extensions.vec16();
      if (type != 51) {
        content.rest();
        continue;
      }
      Reader shares = content.vec16();
      while (!shares.done()) {
        const std::uint16_t group = shares.u16();
        const Bytes key = shares.vec16().rest();
        if (group == 0x001D) x25519_ = {key.begin(), key.end()};
        if (group == 0x0017) secp256r1_ = {key.begin(), key.end()};
      }
    }
  }

  // A body with a share, or in a retry (an empty share) with the group alone.
  Buffer hello_body(Bytes random, SuiteId suite, std::optional<GroupId> group, Bytes share, bool psk) const {
    Writer out;
    out.u16(0x0303);
    out.put(random);
    out.vec8([&](Writer& id) { id.put(session_id_); });
    out.u16(static_cast<std::uint16_t>(suite));
    out.u8(0);
    out.vec16([&](Writer& extensions) {
      extensions.u16(43);
      extensions.vec16([](Writer& e) { e.u16(0x0304); });
      if (group) {
        extensions.u16(51);
        extensions.vec16([&](Writer& e) {
          e.u16(static_cast<std::uint16_t>(*group));
          if (!share.empty()) e.vec16([&](Writer& key) { key.put(share); });
        });
      }
      if (psk) {
        extensions.u16(41);
        extensions.vec16([](Writer& e) { e.u16(0); });
      }
    });
    return out.take();
  }

  const Suite13 suite_ = *suite13(suite_of_server13);
  Buffer messages_, session_id_, x25519_, secp256r1_, secret_;
  std::optional<KeySchedule> schedule_;
  std::optional<Protection> sending_;
};

}  // namespace kenshin::lab
