// A connection inside TLS, through libssl, for what is said there. Nothing is verified and old versions are spoken:
// this looks, it does not trust.
#pragma once

#include <string>

#include "probes/certificate/openssl.h"
#include "probes/net/socket.h"

namespace kenshin {

class Secured {
 public:
  // Shakes hands; `name` is sent where it is no IP literal. Errors: Malformed (no TLS, or an alert: its reason),
  // Closed, and those of the socket.
  static Result<Secured> over(Socket, const std::string& name, Deadline);

  Result<Done> send(Bytes);
  // At least one byte, or 0 at the end. Errors: Malformed, Timeout, Reset.
  Result<std::size_t> receive(std::span<std::uint8_t> into);

 private:
  Secured(Socket socket, OwnedSslContext context, OwnedSsl ssl, Deadline deadline)
      : socket_(std::move(socket)), context_(std::move(context)), ssl_(std::move(ssl)), deadline_(deadline) {}
  Result<Done> flush();
  Result<bool> feed();

  Socket socket_;
  OwnedSslContext context_;
  OwnedSsl ssl_;
  Deadline deadline_;
  std::size_t total_ = 0;
};

}  // namespace kenshin
