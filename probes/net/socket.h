// A TCP connection whose every wait ends at an absolute deadline. Closing it resets it (RFC 9293 3.10.4, ABORT), so
// that neither side keeps state of a question that was answered.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "probes/base/bytes.h"
#include "probes/base/result.h"

namespace kenshin {

using Deadline = std::chrono::steady_clock::time_point;

inline Deadline deadline_in(std::chrono::milliseconds wait) { return std::chrono::steady_clock::now() + wait; }

class Socket {
 public:
  // Connects to an IP literal; `source` is the local address to use, or empty. Errors: Timeout, Refused, Reset,
  // Unreachable, Malformed (no IP literal), Failed (this machine has no socket left).
  static Result<Socket> connect(const std::string& address, std::uint16_t port, const std::string& source, Deadline);

  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&&) = delete;
  Socket(const Socket&) = delete;
  ~Socket();

  // Sends all of it. Errors: Timeout, Reset.
  Result<Done> send(Bytes, Deadline);
  // At least one byte, or 0 where the peer closed. Errors: Timeout, Reset.
  Result<std::size_t> receive(std::span<std::uint8_t> into, Deadline);
  // Bytes that were read too far: the next receive() yields them first.
  void give_back(Bytes);

 private:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
  Buffer given_back_;
};

}  // namespace kenshin
