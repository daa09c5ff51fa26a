// What `kenshin explain` shows of a criterion beside its row in the profile: the thresholds it judges by, under the
// keys they have in the profile's file.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reports/criteria/criterion.h"

namespace kenshin {

// "tls.floor" → "TLSv1.2"; empty for a criterion that needs no threshold.
std::vector<std::pair<std::string, std::string>> thresholds_of(const Criterion&, const Profile&);

// "document", "row", "force", "found" (the force of a NotMet), "rank", "edition", "source", "mark"; only
// "document" where the profile has no row for it.
std::map<std::string, std::string> standing_of(const Criterion&, const Profile&);

}  // namespace kenshin
