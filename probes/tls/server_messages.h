// The server's handshake messages beside ServerHello: RFC 5246 7.4, RFC 4492 5.4, RFC 8446 4.3 and 4.4. Each takes the
// body of one message and returns Malformed where it is not exactly that.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "probes/base/bytes.h"
#include "probes/tls/facts.h"

namespace kenshin {

enum class KeyExchangeKind { Ecdhe, Dhe, RsaExport };

// Signed or anonymous parameters of TLS 1.2 and before.
struct ServerKeyExchange {
  KeyExchangeKind kind{};
  GroupId group{};                 // Ecdhe, named curves only
  Buffer public_value;             // Ecdhe: the point; Dhe: Ys
  Buffer prime, generator;         // Dhe: p and g; RsaExport: modulus and exponent
  Buffer signed_part;              // the parameters as they stand
  std::optional<SchemeId> scheme;  // TLS 1.2
  Buffer signature;                // empty: anonymous
};
Result<ServerKeyExchange> parse_server_key_exchange(Bytes, KeyExchangeKind, TlsVersion);
// The kind a suite's name says; nothing: no such message in it.
std::optional<KeyExchangeKind> key_exchange_of(SuiteId);

struct CertificateRequest {
  std::vector<SchemeId> schemes;
  std::vector<Buffer> authorities;  // DER names
};
Result<CertificateRequest> parse_certificate_request(Bytes, TlsVersion);  // TLS 1.3: 4.3.2; before: RFC 5246 7.4.4

// RFC 6066 8: the DER OCSPResponse of a CertificateStatus message or a status_request CertificateEntry extension.
Result<Buffer> parse_certificate_status(Bytes);

// RFC 6962 3.3: each SerializedSCT of a list.
Result<std::vector<Buffer>> parse_timestamp_list(Bytes);

struct NewSessionTicket12 {  // RFC 5077 3.3
  std::uint32_t lifetime_hint = 0;
  Buffer ticket;
};
Result<NewSessionTicket12> parse_new_session_ticket12(Bytes);

}  // namespace kenshin
