// Registries on loopback for tests, and a session whose clock goes on by what is waited.
#pragma once

#include <sys/socket.h>

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "probes/session.h"
#include "tests/lab/scripted.h"

namespace kenshin {

// Reads up to the end of a line (WHOIS) or of a head (HTTP), and answers what `reply` makes of it.
inline lab::Behaviour answers(const std::string& end, std::function<std::string(const std::string&)> reply) {
  return [end, reply = std::move(reply)](const lab::Peer& peer) {
    std::string asked;
    for (char c = 0; asked.find(end) == std::string::npos && ::recv(peer.socket, &c, 1, 0) == 1;) asked += c;
    const std::string text = reply(asked);
    ::send(peer.socket, text.data(), text.size(), MSG_NOSIGNAL);
  };
}

// JPRS's WHOIS: a record of whatever .jp name is asked for.
inline lab::Behaviour whois_of_jp() {
  return answers("\n", [](const std::string& line) {
    return "Domain Information:\n[Domain Name]   " + line.substr(0, line.find_first_of("/\r\n")) +
           "\n[Status]   Active\n[Last Updated]  2026/05/01 01:05:07 (JST)\n";
  });
}

inline std::string http(const std::string& status, const std::string& body, const std::string& headers = {}) {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
}

// An RDAP server whose answers are given by path ("/domain/example.com"); the last of a path's answers stays. Anything
// else is a bare 404.
class RdapServer {
 public:
  using Answers = std::map<std::string, std::vector<std::string>>;
  explicit RdapServer(Answers answers_by_path)
      : answers_(std::move(answers_by_path)),
        server_(answers("\r\n\r\n", [this](const std::string& head) { return next(head); })) {}

  std::string base() const { return "http://127.0.0.1:" + std::to_string(server_.port()) + "/"; }
  std::vector<std::string> asked() const {
    const std::lock_guard lock(guard_);
    return asked_;
  }

 private:
  std::string next(const std::string& head) {
    const std::lock_guard lock(guard_);
    const std::string path = head.substr(4, head.find(' ', 4) - 4);
    asked_.push_back(path);
    const auto at = answers_.find(path);
    if (at == answers_.end()) return http("404 Not Found", "");
    const std::string reply = at->second.front();
    if (at->second.size() > 1) at->second.erase(at->second.begin());
    return reply;
  }

  mutable std::mutex guard_;
  Answers answers_;
  std::vector<std::string> asked_;
  lab::Server server_;
};

struct PatientSession {
  std::atomic<Instant> at;
  Session session;

  explicit PatientSession(Instant start) : at(start) {
    session.now = [this] { return at.load(); };
    session.registries.wait = [this](std::chrono::milliseconds time) {
      at = at.load() + std::chrono::ceil<std::chrono::seconds>(time);
      return true;
    };
  }
};

}  // namespace kenshin
