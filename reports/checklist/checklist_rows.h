// The rows of a checklist as its structure has them: which lines belong to which row, and which item its headings and
// numerals propose. Whether the proposal is right is for the fingerprints to say (checklist_identity.h).
//
//   path of a row    1. → "1"   (2) → "1.2"   1) below (5) → "2.5.1"   1-1) → "2.5.1-1"   and then the numeral
//   "2)" as "(2)"    where no "1)" was seen below "(1)"
//   rows before "(1)" of a section that has more: "(1)" is taken as read
//   "i" again inside a row, without a box: examples, if they are labels with a colon or follow a colon
//   any other numeral out of turn, without a sure box: a row only where the words begin an item
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/result.h"
#include "reports/checklist/checklist.h"
#include "reports/checklist/checklist_line.h"

namespace kenshin {

struct ChecklistRow {
  std::string path;      // "2.5.2-1", of the headings above; "": none
  int numeral = 0;       // as printed; 0: none
  bool upper = false;    // printed in capitals
  std::string proposed;  // "2.5.2-1.xii", "1.2.u1"; "": the structure proposes nothing
  ChecklistItem item;    // id and matched are not decided yet
  std::string whole;     // text and notes as printed, without the third-party sentence: what is fingerprinted
  std::string glyph;     // the box as printed, "" where there is none
};

struct ChecklistRows {
  std::vector<ChecklistRow> rows;
  std::vector<ChecklistHeading> headings;
  std::vector<ChecklistRemark> diagnostics;  // ascending lines
};

// What the words that may begin a row are, when `before` is what the row above has so far: the wording of an item (with
// `unnumbered`: of one without a numeral), the rest of the item above, or nothing known.
enum class Recognised { Nothing, Begins, GoesOn };
using Recognises = std::function<Recognised(std::string_view before, std::string_view text, bool unnumbered)>;

// Malformed where more rows stand in the text than any checklist has (1,000).
Result<ChecklistRows> checklist_rows(std::span<const ChecklistLine>, const Recognises&);

}  // namespace kenshin
