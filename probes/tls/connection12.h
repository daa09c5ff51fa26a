// A connection of TLS 1.0 to 1.2 beyond the clear text: records protected once a handshake has changed the cipher (RFC
// 5246 6, 7.1). Handshakes run on it: probes/tls/handshake12.h.
#pragma once

#include <functional>
#include <optional>
#include <variant>

#include "probes/tls/conversation.h"
#include "probes/tls/key_agreement.h"
#include "probes/tls/record12.h"

namespace kenshin {

// Bytes out, records in: a Line, or what stands for one.
struct Wire {
  std::function<Result<Done>(Bytes)> send;
  std::function<Result<Record>()> record;
  std::function<void(Deadline)> wait_until;
};

struct ChangeCipherSpec {};
struct ApplicationData {
  Buffer data;
};
using ProtectedEvent = std::variant<HandshakeMessage, Alert, ChangeCipherSpec, ApplicationData>;

class Connection12 {
 public:
  Connection12(Wire wire, Randomness random) : wire_(std::move(wire)), random_(std::move(random)) {}

  // The record as it is to be sent now, protected where the cipher was changed.
  Buffer sealed(std::uint8_t type, Bytes content);
  Result<Done> send(Bytes records) { return wire_.send(records); }
  // The next event, opened. Errors of the connection; Malformed for what is no record, not authentic or out of place.
  Result<ProtectedEvent> next();

  void wait_until(Deadline deadline) { wire_.wait_until(deadline); }
  const Randomness& random() const { return random_; }
  Protection12* writing() { return writing_ ? &*writing_ : nullptr; }  // nullptr: in clear
  void write_with(Protection12 protection) { writing_.emplace(std::move(protection)); }
  void read_with(Protection12 protection) { reading_.emplace(std::move(protection)); }
  void speak(TlsVersion version) { version_ = version; }
  TlsVersion version() const { return version_; }

  // Of the last handshake that finished (RFC 5746 3.1); empty before one did.
  Buffer client_verify_data, server_verify_data;

 private:
  Wire wire_;
  Randomness random_;
  TlsVersion version_ = TlsVersion::Tls10;
  std::optional<Protection12> writing_, reading_;
  Buffer messages_;  // content of handshake records, not yet cut into messages
};

// A connection to the endpoint. Errors as in Conversation::open.
Result<Connection12> connect12(Conversation&, Tally&);

}  // namespace kenshin
