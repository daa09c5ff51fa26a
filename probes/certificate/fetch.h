// The certificates an endpoint sends, and what it sends along with them: from the clear text before TLS 1.3, by a
// handshake of our own in TLS 1.3.
#pragma once

#include <string>
#include <vector>

#include "probes/probe.h"
#include "probes/tls/conversation.h"

namespace kenshin {

struct SentChain {
  std::vector<Buffer> certificates;  // DER, as sent
  TlsVersion version{};
  Buffer staple;         // DER OCSPResponse (RFC 6066 8); empty: none came
  Buffer timestamps;     // SignedCertificateTimestampList (RFC 6962 3.3.1); empty: none came
  bool cut_off = false;  // the connection broke where a staple might still have come
};

// A server that asks for a client certificate sends its own first, so it is seen all the same. Where the server knows
// no such name, the conversation goes on without one.
Result<SentChain> fetch_chain(Conversation&, Tally&);

// What one question for a certificate came to. `served`: No where the server refused, Unknown where nothing was proven.
struct Served {
  Answer served = Answer::Unknown;
  std::string because;  // "server_hello", "alert unrecognized_name" ...
  SentChain chain;      // where served
  Heard heard = {};     // of a No, for Conversation::in_doubt
};
// TLS 1.2 and before, with these suites and schemes.
Served ask_before13(Conversation&, std::vector<SuiteId>, std::vector<SchemeId>, Tally&);
// TLS 1.3 alone.
Served ask_in13(Conversation&, std::vector<SchemeId>, Tally&);

}  // namespace kenshin
