#include "probes/base/target.h"

#include <arpa/inet.h>
#include <idn2.h>

#include <algorithm>
#include <array>
#include <charconv>

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

}  // namespace

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
  return (v6 ? "[" + target.name + "]" : target.name) + ":" + std::to_string(target.port);
}

Result<Target> parse_target(TargetKind kind, std::string_view text) {
  if (kind != TargetKind::Endpoint) return Target{kind, std::string(text), 0};
  const auto parts = split_host_port(text);
  if (!parts) return parts.error();
  const auto port = parse_port(parts->port);
  if (!port) return port.error();
  const auto host = canonical_host(parts->host);
  if (!host) return host.error();
  return Target{kind, *host, *port};
}

bool is_ip_literal(std::string_view text) {
  std::array<unsigned char, 16> address{};
  const std::string copy(text);
  return inet_pton(AF_INET, copy.c_str(), address.data()) == 1 ||
         inet_pton(AF_INET6, copy.c_str(), address.data()) == 1;
}

bool is_loopback_or_private(std::string_view text) {
  const std::string copy(text);
  std::array<unsigned char, 16> a{};
  if (inet_pton(AF_INET, copy.c_str(), a.data()) == 1)
    return a[0] == 127 || a[0] == 10 || (a[0] == 172 && (a[1] & 0xF0) == 16) || (a[0] == 192 && a[1] == 168) ||
           (a[0] == 169 && a[1] == 254);
  if (inet_pton(AF_INET6, copy.c_str(), a.data()) != 1) return false;
  const bool loopback = std::all_of(a.begin(), a.end() - 1, [](unsigned char b) { return b == 0; }) && a[15] == 1;
  return loopback || (a[0] & 0xFE) == 0xFC || (a[0] == 0xFE && (a[1] & 0xC0) == 0x80);
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
  if (!plain || out.starts_with('.') || out.starts_with('-') || out.find("..") != std::string::npos || out.size() > 253)
    return malformed("not a host name: " + one_line(name, 80));
  return out;
}

Result<AskedEndpoint> parse_endpoint(std::string_view text) {
  const std::string_view typed = text;
  if (text.starts_with("https://")) text.remove_prefix(8);
  else if (text.find("://") != std::string_view::npos)
    return malformed("only https:// URLs, HOST:PORT and NAME@ADDRESS:PORT are understood: " + one_line(typed, 80));
  if (const auto end = text.find_first_of("/?#"); end != std::string_view::npos) {
    if (text.size() == typed.size()) return malformed("a path needs https:// before the name: " + one_line(typed, 80));
    text = text.substr(0, end);
  }
  std::string_view name;
  if (const auto at = text.find('@'); at != std::string_view::npos) {
    name = text.substr(0, at);
    text = text.substr(at + 1);
    if (name.empty()) return malformed("a name is missing before '@': " + one_line(typed, 80));
  }
  const auto parts = split_host_port(text);
  if (!parts) return parts.error();
  const auto port = parts->port.empty() ? Result<std::uint16_t>(std::uint16_t{443}) : parse_port(parts->port);
  if (!port) return port.error();
  const auto host = canonical_host(parts->host);
  if (!host) return host.error();
  if (name.empty()) return AskedEndpoint{{TargetKind::Endpoint, *host, *port}, is_ip_literal(*host) ? *host : ""};
  if (!is_ip_literal(*host)) return malformed("an IP address is expected after '@': " + one_line(typed, 80));
  const auto asked = canonical_host(name);
  if (!asked) return asked.error();
  return AskedEndpoint{{TargetKind::Endpoint, *asked, *port}, *host};
}

}  // namespace kenshin
