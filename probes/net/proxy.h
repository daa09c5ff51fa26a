// Through somebody else's door: SOCKS 5 (RFC 1928, RFC 1929) and HTTP CONNECT (RFC 9110 9.3.6).
#pragma once

#include <string>
#include <string_view>

#include "probes/net/dialogue.h"
#include "probes/session.h"

namespace kenshin {

struct Proxy {
  enum class Kind { Socks5, Http };
  Kind kind = Kind::Socks5;
  std::string host;  // a name or an IP literal
  std::uint16_t port = 0;
  std::string user, password;  // both empty: none
};

// "socks5://[USER:PASSWORD@]HOST:PORT" or "http://[USER:PASSWORD@]HOST:PORT"; %XX in the credentials is decoded.
// Errors: Malformed.
Result<Proxy> parse_proxy(std::string_view);

// Where session.proxy listens, looked up once for the process; a failed look-up is asked again after half a minute.
// Errors: Unreachable, "proxy: ...".
Result<std::string> address_of_proxy(const Proxy&, const Session&);

// A connection to the address, made by session.proxy. What the proxy could not do is Unreachable, Refused (its word for
// it) or Denied, never a reset or silence of the address; the detail opens with "proxy".
Result<Socket> connect_through_proxy(const std::string& address, std::uint16_t port, const Session&, Deadline);

// RFC 1928 3 (method), RFC 1929 2 (status), RFC 1928 6 (reply; the text of a No is its code).
Step hear_socks_method(Bytes);
Step hear_socks_password(Bytes);
Step hear_socks_reply(Bytes);

}  // namespace kenshin
