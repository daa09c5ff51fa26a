#include "tests/lab/scripted.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <deque>
#include <memory>
#include <stdexcept>

namespace kenshin::lab {

namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// A socket bound to a free port of 127.0.0.1.
int bound(int type, std::uint16_t& port) {
  const int out = socket(AF_INET, type | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (out < 0 || bind(out, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(out, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no loopback socket");
  port = ntohs(address.sin_port);
  return out;
}

// True when `socket` is readable, false when it is time to stop.
bool readable(int socket, int stop) {
  std::array<pollfd, 2> waiting{{{socket, POLLIN, 0}, {stop, POLLIN, 0}}};
  return poll(waiting.data(), waiting.size(), -1) > 0 && waiting[1].revents == 0;
}

Buffer read_some(const Peer& peer) {
  Buffer out(65536);
  const auto got = readable(peer.socket, peer.stop) ? recv(peer.socket, out.data(), out.size(), 0) : 0;
  out.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return out;
}

bool write_all(int socket, Bytes bytes) {
  while (!bytes.empty()) {
    const auto sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

void abort_on_close(int socket) {
  const linger at_once{1, 0};
  setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

using Pass = std::function<bool(int socket, Bytes)>;  // false: no more

// Passes bytes both ways until one side ends; a reset is passed on as one.
void pump(const Peer& peer, int other, const Pass& answer = write_all) {
  Buffer buffer(65536);
  for (;;) {
    std::array<pollfd, 3> waiting{{{peer.socket, POLLIN, 0}, {other, POLLIN, 0}, {peer.stop, POLLIN, 0}}};
    if (poll(waiting.data(), waiting.size(), -1) <= 0 || waiting[2].revents != 0) return;
    for (std::size_t i = 0; i < 2; ++i) {
      if (waiting[i].revents == 0) continue;
      const auto got = recv(waiting[i].fd, buffer.data(), buffer.size(), 0);
      if (got < 0) abort_on_close(i == 0 ? other : peer.socket);
      if (got <= 0) return;
      const Bytes bytes = Bytes(buffer).first(static_cast<std::size_t>(got));
      if (i == 0 ? !write_all(other, bytes) : !answer(peer.socket, bytes)) return;
    }
  }
}

void relay_to(const Peer& peer, std::uint16_t port, const Pass& answer = write_all) {
  const int other = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  if (connect(other, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) pump(peer, other, answer);
  close(other);
}

}  // namespace

Behaviour silent() {
  return [](const Peer& peer) {
    while (!read_some(peer).empty()) {
    }
  };
}

Behaviour closes() {
  return [](const Peer& peer) { read_some(peer); };
}

Behaviour resets() {
  return [](const Peer& peer) { abort_on_close(peer.socket); };
}

Behaviour says(Buffer bytes) {
  return [bytes = std::move(bytes)](const Peer& peer) {
    read_some(peer);
    write_all(peer.socket, bytes);
  };
}

Behaviour speaks_http() {
  const std::string_view text = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  return says({text.begin(), text.end()});
}

Behaviour answers_line(std::string text) {
  return [text = std::move(text)](const Peer& peer) {
    for (Buffer line; std::find(line.begin(), line.end(), '\n') == line.end() && line.size() < 4096;) {
      const Buffer more = read_some(peer);
      if (more.empty()) return;
      line.insert(line.end(), more.begin(), more.end());
    }
    write_all(peer.socket, bytes_of(text));
  };
}

Behaviour relay(std::uint16_t to_port) {
  return [to_port](const Peer& peer) { relay_to(peer, to_port); };
}

Behaviour byte_by_byte(std::uint16_t to_port) {
  return [to_port](const Peer& peer) {
    const int at_once = 1;
    setsockopt(peer.socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    relay_to(peer, to_port, [](int socket, Bytes bytes) {
      for (std::size_t i = 0; i < bytes.size(); ++i)
        if (!write_all(socket, bytes.subspan(i, 1))) return false;
      return true;
    });
  };
}

Behaviour swallows_alerts(std::uint16_t to_port) {
  return [to_port](const Peer& peer) {
    relay_to(peer, to_port, [](int socket, Bytes bytes) { return bytes[0] != 21 && write_all(socket, bytes); });
  };
}

Behaviour trickles(Buffer bytes) {
  return [bytes = std::move(bytes)](const Peer& peer) {
    for (std::size_t i = 0;; i = (i + 1) % bytes.size()) {
      pollfd stopped{peer.stop, POLLIN, 0};
      if (poll(&stopped, 1, 50) != 0 || !write_all(peer.socket, Bytes(bytes).subspan(i, 1))) return;
    }
  };
}

Behaviour floods(Buffer bytes) {
  return [bytes = std::move(bytes)](const Peer& peer) {
    read_some(peer);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    for (std::size_t at = 0; std::chrono::steady_clock::now() < end;) {
      std::array<pollfd, 2> waiting{{{peer.socket, POLLOUT, 0}, {peer.stop, POLLIN, 0}}};
      if (poll(waiting.data(), waiting.size(), -1) <= 0 || waiting[1].revents != 0) return;
      const auto sent = send(peer.socket, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent <= 0 && errno != EAGAIN) return;
      at = (at + static_cast<std::size_t>(std::max<ssize_t>(sent, 0))) % bytes.size();
    }
  };
}

Behaviour one_at_a_time(Behaviour usual) {
  return [usual = std::move(usual), turn = std::make_shared<std::mutex>()](const Peer& peer) {
    const std::lock_guard mine(*turn);
    usual(peer);
  };
}

Behaviour faster_than(int a_second, Behaviour odd, Behaviour usual) {
  struct Recent {
    std::mutex noting;
    std::deque<std::chrono::steady_clock::time_point> served;
  };
  return [=, recent = std::make_shared<Recent>()](const Peer& peer) {
    bool too_fast = false;
    {
      const std::lock_guard lock(recent->noting);
      const auto now = std::chrono::steady_clock::now();
      while (!recent->served.empty() && now - recent->served.front() > std::chrono::seconds(1))
        recent->served.pop_front();
      too_fast = static_cast<int>(recent->served.size()) >= a_second;
      if (!too_fast) recent->served.push_back(now);
    }
    (too_fast ? odd : usual)(peer);
  };
}

Behaviour one_in(int n, Behaviour odd, Behaviour usual) {
  return [=](const Peer& peer) { (peer.number % n == 0 ? odd : usual)(peer); };
}

Behaviour first(int n, Behaviour odd, Behaviour usual) {
  return [=](const Peer& peer) { (peer.number <= n ? odd : usual)(peer); };
}

Behaviour choose(std::function<bool(Bytes)> condition, Behaviour odd, Behaviour usual) {
  return [=](const Peer& peer) {
    Buffer peeked(65536);
    if (!readable(peer.socket, peer.stop)) return;
    const auto got = recv(peer.socket, peeked.data(), peeked.size(), MSG_PEEK);
    if (got <= 0) return;
    (condition(Bytes(peeked).first(static_cast<std::size_t>(got))) ? odd : usual)(peer);
  };
}

Server::Server(Behaviour behaviour) : behaviour_(std::move(behaviour)) {
  listening_ = bound(SOCK_STREAM, port_);
  if (listen(listening_, 128) != 0 || pipe2(stop_, O_CLOEXEC) != 0) throw std::runtime_error("no listening socket");
  accepting_ = std::thread([this] { accept_all(); });
}

void Server::accept_all() {
  while (readable(listening_, stop_[0])) {
    const int socket = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    const int number = ++connections_;
    peers_.emplace_back([this, socket, number] {
      behaviour_({socket, stop_[0], number});
      close(socket);
    });
  }
}

Server::~Server() {
  close(stop_[1]);  // the other end becomes readable, for everybody
  accepting_.join();
  for (auto& peer : peers_) peer.join();
  close(stop_[0]);
  close(listening_);
}

namespace {

// The dotted name of the question in a DNS message, and where it ends (RFC 1035 4.1.2).
std::string question(Bytes message, std::size_t& end) {
  std::string name;
  end = 12;
  while (end < message.size() && message[end] != 0) {
    const std::size_t length = message[end];
    if (end + 1 + length > message.size()) return {};
    if (!name.empty()) name += '.';
    name += text_of(message.subspan(end + 1, length));
    end += 1 + length;
  }
  end += 5;  // the root label, type and class
  return end <= message.size() ? name : std::string();
}

Buffer dns_answer(Bytes message, const std::string& known) {
  std::size_t end = 0;
  if (message.size() < 12) return {};
  const std::string name = question(message, end);
  if (name.empty() || name == "silent" || name.ends_with(".silent")) return {};
  const bool is_known = name == known;
  const bool has_answer = is_known && message[end - 3] == 1;  // type A
  Writer out;
  out.u16(static_cast<std::uint16_t>(message[0] << 8 | message[1]));
  out.u16(is_known ? 0x8180 : 0x8183);  // RFC 1035 4.1.1: response, recursion; NXDOMAIN
  out.u16(1);
  out.u16(has_answer ? 1 : 0);
  out.u32(0);
  out.put(message.subspan(12, end - 12));
  if (has_answer) {
    out.u16(0xC00C);
    out.u16(1);
    out.u16(1);
    out.u32(60);
    out.vec16([](Writer& data) { data.u32(0x7F000001); });
  }
  return out.take();
}

}  // namespace

NameServer::NameServer(std::string known) : known_(std::move(known)) {
  socket_ = bound(SOCK_DGRAM, port_);
  if (pipe2(stop_, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  answering_ = std::thread([this] {
    while (readable(socket_, stop_[0])) {
      Buffer buffer(4096);
      sockaddr_in from{};
      socklen_t size = sizeof from;
      const auto got = recvfrom(socket_, buffer.data(), buffer.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
      if (got <= 0) continue;
      ++questions_;
      const Buffer answer = dns_answer(Bytes(buffer).first(static_cast<std::size_t>(got)), known_);
      if (!answer.empty()) sendto(socket_, answer.data(), answer.size(), 0, reinterpret_cast<sockaddr*>(&from), size);
    }
  });
}

NameServer::~NameServer() {
  close(stop_[1]);
  answering_.join();
  close(stop_[0]);
  close(socket_);
}

}  // namespace kenshin::lab
