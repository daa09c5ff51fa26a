// What domains and the endpoints below them tell only side by side: a certificate that is older than the registration
// of its name, and a former domain that was registered anew and shares no name server with the domains in use. Rows
// domain.certificate_older and domain.former.reused.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "probes/facts.h"
#include "reports/criteria/certificate_across.h"
#include "reports/criteria/profile.h"

namespace kenshin {

// Keeps days, name servers and ids, no facts.
class DomainsAcross {
 public:
  explicit DomainsAcross(const Profile& profile) : profile_(profile) {}
  void look_at(const Target&, const Facts& about);
  std::map<Target, std::vector<SaidAcross>> said() const;

 private:
  // The first proof that somebody had a certificate which the endpoint shows today.
  struct FirstUse {
    Target endpoint;
    std::optional<Day> since;  // in Japan; nothing: no trusted certificate of its name was seen
    std::vector<ObservationId> evidence;
  };
  struct Known {
    Target domain;
    std::optional<Day> created;
    std::vector<Day> approved;  // changes
    std::set<std::string> name_servers;
    bool is_former = false, was_released = false, is_ours = false;  // by its holder
    std::optional<Day> last_used;
  };
  using Said = std::map<Target, std::vector<SaidAcross>>;
  void add_older(const Known&, Said&) const;
  void add_reused(const Known&, const std::set<std::string>& in_use, Said&) const;
  bool was_approved(const Known&) const;

  const Profile& profile_;
  std::vector<FirstUse> uses_;
  std::vector<Known> known_;
};

}  // namespace kenshin
