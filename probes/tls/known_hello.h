// Hellos a server is known to answer, made from what was learned: the ground on which one more question is asked.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/tls/learned.h"

namespace kenshin {

using SuitePredicate = std::function<bool(SuiteId)>;

bool name_has(SuiteId, std::string_view part);  // in its IANA name
bool is_cbc(SuiteId);                           // a block cipher in CBC mode

// SSL 3.0 to TLS 1.2, those that are accepted, highest first.
std::vector<TlsVersion> spoken_before_tls13(const Learned&);
// Why SSL 3.0 to TLS 1.2 cannot be asked: NotApplicable where each is proven refused, Unknown where one could not be
// told; Yes where one is spoken.
Decided speaks_before_tls13(const Learned&);

// Of the versions below TLS 1.3 that are not refused, why one may accept suites that are not known; empty: all are.
std::string unlisted_before_tls13(const Learned&);

// A hello of that version alone with the accepted suites that satisfy; with what the server answered before where no
// list was made. Nothing where there is no such suite, or for TLS 1.3 and SSL 2.0.
std::optional<HelloOffer> known_hello(const Learned&, TlsVersion, const SuitePredicate& = {});

}  // namespace kenshin
