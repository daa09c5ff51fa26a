#include "probes/net/socket_watch.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace kenshin {

namespace {

constexpr std::chrono::milliseconds between_looks{50};

// What came so far, as the kernel counts it; 0 where it does not.
std::uint64_t bytes_received(int socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
  return info.tcpi_bytes_received;
}

}  // namespace

SocketWatch::SocketWatch(Deadline deadline, std::uint64_t most_bytes)
    : deadline_(deadline), most_bytes_(most_bytes), watching_([this] { watch(); }) {}

SocketWatch::~SocketWatch() {
  {
    const std::lock_guard lock(guard_);
    is_over_ = true;
  }
  changed_.notify_all();
  watching_.join();
}

void SocketWatch::add(int socket) {
  const std::lock_guard lock(guard_);
  sockets_.push_back(socket);
  if (ended_) shutdown(socket, SHUT_RDWR);
}

void SocketWatch::close(int socket) {
  {
    const std::lock_guard lock(guard_);
    sockets_.erase(std::remove(sockets_.begin(), sockets_.end(), socket), sockets_.end());
  }
  ::close(socket);
}

std::optional<Error> SocketWatch::ended() const {
  const std::lock_guard lock(guard_);
  return ended_;
}

void SocketWatch::shut_down(Error why) {
  ended_ = std::move(why);
  for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
}

void SocketWatch::watch() {
  std::unique_lock lock(guard_);
  while (!is_over_ && !ended_) {
    const auto now = std::chrono::steady_clock::now();
    if (now >= deadline_) return shut_down({Error::Kind::Timeout, "the answer did not end in time"});
    std::uint64_t came = 0;
    for (const int socket : sockets_) came += bytes_received(socket);
    if (came > most_bytes_) return shut_down({Error::Kind::Malformed, "an endless answer"});
    changed_.wait_until(lock, std::min<Deadline>(deadline_, now + between_looks));
  }
}

}  // namespace kenshin
