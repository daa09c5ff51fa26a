// What keys tell only where targets are laid side by side: one key in certificates of several systems, RSA moduli that
// share a prime, and an RSA key that another server shows over SSL 2.0 (CVE-2016-0800). Rows certificate.key_shared and
// tls.weakness.drown. One system is whatever one site name or one certificate holds together.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "probes/certificate/shared_keys.h"
#include "probes/facts.h"
#include "reports/criteria/finding.h"

namespace kenshin {

// Stands in the place of what the criterion said of the target alone, where it is worse.
struct SaidAcross {
  std::string_view criterion;
  Judgement judgement;
};

// Keeps of each target its leaves' keys and whether they are in danger, no facts.
class KeysAcross {
 public:
  void look_at(const Target&, const Facts& about);
  std::map<Target, std::vector<SaidAcross>> said() const;

 private:
  struct Shown {
    IndexedKey key;
    ObservationId chain;
    bool is_rsa = false;
  };
  struct OverSsl2 {
    Target target;
    std::vector<ObservationId> evidence;  // that it speaks SSL 2.0, and its chain
  };
  using Said = std::map<Target, std::vector<SaidAcross>>;
  void add_shared(Said&) const;
  void add_drown(Said&) const;

  std::vector<Shown> shown_;
  std::map<std::string, std::vector<OverSsl2>> over_ssl2_;  // by spki_sha256
  std::map<Target, bool> exchanges_by_rsa_;                 // whether a suite with static RSA was proven accepted
};

}  // namespace kenshin
