// The invented clinic of scanner/demo and the end-to-end tests: a good endpoint, an old one that still takes TLS 1.0
// and static RSA, one that answers nothing, a WHOIS answer, and the recorded facts of three computers.
#pragma once

#include <string>

#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin::lab {

class Clinic {
 public:
  // `templates` holds kenshin.toml.in and what it names; all of it is written into `folder`, with dates moved to today,
  // ports and paths filled in, and bundle.pem beside it.
  Clinic(const std::string& templates, const std::string& folder);

  std::uint16_t good_port() const { return good_.port(); }
  std::uint16_t weak_port() const { return weak_.port(); }
  std::uint16_t silent_port() const { return silent_.port(); }
  std::uint16_t whois_port() const { return whois_.port(); }
  std::string bundle() const { return bundle_; }

 private:
  std::string bundle_;
  Pki pki_;
  Nginx good_, weak_;
  Server silent_, whois_;
  NameServer names_{"nothing.example.jp"};  // knows no signatures: what the DNS says stays unknown
};

}  // namespace kenshin::lab
