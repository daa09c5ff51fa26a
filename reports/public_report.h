// What a clinic publishes of itself: an allow-list. A format for the public is given this and nothing else, so that no
// host, address, version or single measurement can reach a page that anybody reads (docs/user-guide.md "Audiences").
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/report.h"

namespace kenshin {

// A heading of the document (depth 1 to 5) or, with depth 0, one of its items in the document's own words.
struct PublicRow {
  int depth = 0;
  std::string number;  // as printed, "xii"; empty for headings
  std::string text;
  std::string condition;  // as printed around the item; empty: none, or the heading above says it
  std::vector<std::string> notes;
  Declared declared = Declared::None;
};

struct PublicReport {
  std::string clinic_name, public_url;  // empty: not declared
  BothLanguages form;                   // the checklist's title
  std::string form_edition;
  std::optional<Day> confirmed_on;
  std::string confirmed_by;
  std::vector<PublicRow> rows;    // in the document's order
  std::optional<Day> checked_on;  // in Japan; nothing: the automatic check did not come to its end
  std::string criteria_edition;   // of the profile it was judged by
};

// Malformed where no filled checklist was given: there is nothing to publish.
Result<PublicReport> public_report_of(const Report&);

// The items ticked and measured as not met, for whoever is about to publish: nothing of it is on the page.
std::vector<ItemId> ticked_but_not_met(const Report&);

}  // namespace kenshin
