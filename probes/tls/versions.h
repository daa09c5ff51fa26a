// Which versions an endpoint speaks. The first round asks a modern hello, TLS 1.2 alone, everything below it with one
// hello, and SSL 2.0 with its own, all at once; what refuses them all is asked no more.
#pragma once

#include <map>
#include <vector>

#include "probes/tls/conversation.h"

namespace kenshin {

constexpr TlsVersion all_versions[] = {TlsVersion::Ssl2,  TlsVersion::Ssl3,  TlsVersion::Tls10,
                                       TlsVersion::Tls11, TlsVersion::Tls12, TlsVersion::Tls13};

// The first answer for each version, to the suites that are enabled most; for TLS 1.3 to a hello of its own. A version
// below 1.2 that was refused together with a higher one shares its answer.
struct Opening {
  std::map<TlsVersion, HelloOffer> offers;  // none for SSL 2.0
  std::map<TlsVersion, Heard> heard;
  std::vector<SuiteId> sslv2_kinds;
};

// An Error where no hello was answered by TLS: why. Without the name where the server does not know it
// (unrecognized_name).
Result<Opening> open_conversation(Conversation&, Tally&);

enum class Spoken { Yes, Refused, NotSoFar, Unknown };

// What an answer says of the version that was asked: Refused by protocol_version, by a lower version or thrice alike;
// NotSoFar where another alert leaves it open whether other suites are accepted.
Spoken spoken(TlsVersion, const Heard&);

}  // namespace kenshin
