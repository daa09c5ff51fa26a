#include "probes/domain/whois.h"

#include <iconv.h>

#include <array>

#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/net/dns.h"
#include "probes/net/door.h"

namespace kenshin {

namespace {

constexpr std::size_t longest_answer = 64 * 1024;

Result<std::string> exchange(const std::string& address, std::uint16_t port, std::string_view line,
                             const Session& session, Deadline deadline) {
  auto socket = open_port(address, port, session, deadline);
  if (!socket) return socket.error();
  if (const auto sent = socket->send(bytes_of(line), deadline); !sent) return sent.error();
  std::string answer;
  std::array<std::uint8_t, 4096> chunk{};
  for (;;) {
    const auto count = socket->receive(chunk, deadline);
    if (!count && count.error().kind == Error::Kind::Timeout && !answer.empty())
      return Error{Error::Kind::Timeout, "the answer did not end before the deadline"};
    if (!count) return count.error();
    if (*count == 0) return answer;
    answer += text_of(Bytes(chunk).first(*count));
    if (answer.size() > longest_answer) return Error{Error::Kind::Malformed, "an answer longer than 64 KiB"};
  }
}

// ISO-2022-JP (RFC 1468), which is told from UTF-8 by its escapes: WHOIS of .jp was written so for decades.
Result<std::string> in_utf8(std::string answer) {
  if (answer.find('\x1b') == std::string::npos) {
    if (valid_utf8(answer)) return answer;
    return Error{Error::Kind::Malformed, "the answer is not UTF-8"};
  }
  const iconv_t converter = iconv_open("UTF-8", "ISO-2022-JP");
  if (converter == iconv_t(-1)) return Error{Error::Kind::Unsupported, "this computer does not read ISO-2022-JP"};
  std::string out(answer.size() * 3, '\0');  // two bytes become three at most
  char *from = answer.data(), *to = out.data();
  std::size_t left = answer.size(), room = out.size();
  const bool whole = iconv(converter, &from, &left, &to, &room) != std::size_t(-1);
  iconv_close(converter);
  if (!whole) return Error{Error::Kind::Malformed, "the answer is neither UTF-8 nor ISO-2022-JP"};
  out.resize(out.size() - room);
  return out;
}

}  // namespace

Result<std::string> ask_whois(std::string_view server, std::string_view query, Session& session) {
  const auto target = parse_target(TargetKind::Endpoint, server);
  if (!target) return Error{Error::Kind::Unreachable, "WHOIS server: " + target.error().detail};
  if (query.size() > 300 || one_line(query) != query)
    return Error{Error::Kind::Malformed, "not a WHOIS query: " + one_line(query, 80)};
  const std::string line = std::string(query) + "\r\n";  // RFC 3912 2
  const auto addresses = addresses_of(target->name, session);
  if (!addresses) return Error{Error::Kind::Unreachable, "WHOIS server: " + addresses.error().detail};
  const Deadline deadline = deadline_in(session.timeout);
  Result<std::string> answer = Error{Error::Kind::Unreachable, target->name + " has no address"};
  for (const auto& address : addresses->found) {
    answer = exchange(address, target->port, line, session, deadline);
    if (answer) break;
    if (answer.error().kind != Error::Kind::Refused && answer.error().kind != Error::Kind::Unreachable) break;
  }
  if (!answer) return answer;
  if (trim(*answer).empty()) return Error{Error::Kind::Closed, "the server closed without an answer"};
  return in_utf8(std::move(*answer));
}

}  // namespace kenshin
