// TLS alerts: RFC 8446 6 and RFC 5246 7.2.
#pragma once

#include <cstdint>

#include "probes/base/bytes.h"

namespace kenshin {

struct Alert {
  std::uint8_t level = 0;  // 1 warning, 2 fatal
  std::uint8_t description = 0;
  friend bool operator==(const Alert&, const Alert&) = default;
};

// The two bytes of an alert, nothing else.
Result<Alert> parse_alert(Bytes);

// The server refuses what was offered. close_notify, access_denied, user_canceled, internal_error and
// unrecognized_name (the name, RFC 6066 3) say nothing about the offer.
bool is_refusal(Alert);

// A remark that precedes the handshake: warnings, of which unrecognized_name is the one met in practice (RFC 6066 3).
bool is_remark(Alert);

constexpr std::uint8_t protocol_version = 70, unrecognized_name = 112;

}  // namespace kenshin
