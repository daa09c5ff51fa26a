// What differs between two results. What can no longer be told is neither worse nor better: nobody saw it break, nobody
// saw it hold. "Worse" follows is_worse() (reports/criteria/finding.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/outcome.h"

namespace kenshin {

enum class Turn {
  Worse,
  WaiverEnded,  // as it was, but no longer waived
  NotTold,      // was told, now unknown
  Appeared,     // was not asked before, or did not apply
  Told,         // was unknown
  OtherReason,  // as it was, for another reason
  Gone,         // not asked any more, or does not apply
  WaiverBegan,
  Better,
};
constexpr int turns = 9;
std::string_view turn_name(Turn);  // "worse" ...

struct ItemChange {
  Turn turn = Turn::Worse;
  ItemId id;
  BothLanguages title;
  std::optional<Observed> before, after;  // nothing: the form had or has no such item
};

struct FindingChange {
  Turn turn = Turn::Worse;
  std::optional<FindingOutcome> before, after;  // nothing: there was or is none
  const FindingOutcome& latest() const { return after ? *after : *before; }
};

struct TickChange {
  ItemId id;
  BothLanguages title;
  Declared before = Declared::None, after = Declared::None;
};

// The rules of judging themselves: differences may come from these.
struct RuleChange {
  std::string what;           // "profile", "tool", "catalogue" or a data file's name
  std::string before, after;  // editions; empty: there was or is none
};

struct Changes {
  Day before_on, after_on;
  std::string before_clinic, after_clinic;
  bool before_cut_short = false, after_cut_short = false;
  std::vector<RuleChange> rules;
  std::vector<ItemChange> items;        // in the order of Turn
  std::vector<FindingChange> findings;  // in the order of Turn, the heavier first
  std::vector<TickChange> ticks;

  bool none() const { return items.empty() && findings.empty() && ticks.empty(); }  // whatever became of the rules
  int count(Turn) const;                                                            // of the findings
};

Changes changes_between(const Outcome& before, const Outcome& after);

// docs/user-guide.md "Exit codes": a finding of force must that nobody waived is worse, or is not met where it was not
// known to be; or a waiver of what is not met has ended.
bool is_regression(const Changes&);

struct PastRun {  // for the trend
  Day judged_on;
  int not_met = 0, unknown = 0;  // items
};

}  // namespace kenshin
