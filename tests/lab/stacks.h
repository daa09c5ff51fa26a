// The TLS stacks of Debian behind the servers people run, each on loopback as packaged, with a certificate of the small
// authority: for comparing what kenshin sees with what another client can do.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "tests/lab/peers.h"

namespace kenshin::lab {

enum class Stack {
  Apache,
  Haproxy,
  Stunnel,
  Gnutls,
  LighttpdOpenssl,
  LighttpdNss,
  LighttpdWolfssl,
  LighttpdGnutls,
  LighttpdMbedtls,
  Caddy,      // Go
  BoringSsl,  // serves one connection after another
  Node,
  Java,  // JSSE
  Coturn,
};

std::span<const Stack> all_stacks();
std::string stack_name(Stack);

// With the settings it has by itself. Throws where the program is not installed or does not start.
class StackServer {
 public:
  StackServer(Stack, const Pki&);
  std::uint16_t port() const { return port_; }

 private:
  Folder folder_;
  std::uint16_t port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace kenshin::lab
