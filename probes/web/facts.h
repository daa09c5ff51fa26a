// What an endpoint says over HTTP (RFC 9110, RFC 6797, RFC 6265): headers as sent, foreign text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/tls/facts.h"

namespace kenshin {

struct Cookie {
  std::string name;
  bool secure = false, http_only = false;
  std::string same_site;  // as written; empty: none
  friend bool operator==(const Cookie&, const Cookie&) = default;
};

// The answer to GET / over TLS, redirects not followed.
struct HttpSecure {
  static constexpr std::string_view name = "http.secure";
  int status = 0;
  std::map<std::string, std::string> headers;  // lower-case names; those probes/web/http.h lists
  std::vector<Cookie> cookies;
  // Content-Encodings it answers with: one when all of gzip, deflate, br and zstd are asked for, one more when the rest
  // are.
  std::vector<std::string> encodings;
  std::size_t body_size = 0;  // bytes of the body as sent, as far as it was read
  friend bool operator==(const HttpSecure&, const HttpSecure&) = default;
};

// The answer to GET / on the plain port.
struct HttpPlain {
  static constexpr std::string_view name = "http.plain";
  Decided answers;                            // "no": nobody listens there
  int status = 0;                             // 0: it does not answer
  std::string location;                       // of a redirect
  Decided upgrades;                           // to TLS on the same port (RFC 2817)
  std::optional<std::size_t> body_size = {};  // bytes of the body, as far as it was read; nothing: not recorded
  friend bool operator==(const HttpPlain&, const HttpPlain&) = default;
};

}  // namespace kenshin
