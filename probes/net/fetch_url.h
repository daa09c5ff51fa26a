// One HTTP exchange through libcurl, for whoever reads pages, responders and lists: bounded in time and size, past the
// environment's proxies, and never to a private address that a foreign text named. Behind the session's own proxy that
// holds for addresses written out and for localhost alone: what another name resolves to there, only the proxy knows.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "probes/base/bytes.h"
#include "probes/session.h"

namespace kenshin {

struct UrlRequest {
  std::string url;                   // http or https
  std::string method = "GET";        // "HEAD" has no body in its answer
  std::string content_type;          // of `body`; empty: none sent
  Buffer body;                       // sent where the method is POST or PUT
  std::vector<std::string> headers;  // more request headers: "Accept-Encoding: br"
  std::string address;               // connect to this IP literal whatever the name resolves to; empty: resolve
  std::size_t max_size = 1024 * 1024;
  int follow = 0;              // redirects to follow, http and https alone
  bool allow_private = false;  // loopback and private addresses may be asked; always so for `address`
  bool http_only = false;      // https is refused, for redirects too
  bool https_only = false;     // http is refused, for redirects too
  bool verify = false;         // of https: the server must prove its name, by the system's roots or those of `ca_file`
  std::string ca_file;         // PEM; empty: the system's
};

struct HttpReply {
  int status = 0;
  std::string url;                                           // that answered
  std::string address;                                       // that was asked
  std::vector<std::pair<std::string, std::string>> headers;  // of the last answer; names in lower case, foreign text
  Buffer body;                                               // its first max_size bytes, not decoded
  bool truncated = false;                                    // there was more

  // The value of the first header of that name (lower case); nullptr where none came.
  const std::string* header(std::string_view name) const;
};

// Whatever status the server gives is a reply. Certificates of https are verified only where `verify` says so: those of
// endpoints are the certificate probe's matter. All of it ends within session.timeout. Errors: Timeout, Refused, Reset,
// Closed, Unreachable, Absent (no such name), Malformed (no HTTP, no such URL), NotTls (a certificate that does not
// verify), Denied (an address or scheme that may not be asked).
Result<HttpReply> fetch_url(const UrlRequest&, const Session&);

}  // namespace kenshin
