// Real servers on loopback with certificates of a small authority: Debian's nginx and `openssl s_server`; and the truth
// about them, asked through `openssl s_client` one code point per connection.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "probes/session.h"
#include "probes/tls/facts.h"
#include "tests/lab/pki.h"
#include "tests/lab/process.h"

namespace kenshin::lab {

constexpr const char* consult_name = "consult.example.jp";

// A root, an intermediate and a server's certificate, as files for the servers below. `bundle` holds the root alone,
// `chain` the leaf and the intermediate.
class Pki {
 public:
  explicit Pki(KeyKind = KeyKind::Rsa2048);
  std::string bundle() const { return folder_.path("bundle.pem"); }
  std::string chain() const { return folder_.path("chain.pem"); }
  std::string intermediate() const { return folder_.path("intermediate.pem"); }
  std::string key() const { return folder_.path("server.key"); }

 private:
  Folder folder_;
};

struct NginxWish {
  std::string protocols;   // of ssl_protocols; empty: not set
  std::string ciphers;     // of ssl_ciphers; empty: not set
  std::string directives;  // more lines of the server block; the first PORT in them becomes its port
};

class Nginx {
 public:
  Nginx(const Pki& pki, const NginxWish& wish) : Nginx(pki.chain(), pki.key(), wish) {}
  Nginx(const std::string& chain, const std::string& key, const NginxWish&);
  std::uint16_t port() const { return port_; }

 private:
  Folder folder_;
  std::uint16_t port_ = 0;
  std::unique_ptr<Process> process_;
};

// `openssl s_server` with more arguments, such as {"-tls1_3"}.
class OpensslServer {
 public:
  OpensslServer(const Pki&, const std::vector<std::string>& arguments);
  std::uint16_t port() const { return port_; }

 private:
  std::uint16_t port_ = 0;
  std::unique_ptr<Process> process_;
};

// `gnutls-serv` as a web server, with a priority string such as "NORMAL:-VERS-TLS1.3".
class GnutlsServer {
 public:
  GnutlsServer(const Pki&, const std::string& priority);
  std::uint16_t port() const { return port_; }

 private:
  std::uint16_t port_ = 0;
  std::unique_ptr<Process> process_;
};

// The suites of that version with which `openssl s_client` finishes a handshake, of all it can ask for.
std::set<SuiteId> suites_through_openssl(std::uint16_t port, TlsVersion);
// The suites `openssl s_client` can ask for at that version.
std::set<SuiteId> openssl_suites(TlsVersion);

// The groups and schemes, of those OpenSSL has names for here, with which `openssl s_client` finishes a handshake when
// it offers that one alone; TLS 1.2 and 1.3, servers with an RSA certificate.
std::set<GroupId> openssl_groups(TlsVersion);
std::set<SchemeId> openssl_schemes();
std::set<GroupId> groups_through_openssl(std::uint16_t port, TlsVersion);
std::set<SchemeId> schemes_through_openssl(std::uint16_t port, TlsVersion);

Instant real_now();
Session session_with(const Pki&);

}  // namespace kenshin::lab
