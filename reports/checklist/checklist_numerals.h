// From printed numerals to the ids the structure proposes. A numeral should be the one before plus one within its
// headings:
//
//   xiv xvi xvi    the first xvi is xv
//   xiv xvi        a row was left out
//   xiii xiii xiv  the second is xiv, the third counts on from it: one fault
//   v i            out of order: nothing is proposed
//
// Rows without a numeral are u1, u2, … of their headings.
#pragma once

#include "reports/checklist/checklist_rows.h"

namespace kenshin {

// Sets `proposed` of every row, no id twice, and adds what is wrong with the numerals to the diagnostics.
void propose_ids(ChecklistRows&);

}  // namespace kenshin
