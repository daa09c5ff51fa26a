// How a chain was laid out by who sent it: RFC 5246 7.4.2, RFC 8446 4.4.2.
#pragma once

#include <string>
#include <vector>

#include "probes/certificate/openssl.h"

namespace kenshin {

// "duplicate": one certificate twice. "root_sent": a self-signed one beside others, which nobody needs. "extra": one
// that issued none of the others. "leaf_not_first": an authority stands before the certificate it issued.
// "wrong_order": the needed ones are there, and one does not certify the one before it.
std::vector<std::string> order_problems(const std::vector<OwnedX509>& chain);

}  // namespace kenshin
