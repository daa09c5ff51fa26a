// Whether a server asks its clients for a certificate, whether it goes on without one, and whose it wants: RFC 8446
// 4.3.2 and 4.4.2.4, RFC 5246 7.4.4 and 7.4.6.
#pragma once

#include "probes/tls/learned.h"

namespace kenshin {

// Required is "yes" after an alert that answers our empty Certificate, or where the page is refused for it; "no" where
// the server answers a request. Some servers finish the handshake and refuse in HTTP.
TlsClientCertificate observe_client_certificate(Conversation&, const Learned&, Tally&);

}  // namespace kenshin
