// Findings of one item that say the same of several targets: what is said stands once, and of many targets some are
// named; result.json names them all.
#pragma once

#include <string>
#include <vector>

#include "reports/report.h"

namespace kenshin {

struct FindingGroup {
  std::vector<const Finding*> findings;  // of one criterion, verdict, force and reason
  std::size_t named() const;             // how many of them the page names with their evidence
  const Finding& first() const { return *findings.front(); }
};

// Of one item, each group where its first finding stands.
std::vector<FindingGroup> groups_of(const Report&, const ItemAnswer&);

}  // namespace kenshin
