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

// Whether an answer of that status says nothing of what is there: about the moment (too slow, too early, too often, out
// of order: RFC 9110 15.5.9, 15.6; RFC 8470 5.2; RFC 6585 4), or by somebody before the service or to somebody else
// than its users: a wall that forbids us, a proxy, a server that is asked for another (RFC
// 9110 15.5.4, 15.5.8, 15.5.20).
constexpr bool leaves_undecided(int status) {
  return status == 408 || status == 425 || status == 429 || status >= 500 || status == 403 || status == 407 ||
         status == 421;
}

// Where the endpoint's service would be met without TLS: what was declared, or port 80 of a port 443. `address` is
// empty where the declared name is another and must be looked up.
struct PlainPlace {
  std::string host;
  std::uint16_t port = 80;
  std::string address;
  friend bool operator==(const PlainPlace&, const PlainPlace&) = default;
};
std::optional<PlainPlace> plain_place(const Asked&);

// Whether the address takes a connection to the target's own port now: the control of a refusal by another port of it,
// which a wall that keeps us out gives, too. One connection, where no proxy stands between and the address is the
// target's; else no control is possible.
bool still_lets_in(const Asked&, const std::string& address, const Session&);

}  // namespace kenshin
