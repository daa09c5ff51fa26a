// Whether the CAA records of a domain permit the authority that issued the certificate in use there (RFC 8659). Row
// domain.caa_issuer. Records count when a certificate is made, and may have changed since: a question, never a breach.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "probes/facts.h"
#include "reports/criteria/certificate_across.h"
#include "reports/criteria/profile.h"

namespace kenshin {

// Keeps names and issuers, no facts.
class CaaAcross {
 public:
  explicit CaaAcross(const Profile& profile) : profile_(profile) {}
  void look_at(const Target&, const Facts& about);
  std::map<Target, std::vector<SaidAcross>> said() const;

 private:
  struct Issued {  // a certificate in use
    Target endpoint;
    std::string name;                     // of it that fits the endpoint, without "*."
    bool is_wildcard = false;             // it begins with "*."
    std::string organisation;             // of its issuer
    std::vector<ObservationId> evidence;  // empty: no certificate that a programme trusts was seen
  };
  struct Permitted {
    std::string name, because;
    DnsFound found = DnsFound::Unknown;
    std::optional<std::vector<std::string>> issue, issue_wild;  // domains; nothing: no such record
  };
  struct Known {
    Target domain;
    std::vector<Permitted> sets;
  };
  Judgement judged_of(const Known&, const Issued&) const;

  const Profile& profile_;
  std::vector<Issued> issued_;
  std::vector<Known> known_;
};

}  // namespace kenshin
