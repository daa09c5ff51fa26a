// TLS asked for on a plain HTTP port (RFC 2817 3.2): the way of Opossum.
#pragma once

#include <string>

#include "probes/session.h"
#include "probes/tls/facts.h"

namespace kenshin {

// Yes: it switched ("101 TLS/1.x"). No: it answered otherwise and offers no TLS. Unknown: it offers without switching,
// did not answer, or its answer leaves it undecided. One connection.
Decided upgrades_to_tls(const std::string& host, const std::string& address, std::uint16_t port, const Session&);

}  // namespace kenshin
