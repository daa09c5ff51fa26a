#include "probes/tls/extensions.h"

namespace kenshin {

namespace {

template <class Body>
HelloExtension made(std::uint16_t type, Body body) {
  Writer out;
  body(out);
  return {type, out.take()};
}

}  // namespace

HelloExtension alpn(const std::vector<std::string>& protocols) {
  return made(extension_type::alpn, [&](Writer& out) {
    out.vec16([&](Writer& list) {
      for (const auto& protocol : protocols) list.vec8([&](Writer& name) { name.put(protocol); });
    });
  });
}

HelloExtension status_request() {
  return made(extension_type::status_request, [](Writer& out) {
    out.u8(1);   // ocsp
    out.u16(0);  // no responder ids
    out.u16(0);  // no request extensions
  });
}

HelloExtension signed_certificate_timestamp() { return {extension_type::signed_certificate_timestamp, {}}; }
HelloExtension encrypt_then_mac() { return {extension_type::encrypt_then_mac, {}}; }
HelloExtension heartbeat() { return {extension_type::heartbeat, {1}}; }
HelloExtension max_fragment_length(std::uint8_t code) { return {extension_type::max_fragment_length, {code}}; }

HelloExtension record_size_limit(std::uint16_t limit) {
  return made(extension_type::record_size_limit, [&](Writer& out) { out.u16(limit); });
}

HelloExtension compress_certificate(const std::vector<std::uint16_t>& algorithms) {
  return made(extension_type::compress_certificate, [&](Writer& out) {
    out.vec8([&](Writer& list) {
      for (const std::uint16_t algorithm : algorithms) list.u16(algorithm);
    });
  });
}

HelloExtension session_ticket(Bytes ticket) { return {extension_type::session_ticket, {ticket.begin(), ticket.end()}}; }

HelloExtension renegotiation_info(Bytes verify_data) {
  return made(extension_type::renegotiation_info,
              [&](Writer& out) { out.vec8([&](Writer& data) { data.put(verify_data); }); });
}

}  // namespace kenshin
