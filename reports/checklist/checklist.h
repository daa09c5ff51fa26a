// A filled checklist as a clinic publishes it: what is printed, what is ticked, and which catalogue item each row is.
// Reading never drops text and never guesses: a row that fits no item keeps the id "~L<line>" and is unmatched.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "reports/checklist/catalogue.h"

namespace kenshin {

enum class Declared { None, Empty, Ticked, NotApplicable };  // None: no box is printed
std::string_view declared_name(Declared);                    // "ticked" ...

struct ChecklistItem {
  ItemId id;             // of the catalogue, or "~L415"
  std::string printed;   // the numeral as printed: "xii", "X", "" where there is none
  std::size_t line = 0;  // 1-based, of its first line
  Declared declared = Declared::None;
  std::string text;       // the document's own words, lines joined, without box and numeral
  std::string condition;  // as printed around or above it: "禁煙外来を行う医療機関の場合"; empty: none
  bool third_party_preferred = false;
  bool matched = false;
  std::vector<std::string> notes;  // ※ lines that belong to it
};

struct ChecklistHeading {
  std::size_t line = 0;
  int depth = 1;  // 1: "1." 2: "(1)" 3: "1)" 4: "1-1)" 5: a condition
  std::string text;
};

// A fault of the document (diagnostic) or something worth knowing (notice).
struct ChecklistRemark {
  std::size_t line = 0;
  std::string code;  // "numeral-jump" ...; wording key "checklist.CODE"
  std::vector<std::pair<std::string, std::string>> parameters;
};

struct Checklist {
  std::string edition;  // of the catalogue it was read against
  std::optional<Day> confirmed_on;
  std::string confirmed_by;
  std::vector<ChecklistItem> items;        // in the document's order
  std::vector<ChecklistHeading> headings;  // ascending lines
  std::vector<ChecklistRemark> diagnostics, notices;
};

// Reads against the edition that fits best (most items recognised). Malformed where no edition recognises anything,
// where the text is no UTF-8, holds NUL bytes or is larger than 4 MiB.
Result<Checklist> read_checklist(std::string_view text, std::span<const Catalogue>, std::string_view file_name);

// For whoever makes an edition: the fingerprints of a filled document whose headings and numerals are sound, as a JSON
// object from structural id ("2.5.2-1.xii") to fingerprint, a line per item. Malformed where no item is found.
Result<std::string> fingerprints_of(std::string_view text, std::string_view file_name);

// kenshin.checklist/1 (docs/schema/checklist.json).
std::string checklist_json(const Checklist&, const Catalogue&, const class Wording& ja, const class Wording& en);

// For people: headings, each item with its mark, id and our short title (unmatched: its own words), counts at the end.
std::string checklist_text(const Checklist&, const Catalogue&, const class Wording&);

// For people and editors: "FILE:LINE: message", diagnostics and notices in the order of lines; empty: nothing to say.
std::string checklist_lint_text(const Checklist&, const class Wording&, std::string_view file_name);

}  // namespace kenshin
