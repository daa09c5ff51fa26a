// What servers answer on the way to TLS, protocol by protocol: pure functions over the bytes that have come so far.
#pragma once

#include <string_view>

#include "probes/net/dialogue.h"

namespace kenshin {

// "220-first", "220 last": SMTP (RFC 5321 4.2), FTP (RFC 959 4.2), NNTP (RFC 3977 3.2). Yes where the code begins with
// `wanted`; the text of a No is the last line.
Step hear_code(Bytes, std::string_view wanted);
// "* OK ...", the greeting of IMAP (RFC 3501 7.1). PREAUTH is a No: TLS is not offered any more.
Step hear_imap_greeting(Bytes);
// The line that carries our tag (RFC 3501 2.2.2), untagged ones before it passed over.
Step hear_tagged(Bytes, std::string_view tag);
// "+OK" or "-ERR" (RFC 1939 3).
Step hear_pop3(Bytes);
// Lines up to OK, NO or BYE (RFC 5804 1.3).
Step hear_sieve(Bytes);
// Stream features that offer STARTTLS, then proceed (RFC 6120 5.4).
Step hear_xmpp_features(Bytes);
Step hear_xmpp_proceed(Bytes);
// ExtendedResponse to message 1 (RFC 4511 4.12, 4.14.2).
Step hear_ldap(Bytes);
// One byte, S or N (PostgreSQL protocol 3.0, SSLRequest); an ErrorResponse is a No.
Step hear_postgres(Bytes);
// HandshakeV10 with CLIENT_SSL among its capabilities (MySQL client/server protocol).
Step hear_mysql(Bytes);
// X.224 Connection Confirm with a negotiation response that chose TLS (MS-RDPBCGR 2.2.1.2).
Step hear_rdp(Bytes);

}  // namespace kenshin
