// Certificates for tests, made with libcrypto: a small authority of our own and whatever it signs.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "probes/base/bytes.h"
#include "probes/certificate/openssl.h"

namespace kenshin::lab {

enum class KeyKind { Rsa2048, EcP256, Ed25519, RsaPss2048 };

struct CertificateWish {
  std::string subject = "consult.example.jp";  // common name
  std::vector<std::string> names;              // "DNS:consult.example.jp", "IP:127.0.0.1"
  KeyKind key = KeyKind::EcP256;
  bool is_ca = false;
  std::string extended_key_usage;  // "clientAuth"; empty: none
  std::string policies;            // "2.23.140.1.2.1"; empty: none
  std::string key_usage;           // "digitalSignature"; empty: what an authority or a server needs
  // More, by short name and OpenSSL's own spelling: {"authorityInfoAccess", "OCSP;URI:http://127.0.0.1/"}.
  std::vector<std::pair<std::string, std::string>> more;
  std::chrono::sys_seconds not_before, not_after;
};

struct Identity {
  OwnedX509 certificate;
  OwnedKey key;

  Buffer der() const;
  std::string pem() const;
  std::string key_pem() const;
};

// A wish for a server certificate of 90 days around `now`.
CertificateWish server_wish(std::chrono::sys_seconds now, std::vector<std::string> names = {"DNS:consult.example.jp"});
CertificateWish authority_wish(std::chrono::sys_seconds now, std::string subject);

// Signed by the issuer, or by its own key where there is none.
Identity issue(const CertificateWish&, const Identity* issuer);
// The same for a key that is there already: cross-signs, renewals, odd moduli.
Identity issue_for(OwnedKey, const CertificateWish&, const Identity* issuer);
OwnedKey made_key(KeyKind);

}  // namespace kenshin::lab
