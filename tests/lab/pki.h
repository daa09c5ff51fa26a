// Certificates for tests, made with libcrypto: a small authority of our own and whatever it signs.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "probes/base/bytes.h"
#include "probes/certificate/openssl.h"

namespace kenshin::lab {

enum class KeyKind { Rsa2048, EcP256 };

struct CertificateWish {
  std::string subject = "consult.example.jp";  // common name
  std::vector<std::string> names;              // "DNS:consult.example.jp", "IP:127.0.0.1"
  KeyKind key = KeyKind::EcP256;
  bool is_ca = false;
  std::string extended_key_usage;  // "clientAuth"; empty: none
  std::string policies;            // "2.23.140.1.2.1"; empty: none
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

}  // namespace kenshin::lab
