// Which versions an endpoint speaks. Every version is asked alone, all at once; what refuses them all is asked no more.
#pragma once

#include <map>

#include "probes/tls/conversation.h"

namespace kenshin {

constexpr TlsVersion all_versions[] = {TlsVersion::Ssl3, TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12,
                                       TlsVersion::Tls13};

// The first answer for each version, to the suites that are enabled most; for TLS 1.3 to a hello of its own.
struct Opening {
  std::map<TlsVersion, HelloOffer> offers;
  std::map<TlsVersion, Heard> heard;
};

// Asks each version once, side by side, beside a modern hello. An Error where no hello was answered by TLS: why.
// Without the name where the server does not know it (unrecognized_name).
Result<Opening> open_conversation(Conversation&, Tally&);

enum class Spoken { Yes, Refused, NotSoFar, Unknown };

// What an answer says of the version that was asked: Refused by protocol_version, by a lower version or thrice alike;
// NotSoFar where another alert leaves it open whether other suites are accepted.
Spoken spoken(TlsVersion, const Heard&);

}  // namespace kenshin
