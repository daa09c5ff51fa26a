#include "probes/tls/starttls_injection.h"

#include <array>

#include "probes/base/text.h"
#include "probes/net/door.h"
#include "probes/net/starttls.h"
#include "probes/tls/secured.h"

namespace kenshin {

namespace {

// The command that goes along in clear, the one that follows inside TLS, and how their answers begin: they must differ.
struct Pair {
  Protocol protocol;
  std::string_view along, inside;
  std::array<std::string_view, 2> answers_along;  // lower case; the second may be empty
  std::string_view answer_inside;
};
using namespace std::string_view_literals;
constexpr auto pairs = std::to_array<Pair>({
    {Protocol::Smtp, "NOOP\r\n", "QUIT\r\n", {"250"}, "221"},
    {Protocol::Lmtp, "NOOP\r\n", "QUIT\r\n", {"250"}, "221"},
    {Protocol::Ftp, "NOOP\r\n", "QUIT\r\n", {"200", "530"}, "221"},
    {Protocol::Nntp, "DATE\r\n", "QUIT\r\n", {"111"}, "205"},
    {Protocol::Pop3, "XKENSHIN\r\n", "QUIT\r\n", {"-err"}, "+ok"},
    {Protocol::Imap, "k2 NOOP\r\n", "k3 NOOP\r\n", {"k2 "}, "k3 "},
    {Protocol::Sieve, "NOOP \"kenshin\"\r\n", "LOGOUT\r\n", {}, {}},
    // Who Am I? (RFC 4532) as messages 2 and 3
    {Protocol::Ldap,
     "\x30\x1e\x02\x01\x02\x77\x19\x80\x17"
     "1.3.6.1.4.1.4203.1.11.3"sv,
     "\x30\x1e\x02\x01\x03\x77\x19\x80\x17"
     "1.3.6.1.4.1.4203.1.11.3"sv,
     {},
     {}},
    // StartupMessage of a user without rights; CancelRequest, which is answered by a close
    {Protocol::Postgres,
     "\0\0\0\x16\0\x03\0\0user\0kenshin\0\0"sv,
     "\0\0\0\x10\x04\xd2\x16\x2e\0\0\0\0\0\0\0\0"sv,
     {},
     {}},
});

const Pair* pair_of(Protocol protocol) {
  for (const auto& pair : pairs)
    if (pair.protocol == protocol) return &pair;
  return nullptr;
}

Said by_first_line(const Pair& pair, std::string_view text) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return Said::More;
    const std::string line = lower_ascii(text.substr(0, end));
    text.remove_prefix(end + 1);
    for (const auto answer : pair.answers_along)
      if (!answer.empty() && line.starts_with(answer)) return Said::Yes;
    if (line.starts_with(pair.answer_inside)) return Said::No;
    if (pair.protocol != Protocol::Imap || !line.starts_with("* ")) return Said::Wrong;
  }
  return Said::More;
}

// After TLS the server may state its capabilities again (RFC 5804 2.2), so that an OK alone says little; our NOOP's
// answer carries its tag (RFC 5804 2.13) and would come before LOGOUT's.
Said by_tag(std::string_view text, bool ended) {
  if (text.find("kenshin") != std::string_view::npos) return Said::Yes;
  if (!ended) return Said::More;
  return lower_ascii(text).find("ok") != std::string::npos ? Said::No : Said::Wrong;
}

// LDAPMessage with a short or a long length, messageID of one byte (RFC 4511 4.1.1).
Said by_message_id(Bytes bytes) {
  if (bytes.size() < 2) return Said::More;
  const std::size_t header = bytes[1] < 0x80 ? 2 : std::size_t{2} + (bytes[1] & 0x7F);
  if (bytes[0] != 0x30 || header > 6) return Said::Wrong;
  if (bytes.size() < header + 3) return Said::More;
  if (bytes[header] != 2 || bytes[header + 1] != 1) return Said::Wrong;
  const std::uint8_t id = bytes[header + 2];
  return id == 2 ? Said::Yes : id == 3 ? Said::No : Said::Wrong;
}

// An authentication request answers the StartupMessage; a close alone, the CancelRequest.
Said by_authentication(Bytes bytes, bool ended) {
  if (bytes.empty()) return ended ? Said::No : Said::More;
  return bytes[0] == 'R' ? Said::Yes : Said::Wrong;
}

Vulnerability unknown(std::string why) { return {Answer::Unknown, one_line(why, 200)}; }

Result<Secured> enter(const Asked& asked, const Session& session, Bytes along, Tally& tally) {
  ++tally;
  const Deadline deadline = deadline_in(session.timeout);
  auto socket = open_port(asked.address, asked.target.port, session, deadline);
  if (!socket) return before_tls(socket.error(), "connect");
  if (const auto begun = begin_tls(*socket, asked.target, deadline, along); !begun) return begun.error();
  return Secured::over(std::move(*socket), asked.target.name, deadline);
}

enum class Refusal { None, Lost, Said };

Refusal refusal(const Error& error) {
  switch (error.kind) {
    case Error::Kind::Absent:
    case Error::Kind::Malformed: return Refusal::Said;  // in words, or by an alert
    case Error::Kind::Refused: return error.detail.starts_with("connect") ? Refusal::None : Refusal::Said;
    case Error::Kind::Closed:
    case Error::Kind::Reset: return Refusal::Lost;
    case Error::Kind::Unreachable:  // before TLS: silence, too, which says nothing
      return error.detail.find("no answer") == std::string::npos ? Refusal::Lost : Refusal::None;
    default: return Refusal::None;
  }
}

// The server would not go on with a command along: a mended one does without it.
Vulnerability would_not(const Asked& asked, const Session& session, Bytes along, const Error& first, Tally& tally) {
  const Refusal how = refusal(first);
  if (how == Refusal::None) return unknown(first.detail);
  for (int tried = 1; tried < 3; ++tried) {
    if (!enter(asked, session, {}, tally)) return unknown(first.detail + ", control failed");
    if (how == Refusal::Said) break;
    const auto again = enter(asked, session, along, tally);
    if (again || refusal(again.error()) != how) return unknown(first.detail + ", tries differ");
  }
  return {Answer::No, one_line("refused with a command along: " + first.detail, 200) +
                          (how == Refusal::Lost ? ", thrice alike" : "")};
}

}  // namespace

Said whose_answer(Protocol protocol, Bytes inside, bool ended) {
  const auto said = [&] {
    switch (protocol) {
      case Protocol::Sieve: return by_tag(text_of(inside), ended);
      case Protocol::Ldap: return by_message_id(inside);
      case Protocol::Postgres: return by_authentication(inside, ended);
      default: break;
    }
    const auto* pair = pair_of(protocol);
    return pair == nullptr ? Said::Wrong : by_first_line(*pair, text_of(inside));
  }();
  return said == Said::More && ended ? Said::Wrong : said;
}

Vulnerability starttls_injection(const Asked& asked, Session& session, Tally& tally) {
  constexpr std::size_t longest_answer = 64 * 1024;
  if (asked.target.protocol == Protocol::Tls) return {Answer::NotApplicable, "TLS from the first byte"};
  const auto* pair = pair_of(asked.target.protocol);
  if (pair == nullptr) return unknown("no test for " + std::string(protocol_name(asked.target.protocol)));
  if (session.authorized_by.empty() && !is_loopback_or_private(asked.address)) return unknown("not authorised");
  const auto lease = session.budget
                         ? std::optional(session.budget->lease(asked.address, {session.max_rate, session.gentle}))
                         : std::nullopt;
  auto secured = enter(asked, session, bytes_of(pair->along), tally);
  if (!secured) return would_not(asked, session, bytes_of(pair->along), secured.error(), tally);
  if (const auto sent = secured->send(bytes_of(pair->inside)); !sent) return unknown(sent.error().detail);
  Buffer inside;
  for (bool ended = false;;) {
    switch (whose_answer(pair->protocol, inside, ended)) {
      case Said::Yes: return {Answer::Yes, "a command sent in clear was answered inside TLS"};
      case Said::No: return {Answer::No, "a command sent in clear was not answered inside TLS"};
      case Said::Wrong: return unknown("not understood inside TLS: " + one_line(text_of(inside), 60));
      case Said::More: break;
    }
    std::array<std::uint8_t, 4096> buffer{};
    const auto got = secured->receive(buffer);
    if (!got) return unknown("inside TLS: " + got.error().detail);
    if (inside.size() + *got > longest_answer) return unknown("an endless answer inside TLS");
    ended = *got == 0;
    inside.insert(inside.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
  }
}

}  // namespace kenshin
