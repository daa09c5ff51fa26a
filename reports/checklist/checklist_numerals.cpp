#include "reports/checklist/checklist_numerals.h"

#include <algorithm>
#include <map>
#include <set>

namespace kenshin {

namespace {

struct List {  // the rows below the same headings
  int last = 0, printed = 0, unnumbered = 0;
};

// Capitals among small numerals, or the other way round.
void note_case(ChecklistRows& rows) {
  std::size_t upper = 0, lower = 0;
  for (const auto& row : rows.rows)
    if (row.numeral != 0) ++(row.upper ? upper : lower);
  for (const auto& row : rows.rows)
    if (row.numeral != 0 && row.upper != (upper > lower))
      rows.diagnostics.push_back({row.item.line, "numeral-case", {{"printed", row.item.printed}}});
}

// The numeral that is meant after the list's last; 0: none can be said. A fault is told once, not at every numeral that
// counts on from it.
int meant(const ChecklistRow& row, const List& list, bool twice, ChecklistRows& rows) {
  const int expected = list.last + 1;
  if (row.numeral == expected || (row.numeral == list.printed + 1 && list.printed < list.last)) return expected;
  const auto say = [&](std::string code) {
    rows.diagnostics.push_back(
        {row.item.line, std::move(code), {{"printed", row.item.printed}, {"expected", roman(expected)}}});
  };
  if (row.numeral == list.last) return say("numeral-repeated"), expected;
  if (row.numeral < list.last) return say("numeral-order"), 0;
  say("numeral-jump");
  return row.numeral == expected + 1 && twice ? expected : row.numeral;
}

}  // namespace

void propose_ids(ChecklistRows& rows) {
  note_case(rows);
  std::map<std::string, List> lists;
  std::set<std::string> given;
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    ChecklistRow& row = rows.rows[i];
    List& list = lists[row.path];
    const bool twice =
        i + 1 < rows.rows.size() && rows.rows[i + 1].path == row.path && rows.rows[i + 1].numeral == row.numeral;
    std::string name;
    if (row.numeral == 0) name = "u" + std::to_string(++list.unnumbered);
    else if (const int value = meant(row, list, twice, rows); value != 0) {
      list.last = value;
      list.printed = row.numeral;
      name = roman(value);
    }
    if (row.path.empty() || name.empty()) continue;
    std::string id = row.path + "." + name;
    if (given.insert(id).second) row.proposed = std::move(id);
  }
}

}  // namespace kenshin
