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

struct Target {
  TargetKind kind = TargetKind::Clinic;
  std::string name;        // host name (A-label, lower case, no final dot), IP literal without brackets, label
  std::uint16_t port = 0;  // endpoints only
  friend auto operator<=>(const Target&, const Target&) = default;
};

// "tele.example.jp:443", "[2001:db8::1]:443", "example.jp", "受付PC-1": the `name` in JSON.
std::string target_text(const Target&);
Result<Target> parse_target(TargetKind, std::string_view text);

bool is_ip_literal(std::string_view);
bool is_loopback_or_private(std::string_view address);

// An endpoint as typed: https://NAME[:PORT][/...], NAME:PORT, NAME, NAME@ADDRESS:PORT, [IPv6]:PORT. The port defaults
// to 443. `address` is empty unless one was given. IDN is turned into A-labels.
struct AskedEndpoint {
  Target target;
  std::string address;
  friend auto operator<=>(const AskedEndpoint&, const AskedEndpoint&) = default;
};
Result<AskedEndpoint> parse_endpoint(std::string_view text);

// A host name in the form used everywhere inside: lower case A-labels, no final dot. IP literals pass unchanged.
Result<std::string> canonical_host(std::string_view name);

}  // namespace kenshin
