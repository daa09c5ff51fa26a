// Servers that speak a protocol up to STARTTLS and go on inside TLS: enough of each to be scanned, and to be wrong in
// the ways that matter. Proxies, too.
#pragma once

#include <string>

#include "probes/base/target.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin::lab {

// What happens to commands that come in one segment with STARTTLS.
enum class Leftover {
  Dropped,   // mended: forgotten
  Executed,  // vulnerable: answered inside TLS
  TakenForTls,
  Refused,  // mended: STARTTLS itself is refused
  Dies,     // mended: closes instead of an answer
};

struct StarttlsWish {
  Protocol protocol = Protocol::Smtp;
  Leftover leftover = Leftover::Dropped;
  bool offers = true;         // otherwise STARTTLS is refused
  std::string greeting = {};  // instead of the usual one; empty: the usual one
  bool confused = false;      // inside TLS, every line is answered as one it does not know
};

// One server for any of the protocols, with the certificate of the Pki.
Behaviour starttls(const StarttlsWish&, const Pki&);

// A SOCKS 5 proxy that connects where it is asked; with a user, it demands user and password.
Behaviour socks5_proxy(std::string user = {}, std::string password = {});
// Answers CONNECT with that status line's code, after `before`; connects where it is 200.
Behaviour connect_proxy(int status = 200, std::string before = {});

}  // namespace kenshin::lab
