#include "probes/tls/server_messages.h"

#include <string_view>
#include <utility>

#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

constexpr std::size_t most_authorities = 4096;

Buffer copied(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

// A vec16 that RFC 5246 and 8446 declare as <1..2^16-1>.
Buffer filled16(Reader& in) {
  const Bytes bytes = in.vec16().rest();
  if (bytes.empty()) in.fail();
  return copied(bytes);
}

std::vector<SchemeId> read_schemes(Reader in) {
  std::vector<SchemeId> out;
  while (!in.done()) out.push_back(static_cast<SchemeId>(in.u16()));
  return out;
}

std::vector<Buffer> read_authorities(Reader in) {
  std::vector<Buffer> out;
  while (!in.done()) {
    if (out.size() == most_authorities) in.fail();
    out.push_back(filled16(in));
  }
  return out;
}

// RFC 8446 4.3.2
Result<CertificateRequest> parse_request13(Bytes body) {
  constexpr std::uint16_t signature_algorithms = 13, certificate_authorities = 47;
  Reader in(body);
  CertificateRequest out;
  if (!in.vec8().rest().empty()) in.fail();  // the context is empty in a handshake
  Reader extensions = in.vec16();
  while (!extensions.done()) {
    const std::uint16_t type = extensions.u16();
    Reader content = extensions.vec16();
    if (type == signature_algorithms) out.schemes = read_schemes(content.vec16());
    else if (type == certificate_authorities) out.authorities = read_authorities(content.vec16());
    else content.rest();
    if (content.left() > 0) in.fail();
  }
  return in.finish(std::move(out));
}

}  // namespace

std::optional<KeyExchangeKind> key_exchange_of(SuiteId suite) {
  const std::string name = suite_name(suite);
  const auto begins = [&](std::string_view prefix) { return name.starts_with(prefix); };
  if (begins("TLS_DHE_PSK_") || begins("TLS_ECDHE_PSK_")) return std::nullopt;  // a hint stands first (RFC 4279)
  if (begins("TLS_ECDHE_") || begins("TLS_ECDH_anon_")) return KeyExchangeKind::Ecdhe;
  if (begins("TLS_DHE_") || begins("TLS_DH_anon_")) return KeyExchangeKind::Dhe;
  if (begins("TLS_RSA_EXPORT")) return KeyExchangeKind::RsaExport;
  return std::nullopt;
}

Result<ServerKeyExchange> parse_server_key_exchange(Bytes body, KeyExchangeKind kind, TlsVersion version) {
  constexpr std::uint8_t named_curve = 3;
  Reader in(body);
  ServerKeyExchange out;
  out.kind = kind;
  if (kind == KeyExchangeKind::Ecdhe) {
    if (in.u8() != named_curve) in.fail();  // RFC 8422 5.4
    out.group = static_cast<GroupId>(in.u16());
    const Bytes point = in.vec8().rest();
    if (point.empty()) in.fail();
    out.public_value = copied(point);
  } else {
    out.prime = filled16(in);
    out.generator = filled16(in);
    if (kind == KeyExchangeKind::Dhe) out.public_value = filled16(in);
  }
  if (in.ok()) out.signed_part = copied(body.first(body.size() - in.left()));
  if (in.done()) return in.finish(std::move(out));  // anonymous
  if (version >= TlsVersion::Tls12) out.scheme = static_cast<SchemeId>(in.u16());
  out.signature = filled16(in);
  return in.finish(std::move(out));
}

Result<CertificateRequest> parse_certificate_request(Bytes body, TlsVersion version) {
  if (version >= TlsVersion::Tls13) return parse_request13(body);
  Reader in(body);
  CertificateRequest out;
  in.vec8().rest();  // certificate types
  if (version >= TlsVersion::Tls12) out.schemes = read_schemes(in.vec16());
  out.authorities = read_authorities(in.vec16());
  return in.finish(std::move(out));
}

Result<Buffer> parse_certificate_status(Bytes body) {
  constexpr std::uint8_t ocsp = 1;
  Reader in(body);
  if (in.u8() != ocsp) in.fail();
  const Bytes response = in.vec24().rest();
  if (response.empty()) in.fail();
  return in.finish(copied(response));
}

Result<std::vector<Buffer>> parse_timestamp_list(Bytes bytes) {
  Reader in(bytes);
  Reader list = in.vec16();
  std::vector<Buffer> out;
  if (list.done()) in.fail();  // <1..2^16-1>
  while (!list.done()) out.push_back(filled16(list));
  return in.finish(std::move(out));
}

Result<NewSessionTicket12> parse_new_session_ticket12(Bytes body) {
  Reader in(body);
  NewSessionTicket12 out;
  out.lifetime_hint = in.u32();
  out.ticket = copied(in.vec16().rest());
  return in.finish(std::move(out));
}

}  // namespace kenshin
