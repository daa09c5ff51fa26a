// The things to do: findings that ask for something, put together so that a reader meets each matter once.
#pragma once

#include <vector>

#include "reports/report.h"

namespace kenshin {

struct Action {
  std::vector<const Finding*> findings;  // of one criterion, verdict and reason; for Unknown: of one target and reason
  Charge charge = Charge::Clinic;        // whose job it is
  std::vector<const ItemAnswer*> items;  // that the findings reach, roll-ups included, in the catalogue's order
  bool contradicts = false;              // a tick stands against it
  const DeclaredWaiver* waiver = nullptr;  // an item it reaches is held back until its day
  const Finding& first() const { return *findings.front(); }
  // Several questions that failed alike at one target: no single criterion speaks for them.
  bool collapsed() const { return first().verdict == Verdict::Unknown && findings.size() > 1; }
  bool advice() const { return first().force != Force::Must; }  // does not change an item
};

// `must` findings worst first, then advice (`should`); inside by the profile's rank, then in the order of judging. Met
// and NotApplicable ask for nothing; what could not be told asks only where it decides an item.
std::vector<Action> actions_of(const Report&);

}  // namespace kenshin
