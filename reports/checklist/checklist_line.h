// One printed line of a checklist, by its look alone: heading, condition, row, note, bullet, link, text. What it means
// among its neighbours is decided in checklist_rows.h.
//
// Marks are read through their full-width and single-character forms (１, （, ⅻ, Ⅹ); the words themselves are kept as
// they are printed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/checklist/checklist.h"

namespace kenshin {

enum class LineKind {
  Heading,    // "1. …" "(1) …" "1) …" "1-1) …"
  Condition,  // ◀…▶ «…» ≪…≫ 《…》, or 【…】 on a line of its own
  Row,        // a numeral before the text, or a box that is surely a box
  MaybeRow,   // ✓, ■ or the like before text without a numeral: a tick or a bullet
  Note,       // ※
  Bullet,     // ・ or "- "
  Link,       // <http…>
  Stamp,      // 確認日, 確認者
  Text
};

struct ChecklistLine {
  std::size_t number = 0;  // 1-based
  LineKind kind = LineKind::Text;

  int depth = 0;       // headings: 1 to 4
  int major = 0;       // headings: 1 of "(1)", 2 of "2-1)"
  int minor = 0;       // headings of depth 4: 1 of "2-1)"
  bool close = false;  // headings: no space after the mark, so it may be text
  std::string stray;   // headings: a numeral printed before the mark

  std::string printed;  // rows: the numeral as printed
  int numeral = 0;      // rows: its value; 0: none
  bool upper = false;   // rows: printed in capitals
  Declared declared = Declared::None;
  std::string glyph;   // rows: the box as printed
  bool sure = false;   // rows: a box that is surely a box, or 該当なし
  bool label = false;  // rows: a few words and a colon, as examples have

  std::string text;  // what follows the marks; headings: all that is printed, without a stray numeral
};

// Every line of the document but the blank ones; a printed line that holds a condition beside other text yields two of
// the same number.
std::vector<ChecklistLine> checklist_lines(std::string_view text);

// "xii" for 12; up to 39.
std::string roman(int value);

}  // namespace kenshin
