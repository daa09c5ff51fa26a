// What one result says, item by item and finding by finding, without what it rests on: enough to compare two of them.
// Made of a Report, or read from the result.json of another day (docs/schema/result.json).
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "reports/checklist/answer.h"
#include "reports/criteria/finding.h"
#include "reports/formats/wording.h"

namespace kenshin {

struct Report;

struct ItemOutcome {
  ItemId id;
  BothLanguages title;  // empty: not told
  Declared declared = Declared::None;
  Observed observed = Observed::NotObserved;
  Agreement agreement = Agreement::NotDeclared;
  std::optional<Day> waived_until;
};

struct FindingOutcome {
  CriterionId criterion;
  std::string target_kind, target;  // as result.json spells them
  std::string reason;               // its code
  BothLanguages because;            // the sentence; empty: not told
  Verdict verdict = Verdict::Unknown;
  Force force = Force::Note;
  bool waived = false;  // so is every item it answers
};

struct Outcome {
  std::string clinic;  // empty: not declared
  Day judged_on;
  Instant started;
  std::optional<Instant> finished;  // nothing: it was cut short
  std::string profile, profile_edition, tool_version;
  std::map<std::string, std::string> editions;  // by name: "catalogue", "checklist" (if one was given), data files
  std::array<int, 8> counts{};                  // items of the document, by Observed
  std::vector<ItemOutcome> items;
  std::vector<FindingOutcome> findings;

  bool has_checklist() const { return editions.contains("checklist"); }
  int count(Observed observed) const { return counts.at(static_cast<std::size_t>(observed)); }
};

// The words of the formats: false where there is none such.
bool observed_named(std::string_view, Observed&);
bool declared_named(std::string_view, Declared&);
bool agreement_named(std::string_view, Agreement&);

// With the sentences of what does not hold, in both languages.
Outcome outcome_of(const Report&, const Wording& ja, const Wording& en);

constexpr std::size_t largest_result = std::size_t{64} << 20;
// Malformed, with file, line and what is wrong, where the text is larger, is no kenshin.result/1, or lacks what is
// needed here. Members that are not needed may be there or not.
Result<Outcome> read_outcome(std::string_view result_json, std::string_view file);

}  // namespace kenshin
