// What to write into a server's configuration: read strictly, and by the programs themselves.
#include "reports/criteria/configuration_lines.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <set>

#include "case.h"
#include "tests/lab/pki.h"
#include "tests/lab/process.h"

namespace kenshin {

namespace {

const char* const file = "reports/criteria/configuration-lines.json";

ConfigurationLines shipped() {
  const auto lines = load_configuration_lines(*DataFiles{}.read(file), file);
  if (!lines) throw std::runtime_error(lines.error().detail);
  return *lines;
}

Finding found(const char* criterion, Verdict verdict, const char* code = "any") {
  Finding out;
  out.criterion = {criterion};
  out.verdict = verdict;
  out.because.code = code;
  return out;
}

TEST(ConfigurationLines, StandBesideWhatIsAmissOnly) {
  const ConfigurationLines lines = shipped();
  ASSERT_NE(lines.of(found("tls.version.floor", Verdict::NotMet)), nullptr);
  EXPECT_EQ(lines.of(found("tls.version.floor", Verdict::NotMet))->size(), 4U);
  EXPECT_EQ(lines.of(found("tls.version.floor", Verdict::Met)), nullptr);
  EXPECT_EQ(lines.of(found("tls.version.floor", Verdict::Unknown)), nullptr);
  EXPECT_EQ(lines.of(found("domain.lock", Verdict::Attention)), nullptr);
}

TEST(ConfigurationLines, PreferTheReasonsOwn) {
  ConfigurationLines lines;
  lines.advice = {{{"http.plain"}, "", {{"nginx", "general"}}}, {{"http.plain"}, "special", {{"nginx", "special"}}}};
  EXPECT_EQ(lines.of(found("http.plain", Verdict::NotMet))->at("nginx"), "general");
  EXPECT_EQ(lines.of(found("http.plain", Verdict::NotMet, "special"))->at("nginx"), "special");
}

TEST(ConfigurationLines, AreReadStrictly) {
  const auto with = [](const std::string& advice) {
    return load_configuration_lines(
        R"({"edition": "1", "as_of": "2026-11-22", "source": "s", "marks": {"iis": "policy"},)"
        "\n\"advice\": [\n" +
            advice + "]}",
        "lines.json");
  };
  EXPECT_TRUE(with(R"({"criterion": "http.hsts", "lines": {"iis": "x"}})"));
  for (const char* bad : {R"({"criterion": "http.hats", "lines": {"iis": "x"}})",
                          R"({"criterion": "http.hsts", "lines": {"lighttpd": "x"}})",
                          R"({"criterion": "http.hsts", "lines": {"iis": ""}})",
                          R"({"criterion": "http.hsts", "lines": {"nginx": "x"}})", R"({"criterion": "http.hsts"})"}) {
    const auto refused = with(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_NE(refused.error().detail.find("lines.json:3: "), std::string::npos) << refused.error().detail;
  }
}

// A certificate, its key and both in one file, where the lines look for them.
class ConfigurationLinesTried : public testing::Test {
 protected:
  ConfigurationLinesTried() {
    const Instant at = noon("2026-11-22");
    const lab::Identity root = lab::issue(lab::authority_wish(at, "Example Root"), nullptr);
    const lab::Identity server = lab::issue(lab::server_wish(at), &root);
    const std::string chain = server.pem() + root.pem();
    lab::write_file(path("fullchain.pem"), chain);
    lab::write_file(path("key.pem"), server.key_pem());
    lab::write_file(path("fullchain-and-key.pem"), chain + server.key_pem());
    lab::write_file(path("clients.pem"), root.pem());
  }

  std::string path(const std::string& name) const { return folder_.path(name); }

  // Each once.
  static std::set<std::string> lines_of(const std::string& product) {
    std::set<std::string> out;
    for (const ConfigurationAdvice& row : shipped().advice)
      if (const auto line = row.lines.find(product); line != row.lines.end()) out.insert(line->second);
    return out;
  }

  static bool asked_for_all() {
    const char* all = std::getenv("KENSHIN_ALL");
    return all != nullptr && std::string(all) == "1";
  }

 private:
  const lab::Folder folder_;
};

// nginx reads each line, in the place it is meant for.
TEST_F(ConfigurationLinesTried, AreReadByNginx) {
  std::string servers;
  int number = 0;
  const auto lines = lines_of("nginx");
  for (const std::string& line : lines)
    servers += "  server {\n    listen 127.0.0.1:1 ssl;\n    server_name n" + std::to_string(++number) + ";\n" +
               (line.starts_with("ssl_certificate ") ? "" : "    ssl_certificate fullchain.pem;\n") +
               "    ssl_certificate_key key.pem;\n    ssl_client_certificate fullchain.pem;\n    " + line + "\n  }\n";
  EXPECT_GE(lines.size(), 8U);
  lab::write_file(path("nginx.conf"), "pid " + path("pid") + ";\nevents {}\nhttp {\n" + servers + "}\n");
  const auto tests = [&](const std::string& configuration) {
    return lab::run({"nginx", "-t", "-q", "-p", path(""), "-c", path(configuration)}).status;
  };
  EXPECT_EQ(tests("nginx.conf"), 0) << servers;
  lab::write_file(path("wrong.conf"), "events {}\nhttp { ssl_protocol TLSv1.3; }\n");
  EXPECT_NE(tests("wrong.conf"), 0);
}

// `apache2 -t` leaves the values of TLS unread: it has to start.
TEST_F(ConfigurationLinesTried, AreTakenByApacheWhenItStarts) {
  if (!asked_for_all()) GTEST_SKIP() << "needs KENSHIN_ALL=1";
  const auto lines = lines_of("apache");
  EXPECT_GE(lines.size(), 8U);
  const auto configured = [&](const std::set<std::string>& all, std::uint16_t port) {
    const std::string at = "127.0.0.1:" + std::to_string(port);
    std::string text = "ServerName localhost\nServerRoot " + path("") + "\nPidFile " + path("pid") +
                       "\nErrorLog /dev/null\nMutex file:" + path("") + "\nListen " + at + "\n";
    for (const char* module : {"mpm_event", "authz_core", "socache_shmcb", "ssl", "alias", "headers", "env"})
      text += std::string("LoadModule ") + module + "_module /usr/lib/apache2/modules/mod_" + module + ".so\n";
    text += "SSLStaplingCache shmcb:" + path("staples") + "(32768)\n";
    for (const std::string& line : all)
      text += "<VirtualHost " + at + ">\nSSLEngine on\n" +
              (line.starts_with("SSLCertificateFile") ? "" : "SSLCertificateFile fullchain.pem\n") +
              "SSLCertificateKeyFile key.pem\nSSLCACertificateFile clients.pem\n" + line + "\n</VirtualHost>\n";
    lab::write_file(path("httpd.conf"), text);
  };
  const std::vector<std::string> apache = {"apache2", "-DFOREGROUND", "-f", path("httpd.conf")};
  for (const std::string& line : lines) {
    const std::uint16_t port = lab::free_port();
    configured({line}, port);
    lab::Process started(apache);
    EXPECT_NO_THROW(started.wait_for_port(port)) << line;
    started.send(SIGTERM);
    started.wait();
  }
  configured({"SSLOpenSSLConfCmd Groups X25519:P-999"}, lab::free_port());
  EXPECT_NE(lab::run(apache).status, 0);
}

// "bind …" goes on after the address; the rest of TLS stands in `global`, what is said of HTTP in a frontend.
TEST_F(ConfigurationLinesTried, AreReadByHaproxy) {
  if (!asked_for_all()) GTEST_SKIP() << "needs KENSHIN_ALL=1";
  const std::string bind = "bind …";
  const auto takes = [&](const std::string& line) {
    const bool global = line.starts_with("ssl-default-") || line.starts_with("tune.");
    const bool of_bind = line.starts_with(bind);
    const bool names_certificate = of_bind && line.find(" crt ") != std::string::npos;
    lab::write_file(
        path("haproxy.cfg"),
        "global\n  crt-base " + path("") + "\n  ca-base " + path("") + "\n" + (global ? "  " + line + "\n" : "") +
            "defaults\n  mode http\n  timeout client 1s\n  timeout server 1s\n  timeout connect 1s\n" +
            "frontend tls\n  bind 127.0.0.1:1 ssl" + (names_certificate ? "" : " crt fullchain-and-key.pem") +
            (of_bind ? line.substr(bind.size()) : "") + "\n" + (global || of_bind ? "" : "  " + line + "\n") +
            "  default_backend all\nbackend all\n  server s 127.0.0.1:2\n");
    return lab::run({"haproxy", "-c", "-q", "-f", path("haproxy.cfg")}).status == 0;
  };
  const auto lines = lines_of("haproxy");
  EXPECT_GE(lines.size(), 8U);
  for (const std::string& line : lines) EXPECT_TRUE(takes(line)) << line;
  EXPECT_FALSE(takes("ssl-default-bind-curves X25519:P-999 ssl"));
  EXPECT_FALSE(takes("http-response set-headers Strict-Transport-Security max-age=1"));
}

}  // namespace

}  // namespace kenshin
