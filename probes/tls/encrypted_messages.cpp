#include "probes/tls/encrypted_messages.h"

#include <utility>

#include "probes/certificate/message.h"
#include "probes/tls/extensions.h"

namespace kenshin {

namespace {

// Reads Extension<0..2^16-1>; fails on one that comes twice (RFC 8446 4.2).
std::map<std::uint16_t, Buffer> read_extensions(Reader& in) {
  std::map<std::uint16_t, Buffer> out;
  Reader list = in.vec16();
  while (!list.done()) {
    const std::uint16_t type = list.u16();
    const Bytes content = list.vec16().rest();
    if (!out.try_emplace(type, content.begin(), content.end()).second) in.fail();
  }
  return out;
}

Buffer copied(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

Result<std::map<std::uint16_t, Buffer>> parse_encrypted_extensions(Bytes body) {
  Reader in(body);
  auto out = read_extensions(in);
  return in.finish(std::move(out));
}

Result<std::vector<GroupId>> parse_group_list(Bytes body) {
  Reader in(body);
  Reader list = in.vec16();
  std::vector<GroupId> out;
  while (!list.done()) out.push_back(static_cast<GroupId>(list.u16()));
  return in.finish(std::move(out));
}

Result<std::vector<Sent13Certificate>> parse_certificate13(Bytes body) {
  Reader in(body);
  std::vector<Sent13Certificate> out;
  if (!in.vec8().rest().empty()) in.fail();  // RFC 8446 4.4.2: the context is empty in a server's message
  Reader list = in.vec24();
  while (!list.done()) {
    const Bytes der = list.vec24().rest();
    auto extensions = read_extensions(list);
    if (der.empty()) in.fail();
    if (out.size() == most_certificates) return too_many_certificates();
    out.push_back({copied(der), std::move(extensions)});
  }
  return in.finish(std::move(out));
}

Result<CertificateVerify> parse_certificate_verify(Bytes body) {
  Reader in(body);
  CertificateVerify out;
  out.scheme = static_cast<SchemeId>(in.u16());
  out.signature = copied(in.vec16().rest());
  return in.finish(std::move(out));
}

Result<NewSessionTicket13> parse_new_session_ticket13(Bytes body) {
  Reader in(body);
  NewSessionTicket13 out;
  out.lifetime = in.u32();
  out.age_add = in.u32();
  out.nonce = copied(in.vec8().rest());
  out.ticket = copied(in.vec16().rest());
  if (out.ticket.empty()) in.fail();
  for (const auto& [type, content] : read_extensions(in)) {
    if (type != extension_type::early_data) continue;
    Reader size(content);
    out.max_early_data = size.u32();
    if (!size.ok() || size.left() > 0) in.fail();
  }
  return in.finish(std::move(out));
}

}  // namespace kenshin
