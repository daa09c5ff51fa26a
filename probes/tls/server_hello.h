// ServerHello and HelloRetryRequest: RFC 8446 4.1.3 and 4.1.4, RFC 5246 7.4.1.3.
#pragma once

#include <map>
#include <optional>

#include "probes/base/bytes.h"
#include "probes/tls/facts.h"

namespace kenshin {

struct ServerHello {
  TlsVersion version{};  // negotiated: supported_versions where it is there, else the body's; may be one without a name
  bool retry = false;    // a HelloRetryRequest
  SuiteId suite{};
  std::optional<GroupId> group;  // of its key_share
  Buffer share;                  // the key_exchange that stands there; empty in a retry
  Buffer random, session_id;
  std::uint8_t compression = 0;
  std::map<std::uint16_t, Buffer> extensions;  // by type, bodies as sent
  friend bool operator==(const ServerHello&, const ServerHello&) = default;
};

// The body of a handshake message of type 2.
Result<ServerHello> parse_server_hello(Bytes body);

}  // namespace kenshin
