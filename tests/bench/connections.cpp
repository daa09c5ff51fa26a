// How many connections and how much time a healthy endpoint costs: kenshin's TLS probe, and the scanners that are
// installed here, one after another against the same server. Prints a table; nothing passes or fails.
#include <chrono>
#include <cstdio>
#include <functional>

#include "probes/certificate/chain.h"
#include "probes/tls/tls.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace {

using namespace kenshin;

// Connections are counted by a relay in front of the server; a dialogue is one round trip of TCP and one of TLS.
void measure(const char* who, std::uint16_t server, const std::function<bool(std::uint16_t)>& scan) {
  const lab::Server relay(lab::relay(server));
  const auto start = std::chrono::steady_clock::now();
  if (!scan(relay.port())) return;
  const auto took = (std::chrono::steady_clock::now() - start) / std::chrono::milliseconds(1);
  std::printf("  %-12s %4d connections  %4d round trips  %6lld ms\n", who, relay.connections(), 2 * relay.connections(),
              static_cast<long long>(took));
}

bool ran(const std::vector<std::string>& command) { return lab::run(command).status != 127; }

void compare(const char* name, const lab::Pki& pki, std::uint16_t server) {
  std::printf("%s\n", name);
  measure("kenshin", server, [&](std::uint16_t port) {
    Session session = lab::session_with(pki);
    const Asked asked{{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"};
    observe_tls(asked, session);
    observe_certificate(asked, session);
    return true;
  });
  const auto at = [](std::uint16_t port) { return "127.0.0.1:" + std::to_string(port); };
  measure("sslscan", server, [&](std::uint16_t port) { return ran({"sslscan", "--no-colour", at(port)}); });
  measure("nmap", server, [&](std::uint16_t port) {
    return ran({"nmap", "-Pn", "-n", "--script", "+ssl-enum-ciphers", "-p", std::to_string(port), "127.0.0.1"});
  });
  measure("testssl", server, [&](std::uint16_t port) {
    return ran({"testssl", "--warnings", "off", "-p", "-E", at(port)});
  });
}

}  // namespace

int main() {
  const lab::Pki pki;
  const lab::Nginx usual(pki, {});
  compare("nginx, its defaults", pki, usual.port());
  const lab::Nginx modern(pki, {"TLSv1.2 TLSv1.3", "ECDHE+AESGCM:ECDHE+CHACHA20", ""});
  compare("nginx, TLS 1.2 and 1.3 with AEAD suites", pki, modern.port());
  const lab::Nginx old(pki, {"TLSv1 TLSv1.1 TLSv1.2 TLSv1.3", "ALL:COMPLEMENTOFALL:@SECLEVEL=0", ""});
  compare("nginx, everything it has", pki, old.port());
  return 0;
}
