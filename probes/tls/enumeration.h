// Everything asked of one endpoint address about versions, suites, groups, schemes and key exchange: the questions side
// by side, then what their answers prove.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "probes/tls/agreement.h"
#include "probes/tls/learned.h"
#include "probes/tls/preference.h"
#include "probes/tls/suites.h"
#include "probes/tls/versions.h"

namespace kenshin {

struct Tallies {
  Tally versions{0}, suites{0}, groups{0}, schemes{0}, key_exchange{0};
};

// Everything asked of one version.
struct VersionAsked {
  Heard first;
  HelloOffer offer;                    // with the suites of the first question
  std::optional<SuiteSearch> suites;   // nothing where the first answer was the last word
  std::optional<Agreement> agreement;  // TLS 1.3, and the highest version below it
  Preference preference;
};

struct Enumeration {
  std::map<TlsVersion, VersionAsked> versions;  // SSL 2.0 without suites
  std::vector<SuiteId> sslv2_kinds;
  TlsKeyExchange key_exchange;
};

Enumeration enumerate(Conversation&, Opening, Tallies&);

// What is proven, now that nothing more is asked: refusals that are in doubt by now prove nothing.
Learned learned_from(const Conversation&, Enumeration);

}  // namespace kenshin
