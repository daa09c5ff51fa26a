// A small country database in MMDB form, written here: one record of 24 bits a node side, IPv6 tree, IPv4 under ::/96.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "probes/place/ip_range.h"

namespace kenshin::test {

class CountryDatabase {
 public:
  CountryDatabase() : nodes_(1, {0, 0}) {}

  // Every address whose first `length` bits (of 128, or of 32 for IPv4) are those of `address` stands in that country.
  CountryDatabase& place(const std::string& address, int length, const std::string& country) {
    IpAddress bits = *parse_ip(address);
    if (is_ipv4(bits)) bits.low &= 0xFFFF'FFFF, length += 96;
    std::size_t node = 0;
    for (int i = 0; i < length; ++i) {
      const std::uint64_t half = i < 64 ? bits.high : bits.low;
      const auto side = static_cast<std::size_t>(half >> (63 - i % 64) & 1U);
      if (i + 1 == length) nodes_[node][side] = -static_cast<int>(add(country)) - 1;
      else if (nodes_[node][side] <= 0) {
        nodes_.push_back({0, 0});
        nodes_[node][side] = static_cast<int>(nodes_.size()) - 1;
        node = nodes_.size() - 1;
      } else node = static_cast<std::size_t>(nodes_[node][side]);
    }
    return *this;
  }

  // `built`: seconds since 1970.
  std::string bytes(std::uint32_t built) const {
    std::string out;
    const auto count = static_cast<std::uint32_t>(nodes_.size());
    for (const auto& node : nodes_)
      for (const int side : node) {
        std::uint32_t value = count;  // nothing is known
        if (side > 0) value = static_cast<std::uint32_t>(side);
        if (side < 0) value = count + 16 + offsets_[static_cast<std::size_t>(-side - 1)];
        for (const int shift : {16, 8, 0}) out += static_cast<char>(value >> shift & 0xFF);
      }
    out += std::string(16, '\0') + data_ + "\xAB\xCD\xEFMaxMind.com";
    const std::vector<std::pair<std::string, std::string>> metadata = {{"binary_format_major_version", number(5, 2)},
                                                                       {"binary_format_minor_version", number(5, 0)},
                                                                       {"build_epoch", number(9, built)},
                                                                       {"database_type", text("Test-Country")},
                                                                       {"description", map({})},
                                                                       {"ip_version", number(5, 6)},
                                                                       {"languages", std::string("\x00\x04", 2)},
                                                                       {"node_count", number(6, count)},
                                                                       {"record_size", number(5, 24)}};
    return out + map(metadata);
  }

 private:
  static std::string text(const std::string& value) { return static_cast<char>(0x40 | value.size()) + value; }
  // Types above 7 have their number in a second byte (9: unsigned, 64 bits).
  static std::string number(int type, std::uint32_t value) {
    std::string digits;
    for (const int shift : {24, 16, 8, 0})
      if (!digits.empty() || (value >> shift) != 0) digits += static_cast<char>(value >> shift & 0xFF);
    const auto size = static_cast<int>(digits.size());
    const std::string head = type > 7 ? std::string{static_cast<char>(size), static_cast<char>(type - 7)}
                                      : std::string(1, static_cast<char>(type << 5 | size));
    return head + digits;
  }
  static std::string map(const std::vector<std::pair<std::string, std::string>>& members) {
    std::string out(1, static_cast<char>(7 << 5 | static_cast<int>(members.size())));
    for (const auto& [name, value] : members) out += text(name) + value;
    return out;
  }
  std::size_t add(const std::string& country) {
    offsets_.push_back(static_cast<std::uint32_t>(data_.size()));
    data_ += map({{"country", map({{"iso_code", text(country)}})}});
    return offsets_.size() - 1;
  }

  std::vector<std::array<int, 2>> nodes_;  // positive: a node; negative: -1 - the entry; 0: nothing
  std::vector<std::uint32_t> offsets_;
  std::string data_;
};

}  // namespace kenshin::test
