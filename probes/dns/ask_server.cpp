#include "probes/dns/ask_server.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "probes/base/crypto.h"
#include "probes/base/target.h"

namespace kenshin {

namespace {

using std::chrono::milliseconds;

constexpr auto before_again = milliseconds{800};

struct UdpSocket {
  int descriptor = -1;
  ~UdpSocket() {
    if (descriptor >= 0) close(descriptor);
  }
};

Error error_of(int number) {
  const std::string what = std::strerror(number);
  if (number == ECONNREFUSED) return {Error::Kind::Refused, "UDP: " + what};
  return {Error::Kind::Unreachable, "UDP: " + what};
}

using AddressInfo = std::unique_ptr<addrinfo, decltype([](addrinfo* info) { freeaddrinfo(info); })>;

AddressInfo literal(const std::string& address, const std::string& port) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(address.c_str(), port.c_str(), &hints, &found) != 0) return nullptr;
  return AddressInfo(found);
}

// Connected: the kernel drops what comes from anywhere else.
Result<Done> open_udp(const std::string& address, const Session& session, UdpSocket& out) {
  const auto to = literal(address, std::to_string(session.name_server_port));
  if (!to) return Error{Error::Kind::Malformed, "not an IP address: " + address};
  out.descriptor = ::socket(to->ai_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (out.descriptor < 0) return error_of(errno);
  if (!session.source_address.empty()) {
    const auto from = literal(session.source_address, "0");
    if (!from || bind(out.descriptor, from->ai_addr, from->ai_addrlen) != 0)
      return Error{Error::Kind::Unreachable, "UDP: cannot ask from " + session.source_address};
  }
  if (connect(out.descriptor, to->ai_addr, to->ai_addrlen) != 0) return error_of(errno);
  return Done{};
}

Result<DnsMessage> over_udp(const std::string& address, const DnsQuestion& question, const Buffer& query,
                            std::uint16_t id, const Session& session, Deadline deadline) {
  UdpSocket socket;
  if (const auto opened = open_udp(address, session, socket); !opened) return opened.error();
  Deadline again = std::chrono::steady_clock::now();
  std::array<std::uint8_t, 65535> buffer{};
  for (;;) {
    const auto now = std::chrono::steady_clock::now();
    if (now >= deadline) return Error{Error::Kind::Timeout, "no answer from the name server"};
    if (now >= again) {
      if (::send(socket.descriptor, query.data(), query.size(), MSG_NOSIGNAL) < 0) return error_of(errno);
      again = now + before_again;
    }
    pollfd waiting{socket.descriptor, POLLIN, 0};
    const auto left = std::chrono::ceil<milliseconds>(std::min(again, deadline) - now).count();
    if (poll(&waiting, 1, static_cast<int>(std::max<long long>(left, 0))) <= 0) continue;
    const ssize_t count = recv(socket.descriptor, buffer.data(), buffer.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (count < 0) return error_of(errno);
    auto message = parse_dns_message(Bytes(buffer).first(static_cast<std::size_t>(count)));
    if (message && answers(*message, question, id)) return message;
  }
}

Result<DnsMessage> over_tcp(const std::string& address, const DnsQuestion& question, const Buffer& query,
                            std::uint16_t id, const Session& session, Deadline deadline) {
  auto socket = Socket::connect(address, session.name_server_port, session.source_address, deadline);
  if (!socket) return socket.error();
  Writer framed;
  framed.vec16([&](Writer& out) { out.put(Bytes(query)); });
  if (const auto sent = socket->send(framed.view(), deadline); !sent) return sent.error();
  Buffer all;
  std::size_t wanted = 2;
  while (all.size() < wanted) {
    std::array<std::uint8_t, 4096> part{};
    const auto count = socket->receive(std::span(part).first(std::min(part.size(), wanted - all.size())), deadline);
    if (!count) return count.error();
    if (*count == 0) return Error{Error::Kind::Closed, "the name server closed before its answer"};
    all.insert(all.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(*count));
    if (all.size() == 2) wanted = 2U + static_cast<std::size_t>(all[0] << 8 | all[1]);
  }
  auto message = parse_dns_message(Bytes(all).subspan(2));
  if (message && !answers(*message, question, id))
    return Error{Error::Kind::Malformed, "not the answer to the question"};
  return message;
}

}  // namespace

Result<DnsMessage> ask_name_server(const std::string& address, const DnsQuestion& question, const Session& session,
                                   Deadline deadline) {
  const auto resolver = parse_target(TargetKind::Endpoint, session.resolver);
  const std::string& door = is_ip_literal(session.resolver) || !resolver ? session.resolver : resolver->name;
  if (is_loopback_or_private(address) && !is_loopback_or_private(door))
    return Error{Error::Kind::Denied, "an address of this network is not asked"};
  const Buffer chance = random_bytes(2);
  const auto id = static_cast<std::uint16_t>(chance[0] << 8 | chance[1]);
  const auto query = dns_query(question, id);
  if (!query) return query.error();
  auto answer = over_udp(address, question, *query, id, session, deadline);
  if (!answer || !answer->truncated) return answer;
  return over_tcp(address, question, *query, id, session, deadline);
}

}  // namespace kenshin
