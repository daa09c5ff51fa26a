#include "probes/domain/whois.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <thread>

#include "probes/base/target.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t longest_answer = 64 * 1024;

struct Closing {
  int fd;
  ~Closing() { ::close(fd); }
};

Error socket_error(int code) {
  switch (code) {
    case ECONNREFUSED: return {Error::Kind::Refused, "connection refused"};
    case ECONNRESET:
    case EPIPE: return {Error::Kind::Reset, "connection reset"};
    case ETIMEDOUT: return {Error::Kind::Timeout, "connection timed out"};
    default: return {Error::Kind::Unreachable, std::strerror(code)};
  }
}

bool ready(int fd, short events, SteadyClock::time_point deadline) {
  pollfd waiting{fd, events, 0};
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - SteadyClock::now());
    const int count = ::poll(&waiting, 1, static_cast<int>(std::max(left, milliseconds{0}).count()));
    if (count >= 0 || errno != EINTR) return count > 0;
  }
}

Result<std::string> exchange(const addrinfo& to, std::string_view line, SteadyClock::time_point deadline) {
  const int fd = ::socket(to.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return socket_error(errno);
  const Closing closing{fd};
  if (::connect(fd, to.ai_addr, to.ai_addrlen) != 0 && errno != EINPROGRESS) return socket_error(errno);
  if (!ready(fd, POLLOUT, deadline)) return Error{Error::Kind::Timeout, "no connection before the deadline"};
  int code = 0;
  socklen_t size = sizeof code;
  ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &code, &size);
  if (code != 0) return socket_error(code);
  if (::send(fd, line.data(), line.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(line.size()))
    return socket_error(errno);  // a line of a few hundred bytes fits an empty send buffer

  std::string answer;
  std::array<char, 4096> chunk{};
  while (ready(fd, POLLIN, deadline)) {
    const ssize_t count = ::recv(fd, chunk.data(), chunk.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (count < 0) return socket_error(errno);
    if (count == 0) return answer;
    answer.append(chunk.data(), static_cast<std::size_t>(count));
    if (answer.size() > longest_answer) return Error{Error::Kind::Malformed, "an answer longer than 64 KiB"};
    if (SteadyClock::now() >= deadline) break;
  }
  return Error{Error::Kind::Timeout,
               answer.empty() ? "no answer before the deadline" : "the answer did not end before the deadline"};
}

Result<std::string> ask(const Target& server, std::string_view line, milliseconds timeout) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | (is_ip_literal(server.name) ? AI_NUMERICHOST : AI_ADDRCONFIG);
  addrinfo* found = nullptr;
  if (const int code = ::getaddrinfo(server.name.c_str(), std::to_string(server.port).c_str(), &hints, &found);
      code != 0)
    return Error{Error::Kind::Unreachable, server.name + ": " + ::gai_strerror(code)};
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, &::freeaddrinfo);

  const auto deadline = SteadyClock::now() + timeout;
  Result<std::string> answer = Error{Error::Kind::Unreachable, server.name + " has no address"};
  for (const addrinfo* to = found; to != nullptr; to = to->ai_next) {
    answer = exchange(*to, line, deadline);
    if (answer) break;
    if (answer.error().kind != Error::Kind::Refused && answer.error().kind != Error::Kind::Unreachable) break;
  }
  if (!answer) return answer;
  if (trim(*answer).empty()) return Error{Error::Kind::Closed, "the server closed without an answer"};
  if (!valid_utf8(*answer)) return Error{Error::Kind::Malformed, "the answer is not UTF-8"};
  return answer;
}

}  // namespace

Result<std::string> WhoisTurns::ask(const std::string& server, milliseconds pause,
                                    const std::function<Result<std::string>()>& question) {
  Server* at = nullptr;
  {
    const std::lock_guard lock(servers_busy_);
    at = &servers_[server];
  }
  const std::lock_guard turn(at->busy);
  if (at->last) {
    const auto left = std::chrono::ceil<milliseconds>(*at->last + pause - clock_.now());
    if (left > milliseconds{0}) clock_.wait(left);
  }
  auto answer = question();
  at->last = clock_.now();
  return answer;
}

Result<std::string> ask_whois(std::string_view server, std::string_view query, Session& session) {
  static WhoisTurns turns({&SteadyClock::now, [](milliseconds time) { std::this_thread::sleep_for(time); }});
  return ask_whois(server, query, session, turns);
}

Result<std::string> ask_whois(std::string_view server, std::string_view query, Session& session, WhoisTurns& turns) {
  const auto target = parse_target(TargetKind::Endpoint, server);
  if (!target) return Error{Error::Kind::Unreachable, "WHOIS server: " + target.error().detail};
  if (query.size() > 300 || one_line(query) != query)
    return Error{Error::Kind::Malformed, "not a WHOIS query: " + one_line(query, 80)};
  const std::string line = std::string(query) + "\r\n";  // RFC 3912 2
  return turns.ask(target_text(*target), session.whois_pause, [&] { return ask(*target, line, session.timeout); });
}

}  // namespace kenshin
