// The first byte picks a parser of one server message; the rest is its body.
#include <cstdlib>

#include "probes/tls/encrypted_messages.h"
#include "probes/tls/server_messages.h"
#include "probes/tls/transcript.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kenshin;
  if (size == 0) return 0;
  const Bytes body(data + 1, size - 1);
  const TlsVersion version = (data[0] & 0x80) != 0 ? TlsVersion::Tls12 : TlsVersion::Tls10;
  const auto key_exchange = [&](KeyExchangeKind kind) {
    const auto read = parse_server_key_exchange(body, kind, version);
    if (read && read->signed_part.size() + read->signature.size() > body.size()) std::abort();
  };
  switch (data[0] & 0x0F) {
    case 0: key_exchange(KeyExchangeKind::Ecdhe); break;
    case 1: key_exchange(KeyExchangeKind::Dhe); break;
    case 2: key_exchange(KeyExchangeKind::RsaExport); break;
    case 3: (void)parse_certificate_request(body, version); break;
    case 4: (void)parse_certificate_request(body, TlsVersion::Tls13); break;
    case 5: (void)parse_certificate_status(body); break;
    case 6: (void)parse_timestamp_list(body); break;
    case 7: (void)parse_new_session_ticket12(body); break;
    case 8: (void)parse_encrypted_extensions(body); break;
    case 9: (void)parse_certificate13(body); break;
    case 10: (void)parse_certificate_verify(body); break;
    case 11: (void)parse_new_session_ticket13(body); break;
    case 12: (void)parse_group_list(body); break;
    default: {
      TlsTranscript transcript;
      transcript.suite = SuiteId{0x1301};
      transcript.random = std::string(64, '0');
      transcript.messages = {body.begin(), body.end()};
      if (check_transcript(transcript, {})) std::abort();
    }
  }
  return 0;
}
