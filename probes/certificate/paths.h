// Every path from a leaf to a trust anchor that the certificates sent allow: RFC 4158. Chains are foreign: loops, many
// certificates of one name and long detours must cost a bounded number of signature checks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "probes/certificate/trust.h"

namespace kenshin {

struct CertificatePath {
  std::vector<std::size_t> sent;  // indices into the chain as sent, the leaf first
  std::size_t anchor = 0;         // index into TrustAnchors::anchors
};

struct Paths {
  std::vector<CertificatePath> found;  // signatures are right; nothing else was checked
  // The first certificate met that nobody at hand signed; nothing where every branch ended at an anchor.
  std::optional<std::size_t> dead_end;
  bool forged = false;   // there, somebody bears the issuer's name and did not sign it
  bool cut_off = false;  // a limit ended the search
};

constexpr std::size_t most_signature_checks = 256, most_paths = 32, longest_path = 12;

Paths find_paths(const std::vector<OwnedX509>& chain, const TrustAnchors&);

}  // namespace kenshin
