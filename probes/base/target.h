// What the user declared. The address that was asked belongs to the observation, not to the target.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "probes/base/result.h"

namespace kenshin {

enum class TargetKind { Endpoint, Domain, Host, Clinic };  // Clinic carries what belongs to no single target

std::string_view target_kind_name(TargetKind);  // "endpoint" ...

// How TLS is reached at an endpoint: at once, or after the STARTTLS opening of a protocol (probes/net/door.h).
enum class Protocol { Tls, Smtp, Lmtp, Imap, Pop3, Ftp, Ldap, Xmpp, Postgres, Mysql, Sieve, Nntp, Rdp };

std::string_view protocol_name(Protocol);  // its URL scheme: "smtp" ...; "tls"

struct Target {
  TargetKind kind = TargetKind::Clinic;
  std::string name;        // host name (A-label, lower case, no final dot), IP literal without brackets, label
  std::uint16_t port = 0;  // endpoints only
  Protocol protocol = Protocol::Tls;
  friend auto operator<=>(const Target&, const Target&) = default;
};

// "tele.example.jp:443", "[2001:db8::1]:443", "smtp://mail.example.jp:587", "example.jp", "受付PC-1": the `name` in
// JSON.
std::string target_text(const Target&);
Result<Target> parse_target(TargetKind, std::string_view text);

bool is_ip_literal(std::string_view);
bool is_loopback_or_private(std::string_view address);  // what is so may be tested without a permission
// Whether a foreign text that names this host (an address in any form that this system reads, or a name) may lead into
// this machine or this network rather than to the Internet. More than the above, for it only ever forbids.
bool leads_inside(std::string_view host);

// An endpoint as typed: https://NAME[:PORT][/...], NAME:PORT, NAME, NAME@ADDRESS:PORT, [IPv6]:PORT; smtp:// and the
// other STARTTLS protocols; wss://, imaps:// and their like, turns:NAME (RFC 7065), stuns:NAME (RFC 7064), which are
// TLS from the first byte. The port defaults to the scheme's, without one to 443. `address` is empty unless one was
// given. IDN is turned into A-labels.
struct AskedEndpoint {
  Target target;
  std::string address;
  std::string plain_http = {};  // "http://NAME:PORT": the same service without TLS; empty: not declared
  friend auto operator<=>(const AskedEndpoint&, const AskedEndpoint&) = default;
};
Result<AskedEndpoint> parse_endpoint(std::string_view text);

// "http://NAME[:PORT][/]" with the port written out and the name in canonical form.
Result<std::string> parse_plain_http(std::string_view text);

// A host name in the form used everywhere inside: lower case A-labels, no final dot. IP literals pass unchanged.
Result<std::string> canonical_host(std::string_view name);

}  // namespace kenshin
