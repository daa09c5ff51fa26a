// ClientHello, written by hand so that it can ask for what TLS libraries refuse: RFC 8446 4.1.2, RFC 5246 7.4.1.2,
// RFC 6101 (SSL 3.0).
#pragma once

#include <string>
#include <vector>

#include "probes/base/bytes.h"
#include "probes/tls/facts.h"

namespace kenshin {

enum class KeyShares {
  None,    // no key_share extension: TLS 1.2 and before
  Empty,   // the server must name a group in a HelloRetryRequest (RFC 8446 4.2.8)
  X25519,  // 32 random bytes, which are always a point
};

// One extension as it stands in the hello; builders in probes/tls/extensions.h.
struct HelloExtension {
  std::uint16_t type = 0;
  Buffer body;
  friend bool operator==(const HelloExtension&, const HelloExtension&) = default;
};

struct KeyShare {
  GroupId group{};
  Buffer key;  // KeyShareEntry.key_exchange
  friend bool operator==(const KeyShare&, const KeyShare&) = default;
};

struct HelloOffer {
  TlsVersion version = TlsVersion::Tls12;  // the highest offered
  std::vector<TlsVersion> supported;       // supported_versions; empty: no such extension
  std::vector<SuiteId> suites;             // signalling values (SCSV), too
  std::vector<GroupId> groups;             // supported_groups; empty: no such extension
  std::string sni;                         // empty: no server_name
  KeyShares shares = KeyShares::None;
  std::vector<KeyShare> keys = {};     // sent in place of `shares`' own
  std::vector<SchemeId> schemes = {};  // signature_algorithms; empty: every one there is
  std::vector<std::uint8_t> compressions = {0};
  Buffer session_id = {};  // empty: random in TLS 1.3, none before
  bool extended_master_secret = true;
  bool secure_renegotiation = true;       // an empty renegotiation_info; SSL 3.0: the SCSV
  std::vector<HelloExtension> more = {};  // after the ones above; pre_shared_key stands last
};

constexpr std::size_t hello_randomness = 96;  // random, legacy_session_id, share

// The handshake message alone (for transcripts, and for whoever cuts records by hand), and one record with it.
Buffer client_hello_message(const HelloOffer&, Bytes randomness);
Buffer hello_record(const HelloOffer&, Bytes message);
// Both. It is shorter than 1 KiB for lists of up to 64 suites, and never 256 to 511 bytes long,
// which some servers cannot take (RFC 7685). A key share of ML-KEM or a large extension makes it longer. SSL 3.0 gets
// no extensions and the renegotiation SCSV (RFC 5746 3.3).
Buffer client_hello_record(const HelloOffer&, Bytes randomness);
std::size_t client_hello_size(const HelloOffer&);  // of the record, header and all

// Offers, without a name: what a current browser asks for; one old version alone; TLS 1.3 alone.
HelloOffer modern_offer();
HelloOffer old_offer(TlsVersion, std::vector<SuiteId>);
HelloOffer tls13_offer(std::vector<SuiteId>, std::vector<GroupId>, KeyShares);

}  // namespace kenshin
