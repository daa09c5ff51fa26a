// The Certificate message of TLS 1.2 and before: RFC 5246 7.4.2.
#pragma once

#include <vector>

#include "probes/base/bytes.h"

namespace kenshin {

// The DER certificates of the message body, as sent. An empty list is a server without a certificate. Malformed also
// for an empty certificate and for more than 64.
Result<std::vector<Buffer>> parse_certificate_message(Bytes body);

}  // namespace kenshin
