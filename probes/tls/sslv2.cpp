#include "probes/tls/sslv2.h"

#include <algorithm>
#include <stdexcept>

#include "probes/base/crypto.h"
#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

constexpr std::uint8_t error_message = 0, client_hello = 1, server_hello = 4;
constexpr std::uint16_t no_cipher_error = 1;
constexpr std::uint16_t ssl2 = 0x0002;

Reply failed(Error why) { return {std::move(why), {}}; }

Reply speaks() {
  ServerHello hello;
  hello.version = TlsVersion::Ssl2;
  return {std::move(hello), {}};
}

// What one message means. An error for want of a common kind comes from a server that speaks SSL 2.0.
Reply read(Bytes message, std::vector<SuiteId>& kinds) {
  if (!message.empty() && message[0] == server_hello) {
    auto hello = parse_sslv2_server_hello(message);
    if (!hello) return failed({Error::Kind::Malformed, "SSL 2.0 SERVER-HELLO: " + hello.error().detail});
    if (hello->version != TlsVersion::Ssl2) return failed({Error::Kind::Malformed, "SSL 2.0 SERVER-HELLO: version"});
    kinds = std::move(hello->kinds);
    return speaks();
  }
  Reader in(message);
  if (in.u8() == error_message && in.u16() == no_cipher_error && in.ok() && in.done()) return speaks();
  return failed({Error::Kind::Malformed, "another SSL 2.0 message than SERVER-HELLO"});
}

}  // namespace

Buffer sslv2_client_hello(Bytes challenge) {
  if (challenge.size() != sslv2_challenge) throw std::invalid_argument("a challenge has 16 bytes");
  Writer message;
  message.u8(client_hello);
  message.u16(ssl2);
  message.u16(static_cast<std::uint16_t>(3 * sslv2_kinds().size()));
  message.u16(0);  // no session id
  message.u16(sslv2_challenge);
  for (const SuiteId kind : sslv2_kinds()) message.u24(static_cast<std::uint32_t>(kind));
  message.put(challenge);
  Writer record;
  record.u16(static_cast<std::uint16_t>(0x8000 | message.size()));
  record.put(message.view());
  return record.take();
}

Result<std::optional<Buffer>> first_sslv2_message(Bytes bytes) {
  if (bytes.size() < 3) return std::optional<Buffer>();
  Reader in(bytes);
  const std::uint16_t head = in.u16();
  // Two bytes of header: 15 bits of length. Three: 14 bits, an escape bit, and the length of the padding at the end.
  const bool has_padding = (head & 0x8000) == 0;
  const std::size_t length = head & (has_padding ? 0x3FFF : 0x7FFF);
  const std::size_t padding = has_padding ? in.u8() : 0;
  if (length == 0 || padding >= length) return Error{Error::Kind::NotTls, "no SSL 2.0 message"};
  if (in.left() == 0) return std::optional<Buffer>();
  const std::uint8_t type = bytes[bytes.size() - in.left()];
  if (type != server_hello && type != error_message) return Error{Error::Kind::NotTls, "no SSL 2.0 message"};
  if (in.left() < length) return std::optional<Buffer>();
  const Bytes message = in.take(length).first(length - padding);
  return std::optional(Buffer(message.begin(), message.end()));
}

Result<Sslv2ServerHello> parse_sslv2_server_hello(Bytes message) {
  Reader in(message);
  Sslv2ServerHello hello;
  if (in.u8() != server_hello) in.fail();
  in.u8();  // session id hit
  in.u8();  // certificate type
  hello.version = static_cast<TlsVersion>(in.u16());
  const std::size_t certificate = in.u16(), specs = in.u16(), connection = in.u16();
  const Bytes der = in.take(certificate);
  hello.certificate = {der.begin(), der.end()};
  if (specs % 3 != 0) in.fail();
  Reader kinds(in.take(specs));
  while (!kinds.done()) hello.kinds.push_back(static_cast<SuiteId>(kinds.u24()));
  in.take(connection);
  std::sort(hello.kinds.begin(), hello.kinds.end());
  hello.kinds.erase(std::unique(hello.kinds.begin(), hello.kinds.end()), hello.kinds.end());
  return in.finish(std::move(hello));
}

Reply sslv2_exchange(Conversation& conversation, std::vector<SuiteId>& kinds, Tally& tally) {
  const Buffer challenge = random_bytes(sslv2_challenge);
  auto line = conversation.open(tally);
  if (!line) return {line.error(), {}, line.error().kind, true};
  if (const auto sent = line->send(sslv2_client_hello(challenge)); !sent) return failed(sent.error());
  Buffer all;
  for (;;) {
    const auto more = line->bytes();
    if (!more) return {more.error(), {}, more.error().kind, line->answered()};
    all.insert(all.end(), more->begin(), more->end());
    // TLS servers answer in TLS: a whole alert record is their refusal.
    if (all.size() >= 2 && all[0] == 21 && all[1] == 3) {
      FlightReader flight;
      flight.push(all);
      const auto event = flight.next();
      if (!event) continue;
      if (const auto* alert = std::get_if<Alert>(&*event)) return {*alert, {}};
      return failed({Error::Kind::Malformed, "no alert"});
    }
    const auto message = first_sslv2_message(all);
    if (!message) return failed(message.error());
    if (*message) return read(**message, kinds);
  }
}

}  // namespace kenshin
