// The certificate chain as sent, leaf first, and what the named trust store made of it on that day (RFC 5280, RFC
// 9525).
#pragma once

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
  bool server_auth = false;  // extendedKeyUsage allows serverAuth, or there is none
  Buffer der;
  friend bool operator==(const Certificate&, const Certificate&) = default;
};

enum class StoreKind { System, Bundle };  // Bundle: named by the user, stands in the place of the programmes

struct TrustStore {
  StoreKind kind = StoreKind::System;
  std::string name;    // package and version, or the bundle's file name
  std::string sha256;  // of the file
  std::optional<Day> as_of;
  friend bool operator==(const TrustStore&, const TrustStore&) = default;
};

struct CertificateChain {
  static constexpr std::string_view name = "certificate.chain";
  std::vector<Certificate> certificates;  // as sent
  TlsVersion version{};                   // of the handshake that brought it
  Answer trusted = Answer::Unknown;       // a path to an anchor of `store`, whatever the dates say
  Answer name_matches = Answer::Unknown;  // against the target's name, RFC 9525
  bool anchor_is_local = false;           // the anchor was added to this machine and belongs to no public programme
  std::string anchor;                     // subject of the anchor found, or of the issuer that is missing
  std::vector<std::string>
      problems;  // "expired", "not_yet_valid", "self_signed", "chain_incomplete", "untrusted_root",
                 // "name_mismatch", "wrong_order", "bad_signature", "not_for_servers", "constraint"
  TrustStore store;
  friend bool operator==(const CertificateChain&, const CertificateChain&) = default;
};

}  // namespace kenshin
