// Ends what is said over sockets that somebody else reads: at a deadline, or after so many bytes, they are shut down.
// libssl reads on within one call of libcurl's while bytes come, and libcurl looks at its own clock between calls
// alone; a shut socket ends that, for new bytes reset it (RFC 9293 3.10.7.4).
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "probes/net/socket.h"

namespace kenshin {

class SocketWatch {
 public:
  SocketWatch(Deadline, std::uint64_t most_bytes);
  ~SocketWatch();
  SocketWatch(const SocketWatch&) = delete;
  SocketWatch& operator=(const SocketWatch&) = delete;

  void add(int socket);
  // Closes it: while it is watched, nobody else may.
  void close(int socket);
  // Why the sockets were shut down: Timeout, or Malformed where too many bytes came.
  std::optional<Error> ended() const;

 private:
  void watch();
  void shut_down(Error);

  const Deadline deadline_;
  const std::uint64_t most_bytes_;
  mutable std::mutex guard_;
  std::condition_variable changed_;
  std::vector<int> sockets_;
  std::optional<Error> ended_;
  bool is_over_ = false;
  std::thread watching_;
};

}  // namespace kenshin
