// Whom the scan trusts (the programmes as shipped, or the user's bundle), and what that makes of a chain: RFC 5280 6,
// by libcrypto over every path there is.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "probes/certificate/facts.h"
#include "probes/certificate/openssl.h"

namespace kenshin {

struct TrustAnchor {
  OwnedX509 x509;  // for a programme's root a stand-in of its name and key
  Anchor root;
};

struct TrustAnchors {
  TrustStore description;
  std::vector<TrustAnchor> anchors;
  std::multimap<unsigned long, std::size_t> by_name;  // X509_NAME_hash -> index

  void add(TrustAnchor);
  // Indices of the anchors of that name.
  std::vector<std::size_t> named(const X509_NAME*) const;
};

// The bundle, or the programmes where `bundle` is empty. Read once per process and file. Absent: no such file;
// Malformed: no certificate in it.
Result<std::shared_ptr<const TrustAnchors>> trust_anchors(const std::string& bundle);

// Where a Debian system keeps its roots; tests have their own.
struct SystemStore {
  std::string bundle = "/etc/ssl/certs/ca-certificates.crt";
  std::string added = "/usr/local/share/ca-certificates";   // by the administrator
  std::string distribution = "/usr/share/ca-certificates";  // by the package
};
// Roots this machine trusts that neither the distribution nor a programme has: a private authority, or somebody who
// opens TLS on the way. The default place is read once per process.
TrustAnchors local_anchors(const SystemStore&);
const TrustAnchors& local_anchors();

// "Mozilla, Chrome, Apple, Microsoft 2026-06 (2026-04-29, sha256 0123456789abcdef)".
std::string trust_store_text(const TrustStore&);

// Fills trusted, anchor, anchors, anchor_is_local and the problems that the anchors and the day decide. `chain` is as
// sent, the leaf first. `local` is asked only where `anchors` are the programmes and have no path.
void verify_chain(const std::vector<OwnedX509>& chain, const TrustAnchors& anchors, const TrustAnchors& local,
                  Instant now, CertificateChain& out);

}  // namespace kenshin
