#include "probes/tls/starttls_injection.h"

#include <algorithm>
#include <array>

#include "probes/base/text.h"
#include "probes/net/budget.h"
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

// RFC 3206, RFC 2449 8: -ERR with a response code is about the server's state, whatever was asked.
bool is_busy(Protocol protocol, std::string_view line) {
  constexpr std::array codes{"[sys/"sv, "[in-use]"sv, "[login-delay]"sv};
  const auto says = [&](std::string_view code) { return line.find(code) != std::string_view::npos; };
  return protocol == Protocol::Pop3 && std::any_of(codes.begin(), codes.end(), says);
}

Said by_first_line(const Pair& pair, std::string_view text) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return Said::More;
    const std::string line = lower_ascii(text.substr(0, end));
    text.remove_prefix(end + 1);
    if (is_busy(pair.protocol, line)) return Said::Wrong;
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

constexpr std::string_view not_let_in = "connect";  // opens the detail where it did not come to the first word

Vulnerability unknown(std::string why) { return {Answer::Unknown, one_line(why, 200)}; }

// A connection inside TLS, and the right to hold it.
struct Entered {
  std::optional<Budget::Lease> lease;
  Secured secured;
};

Result<Entered> enter(const Asked& asked, const Session& session, Bytes along, Tally& tally) {
  auto lease = lease_of(session, asked.address);
  ++tally;
  const Deadline deadline = deadline_in(session.timeout);
  auto socket = open_port(asked.address, asked.target.port, session, deadline);
  if (!socket) return before_tls(socket.error(), not_let_in);
  if (const auto begun = begin_tls(*socket, asked.target, deadline, along); !begun) return begun.error();
  auto secured = Secured::over(std::move(*socket), asked.target.name, deadline);
  if (!secured) return secured.error();
  return Entered{std::move(lease), std::move(*secured)};
}

// What a connection came to: the answer inside TLS, or why there is none.
struct Outcome {
  std::optional<Error> outside;  // it did not come to TLS
  Said said = Said::Wrong;       // else, of whose_answer
  Buffer inside;
  std::string why;  // of Wrong
};

Outcome inside_of(Secured& secured, Protocol protocol, Bytes command) {
  constexpr std::size_t longest_answer = 64 * 1024;
  Outcome out;
  const auto lost = [&](std::string why) {
    out.why = std::move(why);
    return std::move(out);
  };
  if (const auto sent = secured.send(command); !sent) return lost(sent.error().detail);
  for (bool ended = false;;) {
    out.said = whose_answer(protocol, out.inside, ended);
    if (out.said == Said::Wrong) return lost("not understood inside TLS: " + one_line(text_of(out.inside), 60));
    if (out.said != Said::More) return out;
    out.said = Said::Wrong;
    std::array<std::uint8_t, 4096> buffer{};
    const auto got = secured.receive(buffer);
    if (!got) return lost("inside TLS: " + got.error().detail);
    if (out.inside.size() + *got > longest_answer) return lost("an endless answer inside TLS");
    ended = *got == 0;
    out.inside.insert(out.inside.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
  }
}

Outcome ask(const Asked& asked, const Session& session, Bytes along, Bytes inside, Tally& tally) {
  auto entered = enter(asked, session, along, tally);
  if (!entered) return {entered.error(), Said::Wrong, {}, {}};
  return inside_of(entered->secured, asked.target.protocol, inside);
}

enum class Refusal { None, Lost, Said };

Refusal refusal(const Error& error) {
  if (error.detail.starts_with(not_let_in)) return Refusal::None;
  switch (error.kind) {
    case Error::Kind::Absent:
    case Error::Kind::Refused:
    case Error::Kind::Malformed: return Refusal::Said;  // in words, or by an alert
    case Error::Kind::Closed:
    case Error::Kind::Reset: return Refusal::Lost;
    case Error::Kind::Unreachable:  // before TLS: silence, too, which says nothing
      return error.detail.find("no answer") == std::string::npos ? Refusal::Lost : Refusal::None;
    default: return Refusal::None;
  }
}

// The same again, with controls between: four more connections, so set that whoever fails every second or third one
// falls out of step (docs/decisions/0004-a-refusal-needs-a-control.md). Empty where all came out alike, else the
// reason.
template <class Again, class Control>
std::string unlike(Again again, Control control) {
  if (!control()) return ", control failed";
  if (!again() || !again()) return ", tries differ";
  return control() ? "" : ", control failed";
}

// The server would not go on with a command along: a mended one does without it.
Vulnerability would_not(const Asked& asked, const Session& session, Bytes along, const Error& first, Tally& tally) {
  const Refusal how = refusal(first);
  if (how == Refusal::None) return unknown(first.detail);
  const std::string why = unlike(
      [&] {
        const auto again = enter(asked, session, along, tally);
        return !again && refusal(again.error()) == how;
      },
      [&] { return bool(enter(asked, session, {}, tally)); });
  if (!why.empty()) return unknown(first.detail + why);
  return {Answer::No, one_line("refused with a command along: " + first.detail, 200) + ", thrice alike"};
}

// A close is the answer to a CancelRequest, and may be anything else: a server that answers a StartupMessage inside TLS
// must have closed thrice.
Vulnerability closed(const Asked& asked, const Session& session, const Pair& pair, Tally& tally) {
  const std::string why =
      unlike([&] { return ask(asked, session, bytes_of(pair.along), bytes_of(pair.inside), tally).said == Said::No; },
             [&] { return !ask(asked, session, {}, bytes_of(pair.along), tally).inside.empty(); });
  if (!why.empty()) return unknown("closed inside TLS" + why);
  return {Answer::No, "a command sent in clear was not answered inside TLS, thrice alike"};
}

// Words that fit may be those of a server that answers everything so, or said something else this once: they must come
// again, and without company the later command must be answered as it is by others.
Vulnerability answered(const Asked& asked, const Session& session, const Pair& pair, Tally& tally) {
  const std::string why =
      unlike([&] { return ask(asked, session, bytes_of(pair.along), bytes_of(pair.inside), tally).said == Said::Yes; },
             [&] { return ask(asked, session, {}, bytes_of(pair.inside), tally).said == Said::No; });
  if (!why.empty()) return unknown("an answer inside TLS" + why);
  return {Answer::Yes, "a command sent in clear was answered inside TLS, thrice alike"};
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
  if (asked.target.protocol == Protocol::Tls) return {Answer::NotApplicable, "TLS from the first byte"};
  const auto* pair = pair_of(asked.target.protocol);
  if (pair == nullptr) return unknown("no test for " + std::string(protocol_name(asked.target.protocol)));
  if (!may_test_weaknesses(asked, session)) return unknown("not authorised");
  const auto first = ask(asked, session, bytes_of(pair->along), bytes_of(pair->inside), tally);
  if (first.outside) return would_not(asked, session, bytes_of(pair->along), *first.outside, tally);
  if (first.said == Said::Yes) return answered(asked, session, *pair, tally);
  if (first.said != Said::No) return unknown(first.why);
  if (pair->protocol == Protocol::Postgres) return closed(asked, session, *pair, tally);
  return {Answer::No, "a command sent in clear was not answered inside TLS"};
}

}  // namespace kenshin
