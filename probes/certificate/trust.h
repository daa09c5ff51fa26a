// Whom the scan trusts (the programmes as shipped, or the user's bundle), and what that makes of a chain: RFC 5280 6,
// by libcrypto over every path there is.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "probes/certificate/facts.h"
#include "probes/certificate/openssl.h"
#include "probes/certificate/programmes.h"

namespace kenshin {

class TrustAnchor {
 public:
  TrustAnchor(OwnedX509, Anchor);
  explicit TrustAnchor(const ProgrammeRoot&);  // which outlives it

  Anchor root;
  // For a programme's root a stand-in of its name and key, made when it is first asked for: few of the hundreds are.
  // nullptr where name or key cannot be read.
  X509* x509() const;

 private:
  struct StandIn {
    std::once_flag once;
    OwnedX509 x509;
  };
  const ProgrammeRoot* of_ = nullptr;
  std::shared_ptr<StandIn> made_;
};

struct TrustAnchors {
  TrustStore description;
  std::vector<TrustAnchor> anchors;
  std::multimap<unsigned long, std::size_t> by_name;  // X509_NAME_hash -> index

  void add(OwnedX509, Anchor);
  void add(const ProgrammeRoot&);  // which outlives these
  // Indices of the anchors of that name that have a certificate.
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
// sent, the leaf first. `local` is called only where `anchors` are the programmes and have no path.
void verify_chain(const std::vector<OwnedX509>& chain, const TrustAnchors& anchors,
                  const std::function<const TrustAnchors&()>& local, Instant now, CertificateChain& out);

}  // namespace kenshin
