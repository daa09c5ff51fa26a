#include "probes/net/starttls.h"

#include <array>
#include <span>

#include "probes/net/starttls_replies.h"

namespace kenshin {

namespace {

// One exchange: what is said (where anything is), what must be heard (where anything is).
struct Move {
  std::string_view name;
  Buffer (*says)(const Target&);
  Step (*hears)(Bytes);
};

Buffer text(std::string_view line) { return {line.begin(), line.end()}; }

// RFC 5321 4.2.3: these codes say that the server does not take this command, or not here.
constexpr Move starttls_over_smtp = {"STARTTLS", [](const Target&) { return text("STARTTLS\r\n"); },
                                     [](Bytes b) { return hear_code(b, "220", "500 502 503 504"); }};
// RFC 3207, RFC 2033. The name we greet with is one that belongs to nobody (RFC 2606 2).
constexpr Move smtp[] = {
    {"greeting", nullptr, [](Bytes b) { return hear_code(b, "220"); }},
    {"EHLO", [](const Target&) { return text("EHLO kenshin.invalid\r\n"); },
     [](Bytes b) { return hear_code(b, "250"); }},
    starttls_over_smtp,
};
constexpr Move lmtp[] = {
    {"greeting", nullptr, [](Bytes b) { return hear_code(b, "220"); }},
    {"LHLO", [](const Target&) { return text("LHLO kenshin.invalid\r\n"); },
     [](Bytes b) { return hear_code(b, "250"); }},
    starttls_over_smtp,
};
// RFC 3501 6.2.1
constexpr Move imap[] = {
    {"greeting", nullptr, hear_imap_greeting},
    {"STARTTLS", [](const Target&) { return text("k1 STARTTLS\r\n"); }, [](Bytes b) { return hear_tagged(b, "k1 "); }},
};
// RFC 2595 4
constexpr Move pop3[] = {
    {"greeting", nullptr, hear_pop3_greeting},
    {"STLS", [](const Target&) { return text("STLS\r\n"); }, hear_pop3},
};
// RFC 4217 4. A server that knows AUTH takes it before anybody has logged in (530 is for others).
constexpr Move ftp[] = {
    {"greeting", nullptr, [](Bytes b) { return hear_code(b, "220"); }},
    {"AUTH TLS", [](const Target&) { return text("AUTH TLS\r\n"); },
     [](Bytes b) { return hear_code(b, "234", "500 502 503 504 530"); }},
};
// RFC 5804 2.2
constexpr Move sieve[] = {
    {"greeting", nullptr, hear_sieve_greeting},
    {"STARTTLS", [](const Target&) { return text("STARTTLS\r\n"); }, hear_sieve},
};
// RFC 4642 2.2, RFC 3977 3.2.1
constexpr Move nntp[] = {
    {"greeting", nullptr, [](Bytes b) { return hear_code(b, "20"); }},
    {"STARTTLS", [](const Target&) { return text("STARTTLS\r\n"); },
     [](Bytes b) { return hear_code(b, "382", "500 502 503"); }},
};
// RFC 4511 4.14.1: ExtendedRequest of 1.3.6.1.4.1.1466.20037, message 1
constexpr Move ldap[] = {
    {"StartTLS",
     [](const Target&) {
       Writer out;
       out.u8(0x30);
       out.vec8([](Writer& message) {
         message.put(Buffer{0x02, 0x01, 0x01});
         message.u8(0x77);
         message.vec8([](Writer& request) {
           request.u8(0x80);
           request.vec8([](Writer& name) { name.put("1.3.6.1.4.1.1466.20037"); });
         });
       });
       return out.take();
     },
     hear_ldap},
};
// RFC 6120 4.2, 5.4.2
constexpr Move xmpp[] = {
    {"stream",
     [](const Target& target) {
       return text(
           "<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
           "xmlns:stream='http://etherx.jabber.org/streams' to='" +
           target.name + "' version='1.0'>");
     },
     hear_xmpp_features},
    {"starttls", [](const Target&) { return text("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"); },
     hear_xmpp_proceed},
};
// PostgreSQL protocol 3.0, SSLRequest
constexpr Move postgres[] = {
    {"SSLRequest", [](const Target&) { return Buffer{0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F}; }, hear_postgres},
};
// MySQL client/server protocol, SSLRequest: little endian, packet 1
constexpr Move mysql[] = {
    {"greeting", nullptr, hear_mysql},
    {"SSLRequest",
     [](const Target&) {
       constexpr std::uint8_t utf8 = 33;
       Buffer out{32, 0, 0, 1, 0x01, 0x8A, 0, 0, 0, 0, 0, 1, utf8};  // LONG_PASSWORD, PROTOCOL_41, SSL, SECURE
       out.resize(4 + 32);
       return out;
     },
     nullptr},
};
// MS-RDPBCGR 2.2.1.1: TLS and CredSSP requested; whoever demands network level authentication refuses TLS alone
constexpr Move rdp[] = {
    {"connection request",
     [](const Target&) { return Buffer{3, 0, 0, 19, 14, 0xE0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0, 0, 0}; }, hear_rdp},
};

struct WayToTls {
  Protocol protocol;
  std::span<const Move> moves;
};
constexpr auto ways_to_tls = std::to_array<WayToTls>({
    {Protocol::Tls, {}},
    {Protocol::Smtp, smtp},
    {Protocol::Lmtp, lmtp},
    {Protocol::Imap, imap},
    {Protocol::Pop3, pop3},
    {Protocol::Ftp, ftp},
    {Protocol::Ldap, ldap},
    {Protocol::Xmpp, xmpp},
    {Protocol::Postgres, postgres},
    {Protocol::Mysql, mysql},
    {Protocol::Sieve, sieve},
    {Protocol::Nntp, nntp},
    {Protocol::Rdp, rdp},
});

std::span<const Move> moves_of(Protocol protocol) {
  for (const auto& way : ways_to_tls)
    if (way.protocol == protocol) return way.moves;
  return {};
}

Error refusal(const std::string& where, const Step& heard) {
  const auto kind = [&] {
    switch (heard.meaning) {
      case Meaning::NotOffered: return Error::Kind::Absent;
      case Meaning::NotNow: return Error::Kind::RateLimited;
      case Meaning::Refused: break;
    }
    return Error::Kind::Refused;
  }();
  return {kind, where + ": " + (heard.text.empty() ? "refused" : heard.text)};
}

}  // namespace

Result<Done> begin_tls(Socket& socket, const Target& target, Deadline deadline, Bytes along) {
  const auto moves = moves_of(target.protocol);
  Dialogue dialogue(socket, deadline);
  for (const Move& move : moves) {
    const bool is_last = &move == &moves.back();
    const std::string where = std::string(protocol_name(target.protocol)) + ", " + std::string(move.name);
    if (move.says != nullptr) {
      Buffer words = move.says(target);
      if (is_last) words.insert(words.end(), along.begin(), along.end());
      if (const auto sent = dialogue.say(words); !sent) return before_tls(sent.error(), where);
    }
    if (move.hears == nullptr) continue;
    const auto heard = dialogue.hear(move.hears);
    if (!heard) return before_tls(heard.error(), where);
    if (heard->said == Said::No) return refusal(where, *heard);
  }
  return Done{};
}

}  // namespace kenshin
