// All that a format writes: facts, findings and answers of one judging, with the editions and dates they rest on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/saved_facts.h"
#include "reports/changes.h"
#include "reports/checklist/answer.h"
#include "reports/checklist/catalogue.h"
#include "reports/checklist/checklist.h"
#include "reports/criteria/configuration_lines.h"
#include "reports/criteria/ipa_grade.h"
#include "reports/criteria/profile.h"
#include "reports/formats/wording.h"

namespace kenshin {

struct DataFileUsed {  // every data file a verdict may rest on, and the public suffix list of this machine
  std::string name, edition;
  std::optional<Day> as_of;  // nothing: it does not say, or it is empty
  std::string source;
  bool old = false;    // past its own hard limit on the day of judging
  bool empty = false;  // what would rest on it could not be told
};

struct ItemGrade {
  ItemId item;
  IpaGrade ipa;
};

// What stands beside a verdict and decides none.
struct Beside {
  std::vector<Profile> grades;  // of IPA's types, best first
  ConfigurationLines configuration;
};

struct Report {
  Facts facts;  // the outline, and of media endpoints the versions: what no single finding tells
  Profile profile;
  Catalogue catalogue;
  std::optional<Checklist> checklist;  // nothing: no filled checklist was given
  Day judged_on;
  std::vector<Finding> findings;
  std::vector<ItemAnswer> answers;  // in the catalogue's order
  std::vector<NotProbed> not_probed;
  Coverage coverage;
  std::vector<DataFileUsed> data;
  std::vector<ItemGrade> grades;  // of the items that speak of TLS
  ConfigurationLines configuration;
  SavedFacts saved = {};                // all that was observed
  std::optional<Changes> changes = {};  // since an earlier result; nothing: none was given to compare with
  std::vector<PastRun> past = {};       // earlier results, the oldest first

  const IpaGrade* grade_of(const ItemId&) const;  // nullptr where the item is not graded
  DeclaredClinic clinic() const;                  // empty where none was declared
  bool is_in_document(const ItemAnswer&) const;   // false for an optional row that the copy lacks
  int items() const;                              // of the document
  int count(Observed) const;                      // of those
  int contradictions() const;
  int waived() const;
};

// Facts judged and merged: the same facts, profile, catalogue, checklist and day give the same Report.
// Malformed where the saved facts cannot be read.
Result<Report> make_report(SavedFacts, Profile, Catalogue, std::optional<Checklist>, Day on, std::vector<DataFileUsed>,
                           Beside = {});

enum class FailOn { Fail, Unknown, Regression, None };
// docs/user-guide.md "Exit codes": 0, 2 or 3; facts cut short are never 0, but what they show as not met is 2 (with
// Regression: only what is worse than in the earlier result; as None where there is none). Never depends on the output
// format.
int exit_code(const Report&, FailOn);

}  // namespace kenshin
