#include "tests/lab/peers.h"

#include <charconv>
#include <functional>
#include <mutex>
#include <sstream>

#include "probes/net/budget.h"
#include "probes/net/side_by_side.h"

namespace kenshin::lab {

namespace {

std::string option_of(TlsVersion version) {
  switch (version) {
    case TlsVersion::Ssl2: return "-ssl2";
    case TlsVersion::Ssl3: return "-ssl3";
    case TlsVersion::Tls10: return "-tls1";
    case TlsVersion::Tls11: return "-tls1_1";
    case TlsVersion::Tls12: return "-tls1_2";
    case TlsVersion::Tls13: return "-tls1_3";
  }
  return {};
}

struct NamedSuite {
  SuiteId id;
  std::string name;  // OpenSSL's
};

// Lines such as "          0xC0,0x2F - ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 Kx=ECDH ...".
std::vector<NamedSuite> askable(TlsVersion version) {
  if (version <= TlsVersion::Ssl3) return {};  // Debian's OpenSSL speaks neither
  std::vector<std::string> command{"openssl", "ciphers",          "-s",
                                   "-V",      option_of(version), "ALL:COMPLEMENTOFALL:@SECLEVEL=0"};
  if (version == TlsVersion::Tls13)
    command.insert(command.end() - 1, {"-ciphersuites",
                                       "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:"
                                       "TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256"});
  std::istringstream lines(run(command).output);
  std::vector<NamedSuite> out;
  for (std::string code, dash, name, rest; lines >> code >> dash >> name && std::getline(lines, rest);) {
    unsigned high = 0, low = 0;
    std::from_chars(code.data() + 2, code.data() + 4, high, 16);
    std::from_chars(code.data() + 7, code.data() + 9, low, 16);
    out.push_back({static_cast<SuiteId>(high << 8 | low), name});
  }
  return out;
}

}  // namespace

Pki::Pki(KeyKind kind) {
  const Instant now = real_now();
  const Identity root = issue(authority_wish(now, "Example Root"), nullptr);
  const Identity issuing = issue(authority_wish(now, "Example Issuing"), &root);
  CertificateWish wish = server_wish(
      now, {std::string("DNS:") + consult_name, "DNS:old.example.jp", "DNS:media.example.jp", "IP:127.0.0.1"});
  wish.key = kind;
  const Identity server = issue(wish, &issuing);
  write_file(bundle(), root.pem());
  write_file(chain(), server.pem() + issuing.pem());
  write_file(intermediate(), issuing.pem());
  write_file(key(), server.key_pem());
}

Nginx::Nginx(const std::string& chain, const std::string& key, const NginxWish& wish) : port_(free_port()) {
  const std::string conf = folder_.path("nginx.conf");
  std::ostringstream out;
  out << "daemon off;\nmaster_process off;\npid " << folder_.path("pid")
      << ";\nerror_log /dev/null;\nevents {}\nhttp {\n"
      << "  access_log off;\n";
  for (const char* temporary : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
    out << "  " << temporary << "_temp_path " << folder_.path(temporary) << ";\n";
  out << "  server {\n    listen 127.0.0.1:" << port_ << " ssl;\n    ssl_certificate " << chain
      << ";\n    ssl_certificate_key " << key << ";\n";
  if (!wish.protocols.empty()) out << "    ssl_protocols " << wish.protocols << ";\n";
  if (!wish.ciphers.empty()) out << "    ssl_ciphers \"" << wish.ciphers << "\";\n";
  std::string directives = wish.directives;
  if (const auto at = directives.find("PORT"); at != std::string::npos)
    directives.replace(at, 4, std::to_string(port_));
  out << "    " << directives << "\n    return 204;\n  }\n}\n";
  write_file(conf, out.str());
  process_ = std::make_unique<Process>(std::vector<std::string>{"nginx", "-p", folder_.path(""), "-c", conf});
  process_->wait_for_port(port_);
}

OpensslServer::OpensslServer(const Pki& pki, const std::vector<std::string>& arguments) : port_(free_port()) {
  std::vector<std::string> command{
      "openssl",   "s_server",    "-quiet",           "-www", "-accept", "127.0.0.1:" + std::to_string(port_), "-cert",
      pki.chain(), "-cert_chain", pki.intermediate(), "-key", pki.key()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  process_ = std::make_unique<Process>(command);
  process_->wait_for_port(port_);
}

GnutlsServer::GnutlsServer(const Pki& pki, const std::string& priority) : port_(free_port()) {
  process_ = std::make_unique<Process>(std::vector<std::string>{"gnutls-serv", "--quiet", "--http", "--port",
                                                                std::to_string(port_), "--x509certfile", pki.chain(),
                                                                "--x509keyfile", pki.key(), "--priority", priority});
  process_->wait_for_port(port_);
}

std::set<SuiteId> openssl_suites(TlsVersion version) {
  std::set<SuiteId> out;
  for (const auto& suite : askable(version)) out.insert(suite.id);
  return out;
}

std::set<SuiteId> suites_through_openssl(std::uint16_t port, TlsVersion version) {
  std::set<SuiteId> out;
  std::mutex adding;
  std::vector<std::function<void()>> work;
  const auto suites = askable(version);
  for (const auto& suite : suites)
    work.emplace_back([&] {
      std::vector<std::string> command{
          "openssl",     "s_client",   "-connect",        "127.0.0.1:" + std::to_string(port),
          "-servername", consult_name, option_of(version)};
      if (version == TlsVersion::Tls13) command.insert(command.end(), {"-ciphersuites", suite.name});
      else command.insert(command.end(), {"-cipher", suite.name + ":@SECLEVEL=0"});
      if (run(command).status != 0) return;
      const std::lock_guard lock(adding);
      out.insert(suite.id);
    });
  side_by_side(work, 3);
  return out;
}

namespace {

// What of a list of code points with OpenSSL's names s_client gets through with.
template <class Id>
std::set<Id> through_openssl(std::uint16_t port, TlsVersion version, const char* option,
                             const std::vector<std::pair<int, std::string>>& named) {
  std::set<Id> out;
  std::mutex adding;
  std::vector<std::function<void()>> work;
  for (const auto& entry : named)
    work.emplace_back([&] {
      const auto gets_through = [&] {
        return run({"openssl", "s_client", "-connect", "127.0.0.1:" + std::to_string(port), "-servername", consult_name,
                    option_of(version), option, entry.second, "-cipher",
                    version == TlsVersion::Tls13 ? "ALL:@SECLEVEL=0" : "ECDHE:@SECLEVEL=0"})
                   .status == 0;
      };
      // Twice: some peers fail now and then, Java where a finite-field value begins with a zero.
      if (!gets_through() && !gets_through()) return;
      const std::lock_guard lock(adding);
      out.insert(static_cast<Id>(entry.first));
    });
  side_by_side(work, 3);
  return out;
}

using Named = std::vector<std::pair<int, std::string>>;

Named named_groups(TlsVersion version) {
  static const Named both{{0x17, "P-256"}, {0x18, "P-384"}, {0x19, "P-521"}, {0x1D, "X25519"}, {0x1E, "X448"}};
  static const Named old{{0x01, "sect163k1"},       {0x06, "sect233k1"},       {0x09, "sect283k1"},
                         {0x0D, "sect571k1"},       {0x0E, "sect571r1"},       {0x12, "secp192k1"},
                         {0x13, "P-192"},           {0x15, "P-224"},           {0x16, "secp256k1"},
                         {0x1A, "brainpoolP256r1"}, {0x1B, "brainpoolP384r1"}, {0x1C, "brainpoolP512r1"}};
  static const Named finite{
      {0x100, "ffdhe2048"}, {0x101, "ffdhe3072"}, {0x102, "ffdhe4096"}, {0x103, "ffdhe6144"}, {0x104, "ffdhe8192"}};
  auto named = both;
  const auto& more = version == TlsVersion::Tls13 ? finite : old;
  named.insert(named.end(), more.begin(), more.end());
  return named;
}

const Named& named_schemes() {
  static const Named named{{0x0804, "rsa_pss_rsae_sha256"},
                           {0x0805, "rsa_pss_rsae_sha384"},
                           {0x0806, "rsa_pss_rsae_sha512"},
                           {0x0401, "RSA+SHA256"},
                           {0x0501, "RSA+SHA384"},
                           {0x0601, "RSA+SHA512"},
                           {0x0301, "RSA+SHA224"},
                           {0x0201, "RSA+SHA1"},
                           {0x0403, "ECDSA+SHA256"},
                           {0x0503, "ECDSA+SHA384"},
                           {0x0807, "ed25519"},
                           {0x0809, "rsa_pss_pss_sha256"}};
  return named;
}

template <class Id>
std::set<Id> ids_of(const Named& named) {
  std::set<Id> out;
  for (const auto& [id, name] : named) out.insert(static_cast<Id>(id));
  return out;
}

}  // namespace

std::set<GroupId> openssl_groups(TlsVersion version) { return ids_of<GroupId>(named_groups(version)); }
std::set<SchemeId> openssl_schemes() { return ids_of<SchemeId>(named_schemes()); }

std::set<GroupId> groups_through_openssl(std::uint16_t port, TlsVersion version) {
  return through_openssl<GroupId>(port, version, "-groups", named_groups(version));
}

std::set<SchemeId> schemes_through_openssl(std::uint16_t port, TlsVersion version) {
  return through_openssl<SchemeId>(port, version, "-sigalgs", named_schemes());
}

Instant real_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

Session session_with(const Pki& pki) {
  Session out;
  out.now = real_now;
  out.budget = std::make_shared<Budget>();
  out.trust_bundle = pki.bundle();
  return out;
}

}  // namespace kenshin::lab
