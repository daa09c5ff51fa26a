// caa-issuers.json: by which domain names authorities are named in CAA records (RFC 8659 4.2). An authority without a
// row is not known: neither permitted nor forbidden.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/result.h"
#include "reports/criteria/finding.h"

namespace kenshin {

struct CaaIssuer {
  std::vector<std::string> organisations;  // the O of its issuing certificates, whole
  std::vector<std::string> domains;        // lower case
  Mark mark = Mark::Policy;
};

struct CaaIssuers {
  std::string edition;
  Day as_of{};
  std::string source;
  std::vector<CaaIssuer> rows;

  // nullptr: no row is about it.
  const CaaIssuer* of(std::string_view organisation) const;
};

// Strict: Malformed, naming file and line; also for a row that names no organisation or no domain, and for an
// organisation of two rows.
Result<CaaIssuers> load_caa_issuers(std::string_view text, std::string_view file_name);

}  // namespace kenshin
