// What a criterion says of a target, and why.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probes/base/id.h"
#include "probes/base/target.h"

namespace kenshin {

// Unknown is zero: forgetting is never a pass.
enum class Verdict { Unknown, NotApplicable, Met, Conditional, Attention, NotMet };
enum class Force { Note, Should, Must };                     // only `must` decides an item
enum class Mark { Policy, Recalled, Secondary, Confirmed };  // how well the threshold's source is known

std::string_view verdict_name(Verdict);  // "not_met" ...
std::string_view force_name(Force);
std::string_view mark_name(Mark);

bool verdict_named(std::string_view, Verdict&);  // false: no such word
bool force_named(std::string_view, Force&);
bool mark_named(std::string_view, Mark&);

// Which of two verdicts leads, worst first: NotMet > Attention > Unknown > Conditional > Met > NotApplicable.
bool is_worse(Verdict, Verdict);

// A code and its parameters; the sentence comes from the wording files (key "reason.CODE", {name} is replaced).
// Parameters may hold foreign text: whoever shows them escapes them.
struct Reason {
  std::string code;
  std::vector<std::pair<std::string, std::string>> parameters;
  friend bool operator==(const Reason&, const Reason&) = default;
};

struct Judgement {
  Verdict verdict = Verdict::Unknown;
  Reason because;
  std::vector<ObservationId> evidence;
  // Unknown, because whoever observed did not have this question yet: shown as advice, whatever the row's force
  // (docs/decisions/0006-rows-that-must-be-found.md).
  bool never_asked = false;
};

struct Finding {
  std::string id;  // "f1", in the order of judging
  CriterionId criterion;
  Target target;
  Verdict verdict = Verdict::Unknown;
  Force force = Force::Note;
  int rank = 0;  // the profile's: small comes first in the list of things to do
  Reason because;
  std::vector<ObservationId> evidence;
  std::string row;  // the profile's row, "TLS-C-02"
  Mark mark = Mark::Policy;
  friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace kenshin
