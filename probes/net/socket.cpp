#include "probes/net/socket.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <memory>

namespace kenshin {

namespace {

Error error_of(int number, std::string_view doing) {
  const auto kind = [&] {
    switch (number) {
      case ECONNREFUSED: return Error::Kind::Refused;
      case ECONNRESET:
      case ECONNABORTED:
      case EPIPE: return Error::Kind::Reset;
      case ETIMEDOUT: return Error::Kind::Timeout;
      case EHOSTUNREACH:
      case ENETUNREACH:
      case EHOSTDOWN:
      case ENETDOWN:
      case EADDRNOTAVAIL:
      case EAFNOSUPPORT: return Error::Kind::Unreachable;
      case EACCES:
      case EPERM: return Error::Kind::Denied;
      default: return Error::Kind::Failed;
    }
  }();
  return {kind, std::string(doing) + ": " + std::strerror(number)};
}

using AddressInfo = std::unique_ptr<addrinfo, decltype([](addrinfo* info) { freeaddrinfo(info); })>;

Result<AddressInfo> literal(const std::string& address, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
    return Error{Error::Kind::Malformed, "not an IP address: " + address};
  return AddressInfo(found);
}

// Waits for `events`; false at the deadline.
Result<bool> wait_for(int descriptor, short events, Deadline deadline) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd waiting{descriptor, events, 0};
    const int ready = poll(&waiting, 1, static_cast<int>(std::clamp<long long>(left, 0, INT_MAX)));
    if (ready > 0) return true;
    if (ready == 0) return false;
    if (errno != EINTR) return error_of(errno, "poll");
  }
}

}  // namespace

Socket::Socket(Socket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), given_back_(std::move(other.given_back_)) {}

Socket::~Socket() {
  if (descriptor_ < 0) return;
  const linger abort{1, 0};
  setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
  close(descriptor_);
}

Result<Socket> Socket::connect(const std::string& address, std::uint16_t port, const std::string& source,
                               Deadline deadline) {
  const auto to = literal(address, port);
  if (!to) return to.error();
  const addrinfo& peer = **to;
  Socket socket(::socket(peer.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.descriptor_ < 0) return error_of(errno, "socket");
  const int yes = 1;
  setsockopt(socket.descriptor_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (!source.empty()) {
    const auto from = literal(source, 0);
    if (!from) return from.error();
    if (bind(socket.descriptor_, (*from)->ai_addr, (*from)->ai_addrlen) != 0) return error_of(errno, "bind " + source);
  }
  if (::connect(socket.descriptor_, peer.ai_addr, peer.ai_addrlen) == 0) return socket;
  if (errno != EINPROGRESS) return error_of(errno, "connect");
  const auto ready = wait_for(socket.descriptor_, POLLOUT, deadline);
  if (!ready) return ready.error();
  if (!*ready) return Error{Error::Kind::Timeout, "connect: no answer"};
  int failed = 0;
  socklen_t size = sizeof failed;
  getsockopt(socket.descriptor_, SOL_SOCKET, SO_ERROR, &failed, &size);
  if (failed != 0) return error_of(failed, "connect");
  return socket;
}

Result<Done> Socket::send(Bytes bytes, Deadline deadline) {
  while (!bytes.empty()) {
    const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) return error_of(errno, "send");
    const auto ready = wait_for(descriptor_, POLLOUT, deadline);
    if (!ready) return ready.error();
    if (!*ready) return Error{Error::Kind::Timeout, "send: the peer takes nothing"};
  }
  return Done{};
}

void Socket::give_back(Bytes bytes) { given_back_.insert(given_back_.begin(), bytes.begin(), bytes.end()); }

Result<std::size_t> Socket::receive(std::span<std::uint8_t> into, Deadline deadline) {
  if (!given_back_.empty()) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(into.size(), given_back_.size()));
    std::copy_n(given_back_.begin(), count, into.begin());
    given_back_.erase(given_back_.begin(), given_back_.begin() + count);
    return static_cast<std::size_t>(count);
  }
  for (;;) {
    const auto ready = wait_for(descriptor_, POLLIN, deadline);
    if (!ready) return ready.error();
    if (!*ready) return Error{Error::Kind::Timeout, "receive: no answer"};
    const auto got = recv(descriptor_, into.data(), into.size(), 0);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EAGAIN && errno != EINTR) return error_of(errno, "receive");
  }
}

}  // namespace kenshin
