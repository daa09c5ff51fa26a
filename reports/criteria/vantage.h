// Signs that something between this place and the servers answers in their stead: then TLS and certificate verdicts
// speak of the interceptor, and are Unknown with the reason "vantage". A bundle the user names is neither private nor a
// sign.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "probes/facts.h"

namespace kenshin {

struct Interception {
  std::string issuer;                   // that answers for the target
  std::vector<ObservationId> evidence;  // the chains
};

// Reads one observation after the other and keeps no more than what is suspicious.
class InterceptionSigns {
 public:
  void look_at(const Observation&);
  // Targets whose chain ends in an anchor that only this machine knows, and targets of at least two unrelated names
  // whose chains all end at one and the same issuer that no programme knows.
  std::map<Target, Interception> suspected() const;

 private:
  struct Sign {
    Target target;
    ObservationId chain;
    std::string issuer;
  };
  struct Shared {
    std::set<std::string> names;  // registrable
    std::vector<Sign> chains;
  };
  std::vector<Sign> local_;
  std::map<std::string, Shared> unknown_;  // by issuer
};

}  // namespace kenshin
