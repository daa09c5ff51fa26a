#include "tests/bench/delayed.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <deque>

namespace kenshin::bench {

namespace {

using Clock = std::chrono::steady_clock;

// What is under way in one direction; an empty chunk is the end, `reset` how it ends.
struct Chunk {
  Clock::time_point due;
  Buffer bytes;
  bool reset = false;
};

struct Way {
  int from, to;
  Clock::duration takes;
  std::deque<Chunk> under_way = {};
  bool ended = false;

  void read() {
    Buffer buffer(65536);
    const auto got = recv(from, buffer.data(), buffer.size(), 0);
    buffer.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    ended = got <= 0;
    under_way.push_back({Clock::now() + takes, std::move(buffer), got < 0});
  }
  // Delivers what is due; false when the end was delivered.
  bool deliver() {
    while (!under_way.empty() && under_way.front().due <= Clock::now()) {
      const Chunk chunk = std::move(under_way.front());
      under_way.pop_front();
      if (chunk.reset) {
        const linger at_once{1, 0};
        setsockopt(to, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
      }
      if (chunk.bytes.empty()) return false;
      if (send(to, chunk.bytes.data(), chunk.bytes.size(), MSG_NOSIGNAL) < 0) return false;
    }
    return true;
  }
};

int connected(std::uint16_t port) {
  const int out = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(out, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return out;
  close(out);
  return -1;
}

void without_delay(int socket) {
  const int yes = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

void carry(const lab::Peer& peer, int server, Clock::duration round_trip) {
  Way out{peer.socket, server, round_trip + round_trip / 2}, back{server, peer.socket, round_trip / 2};
  for (;;) {
    auto next = Clock::now() + std::chrono::hours(1);
    for (const Way* way : {&out, &back})
      if (!way->under_way.empty()) next = std::min(next, way->under_way.front().due);
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now()).count();
    std::array<pollfd, 3> waiting{
        {{out.ended ? -1 : out.from, POLLIN, 0}, {back.ended ? -1 : back.from, POLLIN, 0}, {peer.stop, POLLIN, 0}}};
    poll(waiting.data(), waiting.size(), static_cast<int>(std::max<long long>(wait, 0)));
    if (waiting[2].revents != 0) return;
    if (waiting[0].revents != 0) {
      out.read();
      out.takes = round_trip / 2;
    }
    if (waiting[1].revents != 0) back.read();
    if (!out.deliver() || !back.deliver()) return;
  }
}

}  // namespace

lab::Behaviour delayed(std::uint16_t to_port, std::chrono::milliseconds round_trip) {
  return [=](const lab::Peer& peer) {
    const int server = connected(to_port);
    if (server < 0) return;
    without_delay(peer.socket);
    without_delay(server);
    carry(peer, server, round_trip);
    close(server);
  };
}

}  // namespace kenshin::bench
