// A WHOIS server on loopback for tests: each connection reads one line and gets the next scripted reply.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace kenshin {

struct WhoisReply {
  std::string text;
  enum class End { Close, Reset, Silence } end = End::Close;
};

class WhoisServer {
 public:
  explicit WhoisServer(std::vector<WhoisReply> replies) : replies_(std::move(replies)) {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    if (::bind(listening_, reinterpret_cast<sockaddr*>(&at), size) != 0 || ::listen(listening_, 8) != 0) std::abort();
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&at), &size);
    port_ = ntohs(at.sin_port);
    serving_ = std::thread([this] { serve(); });
  }
  ~WhoisServer() {
    ::shutdown(listening_, SHUT_RDWR);
    serving_.join();
    ::close(listening_);
    for (const int fd : silent_) ::close(fd);
  }

  std::string name() const { return "127.0.0.1:" + std::to_string(port_); }
  // The lines that were asked; read it after the answers came.
  const std::vector<std::string>& asked() const { return asked_; }

 private:
  void serve() {
    for (const auto& reply : replies_) {
      const int fd = ::accept(listening_, nullptr, nullptr);
      if (fd < 0) return;
      std::string line;
      for (char c = 0; c != '\n' && ::recv(fd, &c, 1, 0) == 1;) line += c;
      asked_.push_back(line);
      for (std::size_t sent = 0; sent < reply.text.size();) {
        const auto count = ::send(fd, reply.text.data() + sent, reply.text.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) break;
        sent += static_cast<std::size_t>(count);
      }
      if (reply.end == WhoisReply::End::Silence) {
        silent_.push_back(fd);
        continue;
      }
      const linger abort{1, 0};
      if (reply.end == WhoisReply::End::Reset) ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
      ::close(fd);
    }
  }

  std::vector<WhoisReply> replies_;
  std::vector<std::string> asked_;
  std::vector<int> silent_;
  int listening_ = -1;
  int port_ = 0;
  std::thread serving_;
};

}  // namespace kenshin
