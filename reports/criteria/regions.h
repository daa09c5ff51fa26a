// regions.json: which regions of the cloud providers are in Japan. A region that no row speaks of is not known: neither
// in Japan nor outside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/result.h"
#include "probes/tls/facts.h"
#include "reports/criteria/finding.h"

namespace kenshin {

struct RegionRow {
  std::string provider;      // a range list's name: "AWS"
  std::string region, zone;  // patterns, "*" for any run of characters
  Answer in_japan = Answer::Unknown;
  Mark mark = Mark::Policy;
};

struct Regions {
  std::string edition;
  Day as_of{};
  std::string source;
  int hard_limit_days = 400;  // a list of ranges or countries older than this tells nothing
  std::vector<RegionRow> rows;

  // The first row that speaks of it; nullptr: none.
  const RegionRow* row_of(std::string_view provider, std::string_view region, std::string_view zone) const;
};

// Strict: Malformed, naming file and line; also for a row that says neither yes nor no.
Result<Regions> load_regions(std::string_view text, std::string_view file_name);

}  // namespace kenshin
