#include "probes/place/ip_range.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <optional>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::uint64_t ipv4_low = 0xFFFF'0000'0000;
constexpr int shortest_prefix = 8;

Error malformed(std::string_view what, std::string_view text) {
  return {Error::Kind::Malformed, std::string(what) + ": " + one_line(text, 60)};
}

std::optional<std::uint64_t> number(std::string_view text, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty() || value > most) return std::nullopt;
  return value;
}

// The address with all bits behind the first `length` of 128 set.
IpAddress last_of(IpAddress address, int length) {
  if (length < 64) return {address.high | (~std::uint64_t{0} >> length), ~std::uint64_t{0}};
  if (length < 128) address.low |= ~std::uint64_t{0} >> (length - 64);
  return address;
}

struct SpecialRange {
  std::string_view prefix;
  AddressScope scope;
};

// IANA's special-purpose address registries (RFC 6890, RFC 5737, RFC 3849, RFC 9637, RFC 6598), multicast and reserved.
constexpr std::array<SpecialRange, 22> special = {{{"0.0.0.0/8", AddressScope::Special},
                                                   {"10.0.0.0/8", AddressScope::Private},
                                                   {"100.64.0.0/10", AddressScope::Private},
                                                   {"127.0.0.0/8", AddressScope::Loopback},
                                                   {"169.254.0.0/16", AddressScope::Private},
                                                   {"172.16.0.0/12", AddressScope::Private},
                                                   {"192.0.0.0/24", AddressScope::Special},
                                                   {"192.0.2.0/24", AddressScope::Documentation},
                                                   {"192.88.99.0/24", AddressScope::Special},
                                                   {"192.168.0.0/16", AddressScope::Private},
                                                   {"198.18.0.0/15", AddressScope::Special},
                                                   {"198.51.100.0/24", AddressScope::Documentation},
                                                   {"203.0.113.0/24", AddressScope::Documentation},
                                                   {"::1/128", AddressScope::Loopback},
                                                   {"fc00::/8", AddressScope::Private},
                                                   {"fd00::/8", AddressScope::Private},
                                                   {"fe80::/10", AddressScope::Private},
                                                   {"2001::/32", AddressScope::Special},
                                                   {"2001:2::/48", AddressScope::Special},
                                                   {"2001:db8::/32", AddressScope::Documentation},
                                                   {"2002::/16", AddressScope::Special},
                                                   {"3fff::/20", AddressScope::Documentation}}};

}  // namespace

Result<IpAddress> parse_ip(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> copy{};
  if (text.size() >= copy.size() || text.find('\0') != std::string_view::npos)
    return malformed("not an IP address", text);
  text.copy(copy.data(), text.size());
  std::array<unsigned char, 16> a{};
  if (inet_pton(AF_INET, copy.data(), a.data()) == 1) {
    std::uint64_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8 | a[static_cast<std::size_t>(i)];
    return IpAddress{0, ipv4_low | value};
  }
  if (inet_pton(AF_INET6, copy.data(), a.data()) != 1) return malformed("not an IP address", text);
  IpAddress out;
  for (std::size_t i = 0; i < 8; ++i) out.high = out.high << 8 | a[i];
  for (std::size_t i = 8; i < 16; ++i) out.low = out.low << 8 | a[i];
  return out;
}

bool is_ipv4(const IpAddress& address) { return address.high == 0 && (address.low >> 32) == 0xFFFF; }

std::string to_text(const IpAddress& address) {
  std::array<unsigned char, 16> a{};
  for (std::size_t i = 0; i < 8; ++i) {
    a[i] = static_cast<unsigned char>(address.high >> (56 - 8 * i));
    a[8 + i] = static_cast<unsigned char>(address.low >> (56 - 8 * i));
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (is_ipv4(address)) inet_ntop(AF_INET, a.data() + 12, text.data(), text.size());
  else inet_ntop(AF_INET6, a.data(), text.data(), text.size());
  return text.data();
}

std::string to_text(const IpRange& range) { return to_text(range.first) + "-" + to_text(range.last); }

Result<IpRange> parse_prefix(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return malformed("not a prefix", text);
  const auto first = parse_ip(text.substr(0, slash));
  if (!first) return first.error();
  const bool v4 = text.find(':') == std::string_view::npos;
  const auto length = number(text.substr(slash + 1), v4 ? 32 : 128);
  if (!length || *length < shortest_prefix) return malformed("not a prefix length", text);
  if (!v4 && is_ipv4(*first)) return malformed("IPv4 written as IPv6", text);
  const int bits = static_cast<int>(*length) + (v4 ? 96 : 0);
  const IpAddress behind = last_of({}, bits);
  if ((first->high & behind.high) != 0 || (first->low & behind.low) != 0)
    return malformed("bits are set behind the prefix", text);
  return IpRange{*first, last_of(*first, bits)};
}

Result<IpRange> parse_ip_range(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return malformed("not a range", text);
  const auto first = parse_ip(text.substr(0, dash));
  const auto last = parse_ip(text.substr(dash + 1));
  if (!first || !last || *last < *first || is_ipv4(*first) != is_ipv4(*last)) return malformed("not a range", text);
  return IpRange{*first, *last};
}

Result<IpRange> ipv4_run(std::string_view first, std::uint64_t count) {
  const auto from = parse_ip(first);
  if (!from || !is_ipv4(*from) || first.find(':') != std::string_view::npos)
    return malformed("not an IPv4 address", first);
  const std::uint64_t left = 0x1'0000'0000 - (from->low & 0xFFFF'FFFF);
  if (count == 0 || count > left || count > (std::uint64_t{1} << 24))
    return malformed("not a number of addresses from", first);
  return IpRange{*from, {0, from->low + count - 1}};
}

IpAddress next(IpAddress address) {
  if (++address.low == 0) ++address.high;
  return address;
}

IpAddress previous(IpAddress address) {
  if (address.low-- == 0) --address.high;
  return address;
}

AddressScope scope_of(const IpAddress& address) {
  for (const auto& row : special) {
    const auto range = parse_prefix(row.prefix);
    if (range && range->first <= address && address <= range->last) return row.scope;
  }
  if (is_ipv4(address))
    return (address.low & 0xE000'0000) == 0xE000'0000 ? AddressScope::Special : AddressScope::Public;
  return (address.high >> 61) == 1 ? AddressScope::Public : AddressScope::Special;  // 2000::/3, RFC 4291 2.4
}

}  // namespace kenshin
