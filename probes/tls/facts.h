// What was seen of an endpoint's TLS. A list holds what was proven accepted; `complete` says whether all the rest was
// proven refused. Shapes: docs/schema/facts.json.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/bytes.h"

namespace kenshin {

// Three-valued, and NotApplicable where the question makes no sense. Unknown is zero: forgetting is never a yes.
enum class Answer { Unknown, No, Yes, NotApplicable };

// ProtocolVersion on the wire (RFC 8446 4.1.2 and before; SSL 2.0 writes 0x0002).
enum class TlsVersion : std::uint16_t {
  Ssl2 = 0x0002,
  Ssl3 = 0x0300,
  Tls10 = 0x0301,
  Tls11 = 0x0302,
  Tls12 = 0x0303,
  Tls13 = 0x0304
};
// IANA "TLS Cipher Suites"; above 0xFFFF the three-byte kinds of SSL 2.0. Names in probes/tls/code_points.h.
enum class SuiteId : std::uint32_t {};
enum class GroupId : std::uint16_t {};   // IANA "TLS Supported Groups"
enum class SchemeId : std::uint16_t {};  // IANA "TLS SignatureScheme"; in TLS 1.2 also {hash, signature} pairs

// One answer with what decided it: "server_hello", "alert handshake_failure", "reset, thrice alike" ...
struct Decided {
  Answer accepted = Answer::Unknown;
  std::string because;
  friend bool operator==(const Decided&, const Decided&) = default;
};

struct TlsVersions {
  static constexpr std::string_view name = "tls.versions";
  std::map<TlsVersion, Decided> versions;  // one entry for each version that was asked
  friend bool operator==(const TlsVersions&, const TlsVersions&) = default;
};

enum class ChosenBy { Unknown, Server, Client };

struct SuiteList {
  std::vector<SuiteId> suites;  // in the server's order where `ordered`, else ascending code points
  bool complete = false;
  ChosenBy chosen_by = ChosenBy::Unknown;
  std::string because;  // why it is not complete; empty where it is
  bool ordered = false;
  Answer prefers_chacha = Answer::Unknown;  // the server's own order yields to a client that puts ChaCha20 first
  friend bool operator==(const SuiteList&, const SuiteList&) = default;
};
struct TlsSuites {
  static constexpr std::string_view name = "tls.suites";
  std::map<TlsVersion, SuiteList> versions;  // versions that are accepted, or may be
  friend bool operator==(const TlsSuites&, const TlsSuites&) = default;
};

struct GroupList {
  std::vector<GroupId> groups;  // in the server's order where `ordered`, else ascending
  bool complete = false;
  bool ordered = false;
  std::string because;
  friend bool operator==(const GroupList&, const GroupList&) = default;
};
struct TlsGroups {
  static constexpr std::string_view name = "tls.groups";
  std::map<TlsVersion, GroupList> versions;
  friend bool operator==(const TlsGroups&, const TlsGroups&) = default;
};

struct SchemeList {
  std::vector<SchemeId> schemes;  // proven by a signature that was made with it, ascending
  bool complete = false;
  std::string because;
  friend bool operator==(const SchemeList&, const SchemeList&) = default;
};
struct TlsSignatureSchemes {
  static constexpr std::string_view name = "tls.signature_schemes";
  std::map<TlsVersion, SchemeList> versions;  // TLS 1.2 and 1.3: earlier versions name none
  friend bool operator==(const TlsSignatureSchemes&, const TlsSignatureSchemes&) = default;
};

// One finite-field group that the server used in a ServerKeyExchange (RFC 5246 7.4.3).
struct DhGroup {
  int bits = 0;
  std::string prime;      // lower-case hex
  std::string generator;  // lower-case hex
  std::string known_as;   // "ffdhe2048", "RFC 3526 group 14" ...: shared by many servers; empty: in no table of ours
  Answer safe_prime = Answer::Unknown;
  std::vector<TlsVersion> versions;  // in which it was seen
  friend bool operator==(const DhGroup&, const DhGroup&) = default;
};
struct TlsKeyExchange {
  static constexpr std::string_view name = "tls.key_exchange";
  std::vector<DhGroup> dh_groups;  // every one that was seen; empty and complete: no DHE suite is accepted
  bool complete = false;
  std::string because;
  Decided honours_ffdhe;      // picks among the ffdhe groups the client lists (RFC 7919)
  Decided dh_value_reused;    // the same Ys in two connections
  Decided ecdh_value_reused;  // the same point in two connections
  friend bool operator==(const TlsKeyExchange&, const TlsKeyExchange&) = default;
};

// How the handshake behaves, each answered on its own. Extensions: "yes" is an echo of the server.
enum class Feature {
  VersionTolerance,  // answers a version of the future with one it knows
  LargeHelloTolerance,
  UnknownExtensionTolerance,  // RFC 8701
  DowngradeSentinel,          // RFC 8446 4.1.3
  FallbackScsv,               // RFC 7507
  SecureRenegotiation,        // RFC 5746
  EncryptThenMac,             // RFC 7366; asked with a CBC suite
  ExtendedMasterSecret,       // RFC 7627
  ExtendedMasterSecretRequired,
  Heartbeat,         // RFC 6520
  OcspStapling,      // RFC 6066 8
  SignedTimestamps,  // RFC 6962 3.3
  MaxFragmentLength,
  RecordSizeLimit,  // RFC 8449
  Alpn,             // RFC 7301
  AlpnStrict,       // refuses protocols it does not know
  Compression,      // RFC 3749; RFC 8446 forbids it
};
struct TlsExtensions {
  static constexpr std::string_view name = "tls.extensions";
  std::map<Feature, Decided> features;
  std::vector<std::string> alpn;                     // protocols chosen when offered
  std::vector<std::string> certificate_compression;  // RFC 8879: "zlib", "brotli", "zstd"
  friend bool operator==(const TlsExtensions&, const TlsExtensions&) = default;
};

struct TlsSessions {
  static constexpr std::string_view name = "tls.sessions";
  Decided by_id, by_ticket;                    // TLS 1.2 and before: RFC 5246 7.4.1.2, RFC 5077
  Decided psk_dhe_ke, psk_ke;                  // TLS 1.3: RFC 8446 4.2.9; psk_ke has no forward secrecy
  Decided early_data;                          // RFC 8446 4.2.10: 0-RTT was accepted
  std::optional<int> ticket_lifetime_seconds;  // the longest seen
  std::optional<std::size_t> max_early_data;   // bytes, as announced
  friend bool operator==(const TlsSessions&, const TlsSessions&) = default;
};

struct TlsClientCertificate {
  static constexpr std::string_view name = "tls.client_certificate";
  Decided requested, required;
  std::vector<std::string> authorities;  // RFC 4514 text of the names asked for, safe to show
  friend bool operator==(const TlsClientCertificate&, const TlsClientCertificate&) = default;
};

enum class Weakness {
  Heartbleed,
  CcsInjection,
  Ticketbleed,
  Robot,
  Poodle,
  TlsPoodle,
  PaddingOracle,  // Zombie POODLE, GOLDENDOODLE, sleeping POODLE, CVE-2016-2107, CVE-2019-1559
  Drown,
  Freak,
  Logjam,
  Sweet32,
  Rc4,
  Beast,
  Lucky13,
  Crime,
  Breach,
  Raccoon,
  DheAt,
  InvalidCurve,
  StarttlsInjection,
  Opossum,
  InsecureRenegotiation,
  ClientRenegotiation,
  FallbackScsv,
};
struct Vulnerability {
  Answer vulnerable = Answer::Unknown;
  std::string because;  // what decided it; for a condition that is met: which
  friend bool operator==(const Vulnerability&, const Vulnerability&) = default;
};
struct TlsWeaknesses {
  static constexpr std::string_view name = "tls.weaknesses";
  std::map<Weakness, Vulnerability> weaknesses;
  friend bool operator==(const TlsWeaknesses&, const TlsWeaknesses&) = default;
};

// A TLS 1.3 handshake up to the server's CertificateVerify, in clear: whoever holds it can check offline that the
// holder of the certificate's key answered our random (RFC 8446 4.4.3).
struct TlsTranscript {
  static constexpr std::string_view name = "tls.transcript";
  SuiteId suite{};
  SchemeId scheme{};
  std::string random;       // hex, of the ClientHello
  std::string certificate;  // SHA-256 of the leaf, hex
  Buffer messages;          // handshake messages with their headers, ClientHello to CertificateVerify
  friend bool operator==(const TlsTranscript&, const TlsTranscript&) = default;
};

}  // namespace kenshin
