// SSL 2.0 (draft-hickman-netscape-ssl-00): its own hello, and the whole list of kinds in one answer.
#pragma once

#include <vector>

#include "probes/tls/conversation.h"

namespace kenshin {

constexpr std::size_t sslv2_challenge = 16;

// A CLIENT-HELLO with every kind there is, in its two-byte header.
Buffer sslv2_client_hello(Bytes challenge);

struct Sslv2ServerHello {
  TlsVersion version{};
  std::vector<SuiteId> kinds;  // may be empty: it speaks SSL 2.0 all the same (RFC 6176 forbids it, CVE-2015-3197)
  Buffer certificate;          // DER
};
// One message without its record header, of type 4.
Result<Sslv2ServerHello> parse_sslv2_server_hello(Bytes message);

// Cuts the first message out of what came so far: nothing where more bytes are needed, NotTls or Malformed where it is
// no SSL 2.0 record.
Result<std::optional<Buffer>> first_sslv2_message(Bytes);

// One connection, one hello. Said: a ServerHello of version Ssl2, whose `kinds` are the server's own whole list; an
// alert; an error.
Reply sslv2_exchange(Conversation&, std::vector<SuiteId>& kinds, Tally&);

}  // namespace kenshin
