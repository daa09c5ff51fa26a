// The trust store that stands for the programmes, and what it makes of a chain: RFC 5280 6, by libcrypto.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "probes/certificate/facts.h"
#include "probes/certificate/openssl.h"

namespace kenshin {

struct TrustAnchors {
  TrustStore description;
  OwnedStore store;
  std::set<std::string> local;  // SHA-256 of anchors this machine's administrator added
};

// The bundle, or the system's store where `bundle` is empty. Read once per process and file. Absent: no such file;
// Malformed: no certificate in it.
Result<std::shared_ptr<const TrustAnchors>> trust_anchors(const std::string& bundle);

// "ca-certificates 20230311+deb12u1 (2026-05-01, sha256 0123456789abcdef)".
std::string trust_store_text(const TrustStore&);

// Fills trusted, anchor, anchor_is_local and the problems that the anchors and the day decide. `chain` is as sent, the
// leaf first.
void verify_chain(const std::vector<OwnedX509>& chain, const TrustAnchors&, Instant now, CertificateChain& out);

}  // namespace kenshin
