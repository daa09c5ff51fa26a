// Whether a server tells one wrong CBC record from another, or takes wrong padding for right: RFC 5246 6.2.3.2. POODLE
// of TLS (CVE-2014-8730), Zombie POODLE, GOLDENDOODLE, sleeping POODLE, CVE-2016-2107, CVE-2019-1559, and Vaudenay's
// attack of 2002.
#pragma once

#include <map>
#include <vector>

#include "probes/tls/handshake12.h"

namespace kenshin {

// What is wrong with the record that is sent after a handshake was finished.
enum class PaddingCase {
  Right,
  WrongMac,           // under right padding
  WrongFirstPadding,  // the first padding byte, under a right MAC
  WrongLastPadding,   // the one before the length
  EmptyWrongMac,      // of a record without content
  EmptyWrongPadding,
  OnlyPadding,     // no room is left for a MAC
  OverlongLength,  // more padding than there is record
};

// One suite in one version. `endings`: what each case came to, "alert bad_record_mac", "silence, closed" ...
struct PaddingTrial {
  TlsVersion version{};
  SuiteId suite{};
  std::map<PaddingCase, std::string> endings;
  std::string unclear;  // why the endings say nothing; empty: they do
};

struct PaddingObservation {
  std::vector<PaddingTrial> trials;
  Vulnerability none;  // the answer where there is no trial
};

// Class 3. At most two CBC suites in the highest and the lowest version that have some, without encrypt-then-MAC. One
// round of connections, one for each case, where all wrong records got the same alert; otherwise three rounds, which
// must agree.
PaddingObservation observe_padding(Conversation&, const Learned&, Tally&);

// A record with wrong padding was taken, while one with a wrong MAC was not.
Vulnerability tls_poodle(const PaddingObservation&);
// Wrong records that were not taken can be told apart.
Vulnerability padding_oracle(const PaddingObservation&);

}  // namespace kenshin
