#include "probes/tls/server_hello.h"

#include <algorithm>
#include <array>

namespace kenshin {

namespace {

// RFC 8446 4.1.3: the random of a HelloRetryRequest, SHA-256 of "HelloRetryRequest".
constexpr auto retry_random = std::to_array<std::uint8_t>(
    {0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
     0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C});

constexpr std::uint16_t supported_versions = 43, key_share = 51;

}  // namespace

Result<ServerHello> parse_server_hello(Bytes body) {
  Reader in(body);
  ServerHello hello;
  hello.version = static_cast<TlsVersion>(in.u16());
  const Bytes random = in.take(32);
  hello.random = {random.begin(), random.end()};
  hello.retry = std::equal(random.begin(), random.end(), retry_random.begin(), retry_random.end());
  const Bytes session_id = in.vec8().rest();
  hello.session_id = {session_id.begin(), session_id.end()};
  if (session_id.size() > 32) in.fail();
  hello.suite = static_cast<SuiteId>(in.u16());
  hello.compression = in.u8();
  // RFC 5246 7.4.1.3: the extension block may be missing.
  if (in.done() && !hello.retry) return in.finish(hello);
  Reader extensions = in.vec16();
  while (!extensions.done()) {
    const std::uint16_t type = extensions.u16();
    const Bytes content = extensions.vec16().rest();
    if (!hello.extensions.try_emplace(type, content.begin(), content.end()).second)
      in.fail();  // RFC 8446 4.2: not twice
    Reader data(content);
    if (type == supported_versions) {
      hello.version = static_cast<TlsVersion>(data.u16());
    } else if (type == key_share) {
      hello.group = static_cast<GroupId>(data.u16());
      const Bytes key = hello.retry ? Bytes() : data.vec16().rest();
      hello.share = {key.begin(), key.end()};
    } else {
      data.rest();
    }
    if (!data.ok() || data.left() > 0) in.fail();
  }
  // RFC 8446 4.1.4: a retry belongs to TLS 1.3.
  if (hello.retry && hello.version < TlsVersion::Tls13) in.fail();
  return in.finish(hello);
}

}  // namespace kenshin
