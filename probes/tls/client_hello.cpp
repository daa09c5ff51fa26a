#include "probes/tls/client_hello.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace kenshin {

namespace {

constexpr std::uint8_t handshake_record = 22, client_hello = 1;
constexpr std::uint16_t renegotiation_scsv = 0x00FF;

enum class Extension : std::uint16_t {
  ServerName = 0,
  SupportedGroups = 10,
  EcPointFormats = 11,
  SignatureAlgorithms = 13,
  Padding = 21,
  ExtendedMasterSecret = 23,
  SupportedVersions = 43,
  KeyShare = 51,
  RenegotiationInfo = 0xFF01,
};

// Every SignatureScheme and SignatureAndHashAlgorithm a server may insist on, strong ones first (IANA "TLS
// SignatureScheme"; RFC 5246 7.4.1.4.1 for DSA and SHA-224).
constexpr auto schemes = std::to_array<std::uint16_t>({
    0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B, 0x0401, 0x0501,
    0x0601, 0x081A, 0x081B, 0x081C, 0x0708, 0x0303, 0x0301, 0x0203, 0x0201, 0x0402, 0x0302, 0x0202, 0x0101,
});

// Curves for TLS 1.2 and before, common ones first; no ffdhe group, whose presence changes what a server does about
// DHE (RFC 7919 4).
constexpr auto old_groups = std::to_array<std::uint16_t>({
    0x001D, 0x0017, 0x001E, 0x0018, 0x0019, 0x001A, 0x001B, 0x001C, 0x0016, 0x0015, 0x0014,
    0x0013, 0x0012, 0x000D, 0x000E, 0x000B, 0x000C, 0x0009, 0x000A, 0x0006, 0x0007, 0x0029,
    0x0008, 0x000F, 0x0010, 0x0011, 0x0001, 0x0002, 0x0003, 0x0004, 0x0005,
});

// What current browsers offer, TLS 1.3 first.
constexpr auto modern_suites = std::to_array<std::uint16_t>({
    0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013,
    0xC014, 0x009C, 0x009D, 0x002F, 0x0035, 0x009E, 0x009F, 0x0033, 0x0039, 0x000A,
});
constexpr auto modern_groups = std::to_array<std::uint16_t>({0x001D, 0x0017, 0x0018, 0x0019});

constexpr std::uint16_t pre_shared_key = 41;

std::uint16_t wire(auto code) { return static_cast<std::uint16_t>(code); }

template <class Body>
void extension(Writer& out, Extension type, Body body) {
  out.u16(wire(type));
  out.vec16(body);
}

void write_extension(Writer& out, const HelloExtension& extension) {
  out.u16(extension.type);
  out.vec16([&](Writer& body) { body.put(extension.body); });
}

void write_extensions(Writer& out, const HelloOffer& offer, Bytes share) {
  if (!offer.sni.empty())
    extension(out, Extension::ServerName, [&](Writer& e) {  // RFC 6066 3
      e.vec16([&](Writer& list) {
        list.u8(0);
        list.vec16([&](Writer& name) { name.put(offer.sni); });
      });
    });
  if (offer.extended_master_secret) extension(out, Extension::ExtendedMasterSecret, [](Writer&) {});
  if (offer.secure_renegotiation) extension(out, Extension::RenegotiationInfo, [](Writer& e) { e.u8(0); });
  if (!offer.groups.empty())
    extension(out, Extension::SupportedGroups, [&](Writer& e) {
      e.vec16([&](Writer& list) {
        for (const GroupId group : offer.groups) list.u16(wire(group));
      });
    });
  extension(out, Extension::EcPointFormats, [](Writer& e) { e.vec8([](Writer& list) { list.u8(0); }); });
  if (!offer.supported.empty())
    extension(out, Extension::SupportedVersions, [&](Writer& e) {
      e.vec8([&](Writer& list) {
        for (const TlsVersion version : offer.supported) list.u16(wire(version));
      });
    });
  if (offer.shares != KeyShares::None || !offer.keys.empty())
    extension(out, Extension::KeyShare, [&](Writer& e) {
      e.vec16([&](Writer& list) {
        for (const KeyShare& sent : offer.keys) {
          list.u16(wire(sent.group));
          list.vec16([&](Writer& key) { key.put(sent.key); });
        }
        if (offer.shares != KeyShares::X25519 || !offer.keys.empty()) return;
        list.u16(0x001D);
        list.vec16([&](Writer& key) { key.put(share); });
      });
    });
  // RFC 5246 7.4.1.4.1: not before TLS 1.2. It stands last because some servers cannot take an empty last extension.
  if (offer.version >= TlsVersion::Tls12)
    extension(out, Extension::SignatureAlgorithms, [&](Writer& e) {
      e.vec16([&](Writer& list) {
        for (const SchemeId scheme : offer.schemes) list.u16(wire(scheme));
        if (offer.schemes.empty())
          for (const std::uint16_t scheme : schemes) list.u16(scheme);
      });
    });
  for (const HelloExtension& more : offer.more)
    if (more.type != pre_shared_key) write_extension(out, more);
}

Buffer message(const HelloOffer& offer, Bytes randomness, std::size_t padding) {
  const bool ssl3 = offer.version == TlsVersion::Ssl3;
  Writer out;
  out.u8(client_hello);
  out.vec24([&](Writer& body) {
    body.u16(std::min(wire(offer.version), wire(TlsVersion::Tls12)));  // RFC 8446 4.1.2: legacy_version
    body.put(randomness.first(32));
    body.vec8([&](Writer& id) {
      if (!offer.session_id.empty()) return id.put(offer.session_id);
      if (!offer.supported.empty()) id.put(randomness.subspan(32, 32));  // RFC 8446 D.4: compatibility mode
    });
    body.vec16([&](Writer& list) {
      for (const SuiteId suite : offer.suites) list.u16(wire(suite));
      if (ssl3 && offer.secure_renegotiation) list.u16(renegotiation_scsv);
    });
    body.vec8([&](Writer& compression) { compression.put(offer.compressions); });
    if (ssl3) return;
    body.vec16([&](Writer& extensions) {
      write_extensions(extensions, offer, randomness.subspan(64, 32));
      if (padding > 0)
        extension(extensions, Extension::Padding, [&](Writer& e) { e.put(Buffer(padding, std::uint8_t{0})); });
      for (const HelloExtension& more : offer.more)  // RFC 8446 4.2.11: it must be the last one
        if (more.type == pre_shared_key) write_extension(extensions, more);
    });
  });
  return out.take();
}

template <class Id, std::size_t N>
std::vector<Id> ids(const std::array<std::uint16_t, N>& codes) {
  std::vector<Id> out;
  for (const std::uint16_t code : codes) out.push_back(static_cast<Id>(code));
  return out;
}

}  // namespace

Buffer client_hello_message(const HelloOffer& offer, Bytes randomness) {
  if (randomness.size() != hello_randomness) throw std::invalid_argument("a hello needs 96 random bytes");
  constexpr std::size_t extension_header = 4;
  Buffer hello = message(offer, randomness, 0);
  if (hello.size() > 255 && hello.size() < 512 && offer.version != TlsVersion::Ssl3) {  // RFC 7685 4
    const std::size_t missing = 512 - hello.size();
    hello = message(offer, randomness, missing > extension_header ? missing - extension_header : 1);
  }
  return hello;
}

Buffer hello_record(const HelloOffer& offer, Bytes hello) {
  Writer record;
  record.u8(handshake_record);
  // RFC 8446 5.1: 0x0301 in an initial ClientHello, whatever it offers.
  record.u16(offer.version == TlsVersion::Ssl3 ? wire(TlsVersion::Ssl3) : wire(TlsVersion::Tls10));
  record.vec16([&](Writer& body) { body.put(hello); });
  return record.take();
}

Buffer client_hello_record(const HelloOffer& offer, Bytes randomness) {
  return hello_record(offer, client_hello_message(offer, randomness));
}

std::size_t client_hello_size(const HelloOffer& offer) {
  return client_hello_record(offer, Buffer(hello_randomness)).size();
}

HelloOffer modern_offer() {
  return {TlsVersion::Tls13,
          {TlsVersion::Tls13, TlsVersion::Tls12},
          ids<SuiteId>(modern_suites),
          ids<GroupId>(modern_groups),
          "",
          KeyShares::X25519};
}

HelloOffer old_offer(TlsVersion version, std::vector<SuiteId> suites) {
  return {version, {}, std::move(suites), ids<GroupId>(old_groups), "", KeyShares::None};
}

HelloOffer tls13_offer(std::vector<SuiteId> suites, std::vector<GroupId> groups, KeyShares shares) {
  return {TlsVersion::Tls13, {TlsVersion::Tls13}, std::move(suites), std::move(groups), "", shares};
}

}  // namespace kenshin
