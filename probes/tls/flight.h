// What arrives on a TLS connection before anything is encrypted, cut into handshake messages and alerts: records split
// over segments, messages split over records (RFC 8446 5.1, RFC 5246 6.2.1).
#pragma once

#include <optional>
#include <variant>

#include "probes/base/bytes.h"
#include "probes/tls/alert.h"

namespace kenshin {

// One TLSPlaintext or TLSCiphertext, its fragment as it stands.
struct Record {
  std::uint8_t type = 0;  // 20 change_cipher_spec, 21 alert, 22 handshake, 23 application_data, 24 heartbeat
  std::uint16_t version = 0;
  Buffer fragment;
};

// Cuts bytes into records. Memory is bounded by the largest record allowed.
class RecordReader {
 public:
  void push(Bytes);
  // Nothing where more bytes are needed. Errors stay: NotTls (the first bytes are no record, with what they are
  // instead), Malformed.
  Result<std::optional<Record>> next();

 private:
  Buffer bytes_;
  std::size_t records_ = 0;
  std::optional<Error> failed_;
};

struct HandshakeMessage {
  std::uint8_t type = 0;  // 2 server_hello, 11 certificate, 14 server_hello_done
  Buffer body;
  friend bool operator==(const HandshakeMessage&, const HandshakeMessage&) = default;
};

// Beyond the clear text: ChangeCipherSpec, application data.
struct Encrypted {};

using FlightEvent = std::variant<HandshakeMessage, Alert, Encrypted, Error>;

class FlightReader {
 public:
  void push(Bytes bytes) { records_.push(bytes); }
  // The next whole event; nothing where more bytes are needed. After an Error (NotTls: the first bytes are no record,
  // with what they are instead; Malformed) nothing else comes. Memory is bounded by the largest message allowed.
  std::optional<FlightEvent> next();
  RecordReader& records() { return records_; }  // what was pushed and not taken apart yet

 private:
  std::optional<FlightEvent> message();
  FlightEvent fail(Error::Kind, std::string detail);

  RecordReader records_;
  Buffer messages_;  // content of handshake records, not yet cut into messages
  bool failed_ = false;
};

}  // namespace kenshin
