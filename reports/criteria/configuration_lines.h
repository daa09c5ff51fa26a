// What to change in nginx, Apache, HAProxy or IIS for a finding (configuration-lines.json): an aid for whoever runs the
// server, shown beside the remedy.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/result.h"
#include "reports/criteria/finding.h"

namespace kenshin {

struct ConfigurationAdvice {
  CriterionId criterion;
  std::string code;                          // of the reason; empty: any
  std::map<std::string, std::string> lines;  // "nginx", "apache", "haproxy", "iis" -> what to write
};

struct ConfigurationLines {
  std::string edition;
  Day as_of{};
  std::string source;
  std::map<std::string, Mark> marks;  // of each product: Confirmed where the program itself took the lines
  std::vector<ConfigurationAdvice> advice;

  // Of the reason, else of the criterion; nullptr where there is none or nothing was found amiss.
  const std::map<std::string, std::string>* of(const Finding&) const;
};

// Strict: errors name file, line and key; criteria and products must be known, and each product has a mark.
Result<ConfigurationLines> load_configuration_lines(std::string_view text, std::string_view file_name);

}  // namespace kenshin
