// What an endpoint says over HTTP, with TLS and without. Of the headers these are kept: strict-transport-security,
// content-security-policy, cache-control, x-content-type-options, x-frame-options, referrer-policy, permissions-policy,
// server, location, content-type.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/probe.h"
#include "probes/web/facts.h"

namespace kenshin {

// HttpSecure and HttpPlain. Nothing for an endpoint whose protocol is not HTTP (STARTTLS; the registered TLS ports of
// mail, directory, TURN and the like).
std::vector<Observation> observe_http(const Asked&, Session&);

bool speaks_http(const Target&);

// Where the endpoint's service would be met without TLS: what was declared, or port 80 of a port 443. `address` is
// empty where the declared name is another and must be looked up.
struct PlainPlace {
  std::string host;
  std::uint16_t port = 80;
  std::string address;
  friend bool operator==(const PlainPlace&, const PlainPlace&) = default;
};
std::optional<PlainPlace> plain_place(const Asked&);

}  // namespace kenshin
