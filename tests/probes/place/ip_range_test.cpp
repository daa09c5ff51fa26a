#include "probes/place/ip_range.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

TEST(IpAddresses, AreReadAndWrittenInBothFamilies) {
  for (const char* text : {"192.0.2.1", "0.0.0.0", "255.255.255.255", "2001:db8::1", "::1", "::"})
    EXPECT_EQ(to_text(*parse_ip(text)), text);
  EXPECT_TRUE(is_ipv4(*parse_ip("192.0.2.1")));
  EXPECT_EQ(*parse_ip("::ffff:192.0.2.1"), *parse_ip("192.0.2.1"));
  for (const char* text : {"", "192.0.2", "192.0.2.256", "2001:db8::g", "[::1]", "192.0.2.1/24", "localhost"})
    EXPECT_FALSE(parse_ip(text)) << text;
  EXPECT_LT(*parse_ip("192.0.2.9"), *parse_ip("192.0.2.10"));
  EXPECT_EQ(next(*parse_ip("192.0.2.255")), *parse_ip("192.0.3.0"));
  EXPECT_EQ(previous(*parse_ip("2001:db8:0:1::")), *parse_ip("2001:db8::ffff:ffff:ffff:ffff"));
}

TEST(Prefixes, AreRangesOfAllTheyHold) {
  EXPECT_EQ(to_text(*parse_prefix("192.0.2.0/24")), "192.0.2.0-192.0.2.255");
  EXPECT_EQ(to_text(*parse_prefix("192.0.2.1/32")), "192.0.2.1-192.0.2.1");
  EXPECT_EQ(to_text(*parse_prefix("2001:db8::/32")), "2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff");
  EXPECT_EQ(to_text(*parse_prefix("2001:db8::/64")), "2001:db8::-2001:db8::ffff:ffff:ffff:ffff");
  EXPECT_EQ(to_text(*parse_prefix("2001:db8::1/128")), "2001:db8::1-2001:db8::1");
}

TEST(Prefixes, WithBitsBehindThemOrTooWideAreRefused) {
  for (const char* text : {"192.0.2.1/24", "2001:db8::1/64", "0.0.0.0/0", "::/0", "192.0.2.0/33", "192.0.2.0/",
                           "192.0.2.0", "192.0.2.0/-1", "::ffff:192.0.2.0/120", "192.0.2.0/2 4"})
    EXPECT_FALSE(parse_prefix(text)) << text;
}

TEST(Ranges, OfOneFamilyAndInOrderAreRead) {
  EXPECT_EQ(to_text(*parse_ip_range("192.0.2.3-192.0.2.9")), "192.0.2.3-192.0.2.9");
  for (const char* text : {"192.0.2.9-192.0.2.3", "192.0.2.3-2001:db8::1", "192.0.2.3", "-", ""})
    EXPECT_FALSE(parse_ip_range(text)) << text;
  EXPECT_EQ(to_text(*ipv4_run("192.0.2.0", 768)), "192.0.2.0-192.0.4.255");
  for (const std::uint64_t count : {std::uint64_t{0}, std::uint64_t{1} << 33})
    EXPECT_FALSE(ipv4_run("192.0.2.0", count));
  EXPECT_FALSE(ipv4_run("255.255.255.255", 2));
  EXPECT_FALSE(ipv4_run("2001:db8::", 1));
}

TEST(Scope, TellsWhatAnAddressIsFor) {
  for (const char* text : {"127.0.0.1", "::1", "127.255.255.255", "::ffff:127.0.0.1"})
    EXPECT_EQ(scope_of(*parse_ip(text)), AddressScope::Loopback) << text;
  for (const char* text : {"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.0.1", "100.64.0.1",
                           "fd00::1", "fc00::1", "fe80::1"})
    EXPECT_EQ(scope_of(*parse_ip(text)), AddressScope::Private) << text;
  for (const char* text : {"192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"})
    EXPECT_EQ(scope_of(*parse_ip(text)), AddressScope::Documentation) << text;
  for (const char* text : {"0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "ff02::1", "64:ff9b::1", "198.18.0.1"})
    EXPECT_EQ(scope_of(*parse_ip(text)), AddressScope::Special) << text;
  for (const char* text : {"172.32.0.1", "11.0.0.1", "223.255.255.255", "2400::1", "2001:4860::1"})
    EXPECT_EQ(scope_of(*parse_ip(text)), AddressScope::Public) << text;
}

}  // namespace
}  // namespace kenshin
