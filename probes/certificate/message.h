// The Certificate message of TLS 1.2 and before: RFC 5246 7.4.2.
#pragma once

#include <vector>

#include "probes/base/bytes.h"

namespace kenshin {

constexpr std::size_t most_certificates = 64;  // of a chain that we read
Error too_many_certificates();                 // Unsupported: our own limit, no fault of the message

// The DER certificates of the message body, as sent. An empty list is a server without a certificate. Malformed also
// for an empty certificate; Unsupported for more than most_certificates.
Result<std::vector<Buffer>> parse_certificate_message(Bytes body);

}  // namespace kenshin
