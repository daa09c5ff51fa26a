// What arrives on a TLS connection before anything is encrypted, cut into handshake messages and alerts: records split
// over segments, messages split over records (RFC 8446 5.1, RFC 5246 6.2.1).
#pragma once

#include <optional>
#include <variant>

#include "probes/base/bytes.h"
#include "probes/tls/alert.h"

namespace kenshin {

struct HandshakeMessage {
  std::uint8_t type = 0;  // 2 server_hello, 11 certificate, 14 server_hello_done
  Buffer body;
};

// Beyond the clear text: ChangeCipherSpec, application data.
struct Encrypted {};

using FlightEvent = std::variant<HandshakeMessage, Alert, Encrypted, Error>;

class FlightReader {
 public:
  void push(Bytes);
  // The next whole event; nothing where more bytes are needed. After an Error (NotTls: the first bytes are no record,
  // with what they are instead; Malformed) nothing else comes. Memory is bounded by the largest message allowed.
  std::optional<FlightEvent> next();

 private:
  std::optional<FlightEvent> message();
  FlightEvent fail(Error::Kind, std::string detail);

  Buffer bytes_;     // not yet cut into records
  Buffer messages_;  // content of handshake records, not yet cut into messages
  std::size_t records_ = 0;
  bool failed_ = false;
};

}  // namespace kenshin
