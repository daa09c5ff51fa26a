// What a server answered to one hello.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "probes/tls/alert.h"
#include "probes/tls/line.h"
#include "probes/tls/server_hello.h"

namespace kenshin {

// `flight`: the handshake messages after the ServerHello that came in clear (before TLS 1.3 up to ServerHelloDone:
// Certificate, CertificateStatus, ServerKeyExchange, CertificateRequest).
struct Reply {
  std::variant<Error, Alert, ServerHello> said;
  std::vector<HandshakeMessage> flight;
  std::optional<Error::Kind> broke = std::nullopt;  // how the connection ended before the flight was whole
  // No hello was sent, or the answer had begun: whoever ended the connection, the server did not refuse the hello.
  bool inconclusive = false;

  const ServerHello* hello() const { return std::get_if<ServerHello>(&said); }
  const Alert* alert() const { return std::get_if<Alert>(&said); }
  const Error* error() const { return std::get_if<Error>(&said); }
  // The body of the first message of that type; nullptr where none came.
  const Buffer* message(std::uint8_t type) const;
};

// Reads up to ServerHelloDone before TLS 1.3, one message in TLS 1.3. An alert inside the flight takes a ServerHello
// back, unless it is for want of the client's certificate; an end of the connection does not.
Reply first_flight(Line&);

// The reply in a word: "server_hello", "hello_retry_request", "alert handshake_failure", "reset", "timeout" ...
std::string ending(const Reply&);
bool decides(const Reply&);  // a handshake answer, or an alert that refuses

}  // namespace kenshin
