#include "probes/base/target.h"

#include <arpa/inet.h>
#include <idn2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <initializer_list>

#include "probes/base/text.h"

namespace kenshin {

namespace {

Error malformed(std::string detail) { return {Error::Kind::Malformed, std::move(detail)}; }

Result<std::uint16_t> parse_port(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value == 0 || value > 65535)
    return malformed("not a port: " + one_line(text, 40));
  return static_cast<std::uint16_t>(value);
}

struct HostPort {
  std::string_view host, port;  // port is empty where none was given
};

// "host:port", "[v6]:port", "host", "[v6]", or a bare IPv6 literal.
Result<HostPort> split_host_port(std::string_view text) {
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return malformed("'[' without ']': " + one_line(text, 80));
    const std::string_view after = text.substr(close + 1);
    if (!after.empty() && !after.starts_with(':')) return malformed("expected :PORT after ']': " + one_line(text, 80));
    return HostPort{text.substr(1, close - 1), after.empty() ? after : after.substr(1)};
  }
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos) return HostPort{text, {}};
  if (colon + 1 == text.size()) return malformed("a port is missing after ':': " + one_line(text, 80));
  return HostPort{text.substr(0, colon), text.substr(colon + 1)};
}

struct Scheme {
  std::string_view name;
  Protocol protocol;
  std::uint16_t port;         // IANA "Service Name and Transport Protocol Port Number Registry"; 0: none of its own
  bool has_authority = true;  // "//" stands before the name
};

// The first row of a protocol is the one that is written.
constexpr auto schemes = std::to_array<Scheme>({
    {"smtp", Protocol::Smtp, 25},
    {"lmtp", Protocol::Lmtp, 0},  // RFC 2033 5: any but 25
    {"imap", Protocol::Imap, 143},
    {"pop3", Protocol::Pop3, 110},
    {"ftp", Protocol::Ftp, 21},
    {"ldap", Protocol::Ldap, 389},
    {"xmpp", Protocol::Xmpp, 5222},
    {"postgres", Protocol::Postgres, 5432},
    {"postgresql", Protocol::Postgres, 5432},
    {"mysql", Protocol::Mysql, 3306},
    {"sieve", Protocol::Sieve, 4190},
    {"nntp", Protocol::Nntp, 119},
    {"rdp", Protocol::Rdp, 3389},
    {"https", Protocol::Tls, 443},
    {"wss", Protocol::Tls, 443},
    {"smtps", Protocol::Tls, 465},
    {"imaps", Protocol::Tls, 993},
    {"pop3s", Protocol::Tls, 995},
    {"ftps", Protocol::Tls, 990},
    {"ldaps", Protocol::Tls, 636},
    {"nntps", Protocol::Tls, 563},
    {"turns", Protocol::Tls, 5349, false},  // RFC 7065 3.1
    {"stuns", Protocol::Tls, 5349, false},  // RFC 7064 3.1
});

const Scheme* scheme_named(std::string_view name) {
  const std::string known = lower_ascii(name);
  const auto found = std::find_if(schemes.begin(), schemes.end(), [&](const Scheme& s) { return s.name == known; });
  return found == schemes.end() ? nullptr : &*found;
}

// Takes "scheme://", or "turns:" and its like, off the text; nullptr where there is none. Errors: an unknown one.
Result<const Scheme*> take_scheme(std::string_view& text) {
  const std::string_view typed = text;
  if (const auto end = text.find("://"); end != std::string_view::npos) {
    const Scheme* scheme = scheme_named(text.substr(0, end));
    if (scheme == nullptr)
      return malformed("https://, smtp://, turns: and their like, HOST:PORT and NAME@ADDRESS:PORT are understood: " +
                       one_line(typed, 80));
    text.remove_prefix(end + 3);
    return scheme;
  }
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return static_cast<const Scheme*>(nullptr);
  const Scheme* scheme = scheme_named(text.substr(0, colon));
  const std::string_view after = text.substr(colon + 1);
  // "turns:443" is a host of that name.
  if (scheme == nullptr || scheme->has_authority || after.find_first_not_of("0123456789") == std::string_view::npos)
    return static_cast<const Scheme*>(nullptr);
  text = after;
  return scheme;
}

Result<Target> parse_host_port(std::string_view text, std::uint16_t default_port) {
  const auto parts = split_host_port(text);
  if (!parts) return parts.error();
  const bool may_default = parts->port.empty() && default_port != 0;
  const auto port = may_default ? Result<std::uint16_t>(default_port) : parse_port(parts->port);
  if (!port) return port.error();
  const auto host = canonical_host(parts->host);
  if (!host) return host.error();
  return Target{TargetKind::Endpoint, *host, *port};
}

using Ipv4 = std::array<std::uint8_t, 4>;
using Ipv6 = std::array<std::uint8_t, 16>;

// RFC 6761 6.3 (and what /etc/hosts of some systems adds), RFC 6762 3, RFC 8375, and a top level that is kept private.
constexpr std::string_view inside_names[] = {".localhost", ".localdomain", ".localdomain6",
                                             ".local",     ".home.arpa",   ".internal"};

// Besides what is private: this host (RFC 1122 3.2.1.3), shared (RFC 6598), IETF's own (RFC 6890), multicast and
// reserved.
bool leads_inside(const Ipv4& a) {
  return a[0] == 0 || a[0] == 127 || a[0] == 10 || (a[0] == 172 && (a[1] & 0xF0) == 16) ||
         (a[0] == 192 && a[1] == 168) || (a[0] == 169 && a[1] == 254) || (a[0] == 100 && (a[1] & 0xC0) == 64) ||
         (a[0] == 192 && a[1] == 0 && a[2] == 0) || a[0] >= 224;
}

bool leads_inside(const Ipv6& a) {
  const auto begins = [&](std::initializer_list<std::uint8_t> with) {
    return std::equal(with.begin(), with.end(), a.begin());
  };
  const auto ipv4_at = [&](std::size_t at) { return leads_inside(Ipv4{a[at], a[at + 1], a[at + 2], a[at + 3]}); };
  if (begins({0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0})) return ipv4_at(12);  // RFC 6052 2.1
  if (begins({0x20, 0x02})) return ipv4_at(2);                                    // RFC 3056 2
  // Loopback, IPv4-mapped and -compatible (RFC 4291 2.5.5), and the local prefix of RFC 8215; unique local, link-local,
  // site-local, multicast.
  return a[0] == 0 || (a[0] & 0xFE) == 0xFC || (a[0] == 0xFE && (a[1] & 0x80) != 0) || a[0] == 0xFF;
}

}  // namespace

std::string_view protocol_name(Protocol protocol) {
  if (protocol == Protocol::Tls) return "tls";
  return std::find_if(schemes.begin(), schemes.end(), [&](const Scheme& s) { return s.protocol == protocol; })->name;
}

std::string_view target_kind_name(TargetKind kind) {
  switch (kind) {
    case TargetKind::Endpoint: return "endpoint";
    case TargetKind::Domain: return "domain";
    case TargetKind::Host: return "host";
    case TargetKind::Clinic: return "clinic";
  }
  return "clinic";
}

std::string target_text(const Target& target) {
  if (target.kind != TargetKind::Endpoint) return target.name;
  const bool v6 = target.name.find(':') != std::string::npos;
  const std::string scheme =
      target.protocol == Protocol::Tls ? std::string() : std::string(protocol_name(target.protocol)) + "://";
  return scheme + (v6 ? "[" + target.name + "]" : target.name) + ":" + std::to_string(target.port);
}

Result<Target> parse_target(TargetKind kind, std::string_view text) {
  if (kind != TargetKind::Endpoint) return Target{kind, std::string(text), 0};
  Protocol protocol = Protocol::Tls;
  if (const auto end = text.find("://"); end != std::string_view::npos) {
    const Scheme* scheme = scheme_named(text.substr(0, end));
    if (scheme == nullptr || scheme->protocol == Protocol::Tls) return malformed("no target: " + one_line(text, 80));
    protocol = scheme->protocol;
    text.remove_prefix(end + 3);
  }
  auto target = parse_host_port(text, 0);
  if (target) target->protocol = protocol;
  return target;
}

bool is_ip_literal(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return false;  // what follows it would not be looked at
  std::array<unsigned char, 16> address{};
  const std::string copy(text);
  return inet_pton(AF_INET, copy.c_str(), address.data()) == 1 ||
         inet_pton(AF_INET6, copy.c_str(), address.data()) == 1;
}

bool is_loopback_or_private(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return false;
  const std::string copy(text);
  std::array<unsigned char, 16> a{};
  if (inet_pton(AF_INET, copy.c_str(), a.data()) == 1)
    return a[0] == 127 || a[0] == 10 || (a[0] == 172 && (a[1] & 0xF0) == 16) || (a[0] == 192 && a[1] == 168) ||
           (a[0] == 169 && a[1] == 254);
  if (inet_pton(AF_INET6, copy.c_str(), a.data()) != 1) return false;
  const bool loopback = std::all_of(a.begin(), a.end() - 1, [](unsigned char b) { return b == 0; }) && a[15] == 1;
  return loopback || (a[0] & 0xFE) == 0xFC || (a[0] == 0xFE && (a[1] & 0xC0) == 0x80);
}

bool leads_inside(std::string_view host) {
  std::string name = lower_ascii(host);
  while (name.ends_with('.')) name.pop_back();
  if (name.empty() || name.find('\0') != std::string::npos) return true;
  Ipv6 v6{};
  if (inet_pton(AF_INET6, name.substr(0, name.find('%')).c_str(), v6.data()) == 1) return leads_inside(v6);
  in_addr read{};  // "127.1" and "0x7f000001", too
  if (inet_aton(name.c_str(), &read) != 0) {
    Ipv4 v4{};
    std::memcpy(v4.data(), &read, v4.size());
    return leads_inside(v4);
  }
  // A name of one label is looked up in this network first.
  return name.find('.') == std::string::npos || std::any_of(std::begin(inside_names), std::end(inside_names),
                                                            [&](std::string_view one) { return name.ends_with(one); });
}

Result<std::string> canonical_host(std::string_view name) {
  if (is_ip_literal(name)) return lower_ascii(name);
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.empty()) return malformed("a host name is missing");
  if (name.find_first_not_of("0123456789.") == std::string_view::npos)
    return malformed("not an IPv4 address: " + one_line(name, 80));
  char* ascii = nullptr;
  const std::string copy(name);
  const int code = copy.find('\0') == std::string::npos
                       ? idn2_to_ascii_8z(copy.c_str(), &ascii, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT)
                       : IDN2_DISALLOWED;
  if (code != IDN2_OK) return malformed("not a host name: " + one_line(name, 80) + " (" + idn2_strerror(code) + ")");
  std::string out = lower_ascii(ascii);
  idn2_free(ascii);
  const bool plain = std::all_of(out.begin(), out.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
  });
  // What was left out or mapped must not leave nothing, or a number that is no address.
  const bool number = out.find_first_not_of("0123456789.") == std::string::npos && !is_ip_literal(out);
  if (!plain || number || out.starts_with('.') || out.ends_with('.') || out.starts_with('-') ||
      out.find("..") != std::string::npos || out.size() > 253)
    return malformed("not a host name: " + one_line(name, 80));
  return out;
}

Result<AskedEndpoint> parse_endpoint(std::string_view text) {
  const std::string_view typed = text;
  const auto taken = take_scheme(text);
  if (!taken) return taken.error();
  const Scheme scheme = *taken == nullptr ? Scheme{{}, Protocol::Tls, 443} : **taken;
  if (const auto end = text.find_first_of("/?#"); end != std::string_view::npos) {
    if (*taken == nullptr) return malformed("a path needs https:// before the name: " + one_line(typed, 80));
    text = text.substr(0, end);
  }
  std::string_view name;
  const auto at = text.find('@');
  if (at != std::string_view::npos) {
    name = text.substr(0, at);
    text = text.substr(at + 1);
    if (name.empty()) return malformed("a name is missing before '@': " + one_line(typed, 80));
  }
  auto target = parse_host_port(text, scheme.port);
  if (!target) return target.error();
  target->protocol = scheme.protocol;
  if (at == std::string_view::npos) return AskedEndpoint{*target, is_ip_literal(target->name) ? target->name : ""};
  if (!is_ip_literal(target->name)) return malformed("an IP address is expected after '@': " + one_line(typed, 80));
  const auto asked = canonical_host(name);
  if (!asked) return asked.error();
  return AskedEndpoint{{TargetKind::Endpoint, *asked, target->port, target->protocol}, target->name};
}

Result<std::string> parse_plain_http(std::string_view text) {
  constexpr std::string_view scheme = "http://";
  if (!lower_ascii(text.substr(0, scheme.size())).starts_with(scheme))
    return malformed("http://NAME or http://NAME:PORT is expected: " + one_line(text, 80));
  const std::string_view rest = text.substr(scheme.size());
  const auto end = rest.find('/');
  if (end != std::string_view::npos && end + 1 != rest.size())
    return malformed("no path is expected after the name: " + one_line(text, 80));
  const auto target = parse_host_port(rest.substr(0, end), 80);
  if (!target) return target.error();
  return std::string(scheme) + target_text(*target);
}

}  // namespace kenshin
