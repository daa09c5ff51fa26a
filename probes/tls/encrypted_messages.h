// What a TLS 1.3 server sends under encryption: RFC 8446 4.3.1, 4.4.2, 4.4.3, 4.6. Each takes the body of one message
// and returns Malformed where it is not exactly that.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "probes/base/bytes.h"
#include "probes/tls/handshake13.h"

namespace kenshin {

// The extensions by type, none of them twice.
Result<std::map<std::uint16_t, Buffer>> parse_encrypted_extensions(Bytes);

// The groups of a supported_groups extension: RFC 8446 4.2.7.
Result<std::vector<GroupId>> parse_group_list(Bytes);

// The entries as sent, at most 64; an empty list is a server without a certificate, which RFC 8446 4.4.2.4 forbids.
Result<std::vector<Sent13Certificate>> parse_certificate13(Bytes);

struct CertificateVerify {
  SchemeId scheme{};
  Buffer signature;
};
Result<CertificateVerify> parse_certificate_verify(Bytes);

struct NewSessionTicket13 {
  std::uint32_t lifetime = 0, age_add = 0;
  Buffer nonce, ticket;
  std::optional<std::uint32_t> max_early_data;
};
Result<NewSessionTicket13> parse_new_session_ticket13(Bytes);

}  // namespace kenshin
