// Which item of a catalogue each row is. The structure proposes, the fingerprint confirms; where they contradict each
// other the fingerprint wins only if it is clear, and a row that neither can place keeps "~L<line>" and is unmatched.
// No id is given twice.
#pragma once

#include <cstddef>
#include <string_view>

#include "reports/checklist/catalogue.h"
#include "reports/checklist/checklist_rows.h"

namespace kenshin {

struct Fit {  // how well an edition fits a document
  std::size_t matched = 0;
  double likeness = 0;         // summed over the matched rows
  std::size_t by_wording = 0;  // matched rows whose numeral says something else
};

// Sets id and matched of every row.
Fit identify(ChecklistRows&, const Catalogue&);

// As checklist_rows() asks, against this catalogue.
Recognised recognise(const Catalogue&, std::string_view before, std::string_view text, bool unnumbered);

}  // namespace kenshin
