#include "tests/lab/stacks.h"

#include <array>
#include <fstream>
#include <iterator>

namespace kenshin::lab {

namespace {

using Command = std::vector<std::string>;

struct Place {
  const Pki& pki;
  const Folder& folder;
  std::string port;
};

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The key and the chain in one file.
std::string combined(const Place& place) {
  const std::string path = place.folder.path("combined.pem");
  write_file(path, text_of(place.pki.chain()) + text_of(place.pki.key()));
  return path;
}

Command apache(const Place& place) {
  std::string conf = "ServerName localhost\nServerRoot " + place.folder.path("") + "\nPidFile " +
                     place.folder.path("pid") + "\nErrorLog /dev/null\nListen 127.0.0.1:" + place.port + "\n";
  for (const char* module : {"mpm_event", "authz_core", "ssl"})
    conf += std::string("LoadModule ") + module + "_module /usr/lib/apache2/modules/mod_" + module + ".so\n";
  conf += "Mutex file:" + place.folder.path("") + "\nDocumentRoot " + place.folder.path("") +
          "\nSSLEngine on\nSSLCertificateFile " + place.pki.chain() + "\nSSLCertificateKeyFile " + place.pki.key() +
          "\n";
  write_file(place.folder.path("httpd.conf"), conf);
  return {"apache2", "-DFOREGROUND", "-f", place.folder.path("httpd.conf")};
}

Command haproxy(const Place& place) {
  write_file(place.folder.path("haproxy.cfg"),
             "defaults\n  mode http\n  timeout client 10s\n  timeout connect 10s\n  timeout server 10s\nfrontend tls\n"
             "  bind 127.0.0.1:" +
                 place.port + " ssl crt " + combined(place) + "\n  http-request return status 204\n");
  return {"haproxy", "-db", "-f", place.folder.path("haproxy.cfg")};
}

Command stunnel(const Place& place) {
  write_file(place.folder.path("stunnel.conf"),
             "foreground = yes\npid =\nsyslog = no\n[tls]\naccept = 127.0.0.1:" + place.port +
                 "\nexec = /bin/true\ncert = " + place.pki.chain() + "\nkey = " + place.pki.key() + "\n");
  return {"stunnel4", place.folder.path("stunnel.conf")};
}

Command gnutls(const Place& place) {
  return {"gnutls-serv",    "--quiet",         "--http",        "--port",       place.port,
          "--x509certfile", place.pki.chain(), "--x509keyfile", place.pki.key()};
}

Command lighttpd(const Place& place, const std::string& module) {
  write_file(place.folder.path("lighttpd.conf"), "server.modules = (\"" + module + "\")\nserver.document-root = \"" +
                                                     place.folder.path("") +
                                                     "\"\nserver.bind = \"127.0.0.1\"\nserver.port = " + place.port +
                                                     "\nssl.engine = \"enable\"\nssl.pemfile = \"" + place.pki.chain() +
                                                     "\"\nssl.privkey = \"" + place.pki.key() + "\"\n");
  return {"lighttpd", "-D", "-f", place.folder.path("lighttpd.conf")};
}

Command caddy(const Place& place) {
  write_file(place.folder.path("Caddyfile"), "{\n  admin off\n  auto_https off\n  storage file_system " +
                                                 place.folder.path("caddy") + "\n}\nhttps://:" + place.port +
                                                 " {\n  bind 127.0.0.1\n  tls " + place.pki.chain() + " " +
                                                 place.pki.key() + "\n  respond 204\n}\n");
  return {"env",
          "XDG_CONFIG_HOME=" + place.folder.path(""),
          "XDG_DATA_HOME=" + place.folder.path(""),
          "caddy",
          "run",
          "--config",
          place.folder.path("Caddyfile"),
          "--adapter",
          "caddyfile"};
}

Command boring_ssl(const Place& place) {
  return {"bssl-tool",       "server", "-accept",       place.port, "-cert",
          place.pki.chain(), "-key",   place.pki.key(), "-loop",    "-www"};
}

Command node(const Place& place) {
  return {"node", "-e",
          "const fs=require('fs');require('https').createServer({cert:fs.readFileSync('" + place.pki.chain() +
              "'),key:fs.readFileSync('" + place.pki.key() + "')},(q,r)=>{r.statusCode=204;r.end()}).listen(" +
              place.port + ",'127.0.0.1')"};
}

Command java(const Place& place) {
  const std::string store = place.folder.path("store.p12");
  run({"openssl", "pkcs12", "-export", "-out", store, "-in", place.pki.chain(), "-inkey", place.pki.key(), "-passout",
       "pass:changeit"});
  write_file(place.folder.path("Serve.java"), R"(
import java.io.FileInputStream;
import java.net.InetAddress;
import java.security.KeyStore;
import javax.net.ssl.*;
public class Serve {
  public static void main(String[] a) throws Exception {
    char[] word = "changeit".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new FileInputStream(a[1]), word);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, word);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(
        Integer.parseInt(a[0]), 64, InetAddress.getByName("127.0.0.1"));
    for (;;) {
      SSLSocket peer = (SSLSocket) server.accept();
      new Thread(() -> {
        try { peer.startHandshake(); peer.getInputStream().read(); peer.close(); } catch (Exception e) { try { peer.close(); } catch (Exception f) { } }
      }).start();
    }
  }
}
)");
  return {"java", place.folder.path("Serve.java"), place.port, store};
}

Command coturn(const Place& place) {
  return {"turnserver",
          "-n",
          "--no-cli",
          "--no-udp",
          "--no-dtls",
          "--no-tcp",
          "--no-stdout-log",
          "--log-file",
          "/dev/null",
          "--listening-ip",
          "127.0.0.1",
          "--relay-ip",
          "127.0.0.1",
          "--tls-listening-port",
          place.port,
          "--listening-port",
          std::to_string(free_port()),
          "--cert",
          place.pki.chain(),
          "--pkey",
          place.pki.key(),
          "--pidfile",
          place.folder.path("pid"),
          "--userdb",
          place.folder.path("db"),
          "--realm",
          "example.jp",
          "--lt-cred-mech"};
}

struct Row {
  Stack stack;
  const char* name;
  Command (*command)(const Place&);
};

const Row& row_of(Stack stack) {
  static const auto rows = std::to_array<Row>({
      {Stack::Apache, "apache", apache},
      {Stack::Haproxy, "haproxy", haproxy},
      {Stack::Stunnel, "stunnel", stunnel},
      {Stack::Gnutls, "gnutls-serv", gnutls},
      {Stack::LighttpdOpenssl, "lighttpd, openssl", [](const Place& p) { return lighttpd(p, "mod_openssl"); }},
      {Stack::LighttpdNss, "lighttpd, nss", [](const Place& p) { return lighttpd(p, "mod_nss"); }},
      {Stack::LighttpdWolfssl, "lighttpd, wolfssl", [](const Place& p) { return lighttpd(p, "mod_wolfssl"); }},
      {Stack::LighttpdGnutls, "lighttpd, gnutls", [](const Place& p) { return lighttpd(p, "mod_gnutls"); }},
      {Stack::LighttpdMbedtls, "lighttpd, mbedtls", [](const Place& p) { return lighttpd(p, "mod_mbedtls"); }},
      {Stack::Caddy, "caddy", caddy},
      {Stack::BoringSsl, "bssl", boring_ssl},
      {Stack::Node, "node", node},
      {Stack::Java, "java", java},
      {Stack::Coturn, "coturn", coturn},
  });
  return rows.at(static_cast<std::size_t>(stack));
}

}  // namespace

std::span<const Stack> all_stacks() {
  static constexpr auto all =
      std::to_array<Stack>({Stack::Apache, Stack::Haproxy, Stack::Stunnel, Stack::Gnutls, Stack::LighttpdOpenssl,
                            Stack::LighttpdNss, Stack::LighttpdWolfssl, Stack::LighttpdGnutls, Stack::LighttpdMbedtls,
                            Stack::Caddy, Stack::BoringSsl, Stack::Node, Stack::Java, Stack::Coturn});
  return all;
}

std::string stack_name(Stack stack) { return row_of(stack).name; }

StackServer::StackServer(Stack stack, const Pki& pki) : port_(free_port()) {
  process_ = std::make_unique<Process>(row_of(stack).command({pki, folder_, std::to_string(port_)}));
  process_->wait_for_port(port_);
}

}  // namespace kenshin::lab
