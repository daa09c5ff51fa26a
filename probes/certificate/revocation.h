// Whether the certificates of an endpoint were revoked: what it staples, and what the responders and lists named in the
// certificates say. RFC 6960, RFC 5280 5.
#pragma once

#include <memory>
#include <vector>

#include "probes/certificate/facts.h"
#include "probes/certificate/fetch.h"
#include "probes/certificate/openssl.h"

namespace kenshin {

// One certificate to ask about.
struct Questioned {
  X509* subject = nullptr;
  X509* issuer = nullptr;  // nullptr: not known, so nothing can be told
  Bytes staple;            // empty: none came with it
  bool cut_off = false;    // one might have come
};

constexpr std::size_t largest_ocsp = 64 * 1024, largest_crl = 10 * 1024 * 1024;

// Asks every responder and list named, over plain HTTP and side by side, one URL of each kind per certificate; answers
// are kept for the rest of the process. Addresses of this network are asked only where `target_is_private`.
CertificateRevocation ask_revocation(const std::vector<Questioned>&, bool target_is_private, const Session&,
                                     Instant now);

}  // namespace kenshin
