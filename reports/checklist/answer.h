// What the findings say of each item of the checklist, beside what the clinic declared. Nothing is ticked or unticked.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probes/facts.h"
#include "reports/checklist/catalogue.h"
#include "reports/checklist/checklist.h"
#include "reports/criteria/finding.h"

namespace kenshin {

// Supported: class E, all its `must` findings hold; a person still decides. NotObserved: nothing answers it.
enum class Observed { NotObserved, Unknown, NotApplicable, Met, Supported, Conditional, Attention, NotMet };
enum class Agreement { NotDeclared, Open, Agrees, Contradicts };
std::string_view observed_name(Observed);    // "not_observed" ...
std::string_view agreement_name(Agreement);  // "contradicts" ...

struct ItemAnswer {
  ItemId id;
  std::size_t checklist_item = npos;  // index into Checklist::items; npos: not in the document
  Declared declared = Declared::None;
  Observed observed = Observed::NotObserved;
  Agreement agreement = Agreement::NotDeclared;
  bool probed_only = false;           // holds for what was probed; the inventory is not declared complete
  std::vector<std::size_t> findings;  // indexes into Report::findings, worst first
  std::vector<ItemId> because_of;     // roll-ups: the parts that decided
  std::vector<const DeclaredDecision*> decisions;
  std::vector<const DeclaredDocument*> documents;
  const DeclaredWaiver* waiver = nullptr;  // in force and applied: 不適合（受容・期限…）
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

// Whether a person's decision or document still answers on that day: not past its review or validity, and the document
// as it was declared. One that does not is shown and asks again.
bool still_answers(const DeclaredDecision&, Day on);
bool still_answers(const DeclaredDocument&, Day on);

struct NotProbed {
  std::string what;  // a name, an address, an item's subject: foreign text
  Reason why;        // wording key "not_probed.CODE"
};

struct Coverage {  // of section 2's 57 items: those with a finding, a document or a decision
  int answered = 0, of = 0;
  std::vector<ItemId> open;  // the rest, as questions
};

}  // namespace kenshin
