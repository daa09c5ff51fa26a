// What servers answer on the way to TLS, protocol by protocol: pure functions over the bytes that have come so far.
#pragma once

#include <string_view>

#include "probes/net/dialogue.h"

namespace kenshin {

// "220-first", "220 last": SMTP (RFC 5321 4.2), FTP (RFC 959 4.2), NNTP (RFC 3977 3.2). Yes where the code begins with
// `wanted`; the text of a No is the last line. A code of `not_offered` ("500 502") means that, one of 4xx not now.
Step hear_code(Bytes, std::string_view wanted, std::string_view not_offered = {});
// "* OK ...", the greeting of IMAP (RFC 3501 7.1). BYE: not now. PREAUTH is a No: nobody can begin TLS any more.
Step hear_imap_greeting(Bytes);
// The line that carries our tag (RFC 3501 2.2.2), untagged ones before it passed over. NO and BAD mean that the command
// is not offered, but for the response codes of RFC 5530 that speak of the moment; BYE: not now.
Step hear_tagged(Bytes, std::string_view tag);
// "+OK" or "-ERR" (RFC 1939 3). An -ERR to STLS means that it is not offered, but for the response codes of RFC 2449 8
// and RFC 3206; one that greets refuses us.
Step hear_pop3_greeting(Bytes);
Step hear_pop3(Bytes);
// Lines up to OK, NO or BYE (RFC 5804 1.3). BYE and NO (TRYLATER): not now. Another NO to STARTTLS: not offered.
Step hear_sieve_greeting(Bytes);
Step hear_sieve(Bytes);
// Stream features that offer STARTTLS, then proceed (RFC 6120 5.4); stream errors (4.9.3).
Step hear_xmpp_features(Bytes);
Step hear_xmpp_proceed(Bytes);
// ExtendedResponse to message 1 (RFC 4511 4.12). protocolError: not offered (4.14.2); busy and unavailable: not now.
Step hear_ldap(Bytes);
// One byte, S or N (PostgreSQL protocol 3.0, SSLRequest); an ErrorResponse is a No, of SQLSTATE
// class 53 or 57 not now.
Step hear_postgres(Bytes);
// HandshakeV10 with CLIENT_SSL among its capabilities (MySQL client/server protocol), or an error packet.
Step hear_mysql(Bytes);
// X.224 Connection Confirm with a negotiation response that chose TLS (MS-RDPBCGR 2.2.1.2).
Step hear_rdp(Bytes);

}  // namespace kenshin
