// IP addresses as numbers, and runs of them. IPv4 lives in ::ffff:0:0/96 (RFC 4291 2.5.5.2), so that one order holds
// for both families.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "probes/base/result.h"

namespace kenshin {

struct IpAddress {
  std::uint64_t high = 0, low = 0;
  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;
};

struct IpRange {
  IpAddress first, last;  // both belong to it
  friend auto operator<=>(const IpRange&, const IpRange&) = default;
};

// A literal without brackets, zone or port.
Result<IpAddress> parse_ip(std::string_view);
std::string to_text(const IpAddress&);
std::string to_text(const IpRange&);  // "FIRST-LAST"

// "192.0.2.0/24", "2001:db8::/32". Malformed where bits behind the prefix are set, or it is wider than a /8: nobody
// holds that much, and a slip of the pen must not place half the Internet.
Result<IpRange> parse_prefix(std::string_view);
// "FIRST-LAST" of one family, in order.
Result<IpRange> parse_ip_range(std::string_view);
// `count` IPv4 addresses from `first`, as delegated files say it: not always a power of two.
Result<IpRange> ipv4_run(std::string_view first, std::uint64_t count);

bool is_ipv4(const IpAddress&);
IpAddress next(IpAddress);
IpAddress previous(IpAddress);

// What the address is for (RFC 6890 and its registry): only Public ones stand anywhere in the world.
enum class AddressScope { Public, Loopback, Private, Documentation, Special };
AddressScope scope_of(const IpAddress&);

}  // namespace kenshin
