// The certificate chain as sent, leaf first, and what the named trust store made of it on that day (RFC 5280, RFC
// 9525).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/bytes.h"
#include "probes/base/calendar.h"
#include "probes/tls/facts.h"

namespace kenshin {

struct Certificate {
  std::string subject, issuer;  // RFC 4514 text, safe to show
  std::string sha256;           // of the DER, lower-case hex
  std::string serial;           // hex
  Instant not_before, not_after;
  std::string key;                    // "RSA-2048", "EC-P-256", "Ed25519"
  std::string signature;              // "sha256WithRSAEncryption"
  std::vector<std::string> names;     // dNSName and iPAddress of subjectAltName; CN never counts
  std::vector<std::string> policies;  // certificate policy OIDs
  bool is_ca = false;
  bool self_issued = false;
  bool server_auth = false;                     // extendedKeyUsage allows serverAuth, or there is none
  std::vector<std::string> extended_key_usage;  // "serverAuth" ..., or OIDs; empty: no such extension
  std::vector<std::string> key_usage;           // "digitalSignature" ...; empty: no such extension
  std::vector<std::string> ocsp_urls, ca_issuers_urls, crl_urls;  // as written in the certificate: foreign text
  bool must_staple = false;                                       // RFC 7633
  std::string spki_sha256;                                        // of SubjectPublicKeyInfo, hex
  // What is wrong with the key itself: "debian_weak", "roca", "close_primes", "small_factor", "exponent_1",
  // "exponent_3", "modulus_not_8"; "unknown:CHECK" for a check without data.
  std::vector<std::string> key_problems;
  Buffer der;
  friend bool operator==(const Certificate&, const Certificate&) = default;
};

// Programmes: the roots of Mozilla, Chrome, Apple and Microsoft as shipped; Bundle: named by the user, stands in their
// place.
enum class StoreKind { System, Bundle, Programmes };

struct TrustStore {
  StoreKind kind = StoreKind::System;
  std::string name;    // package and version, or the bundle's file name
  std::string sha256;  // of the file
  std::optional<Day> as_of;
  friend bool operator==(const TrustStore&, const TrustStore&) = default;
};

// A root that some path from the leaf ends at, whatever the dates say.
struct Anchor {
  std::string subject, sha256;  // of the root certificate
  friend bool operator==(const Anchor&, const Anchor&) = default;
};

// RFC 6962 3.2.
struct SignedTimestamp {
  std::string log_id;  // hex
  Instant at{};
  std::string source;                 // "certificate", "handshake", "staple"
  Answer verified = Answer::Unknown;  // against the log list; Unknown: the log is in no list of ours
  friend bool operator==(const SignedTimestamp&, const SignedTimestamp&) = default;
};

// One observation per chain a client may be given for this name: by RSA, by ECDSA, to who gives no name ...
struct CertificateChain {
  static constexpr std::string_view name = "certificate.chain";
  std::vector<Certificate> certificates;  // as sent
  TlsVersion version{};                   // of the handshake that brought it
  Answer trusted = Answer::Unknown;  // a path to an anchor of `store`, whatever the dates say; Unknown if only local
  Answer name_matches = Answer::Unknown;  // against the target's name, RFC 9525
  bool anchor_is_local = false;           // the anchor was added to this machine and belongs to no public programme
  std::string anchor;                     // subject of the anchor found, or of the issuer that is missing
  std::vector<std::string>
      problems;  // "expired", "not_yet_valid", "self_signed", "chain_incomplete", "untrusted_root",
                 // "name_mismatch", "wrong_order", "bad_signature", "not_for_servers", "constraint",
                 // "too_complex" (no path within the limits), "duplicate", "root_sent", "extra", "leaf_not_first"
  TrustStore store;
  std::vector<Anchor> anchors;              // every one reached, ascending by sha256
  std::vector<SignedTimestamp> timestamps;  // every one seen
  friend bool operator==(const CertificateChain&, const CertificateChain&) = default;
};

// What a responder or a list says of one certificate of the chain: RFC 6960, RFC 5280 5.
enum class Standing { Unknown, Good, Revoked };
struct RevocationAnswer {
  Standing standing = Standing::Unknown;
  std::string because;  // "good", "revoked, keyCompromise", "timeout", "signature", "expired", "no URL" ...
  std::string url;      // foreign text; empty for a staple
  std::optional<Instant> revoked_at, this_update, next_update;
  friend bool operator==(const RevocationAnswer&, const RevocationAnswer&) = default;
};
constexpr std::string_view staple_cut_off = "cut off";  // why a staple is not known: every connection broke before it
struct CertificateStanding {
  std::string sha256;                                 // of the certificate
  std::optional<RevocationAnswer> staple, ocsp, crl;  // nothing: not offered by the certificate or the server
  friend bool operator==(const CertificateStanding&, const CertificateStanding&) = default;
};
struct CertificateRevocation {
  static constexpr std::string_view name = "certificate.revocation";
  std::vector<CertificateStanding> certificates;  // of every chain seen, leaves first
  friend bool operator==(const CertificateRevocation&, const CertificateRevocation&) = default;
};

// Which certificates a server has, and how the name asked for chooses among them.
struct CertificateSelection {
  static constexpr std::string_view name = "certificate.selection";
  std::map<std::string, std::string> by_key;  // "RSA", "EC", "Ed25519", "RSA-PSS" -> SHA-256 of the leaf
  std::vector<std::string> refused;           // kinds proven absent
  std::vector<std::string> undecided;         // kinds neither seen nor proven absent
  Decided without_name, with_wrong_name;      // "yes": a certificate comes all the same
  std::string without_name_sha256, wrong_name_sha256;
  friend bool operator==(const CertificateSelection&, const CertificateSelection&) = default;
};

}  // namespace kenshin
