// Changes in words, as headed lists that every format can show (wording/changes.*.json). Text is not escaped here.
#pragma once

#include <string>
#include <vector>

#include "reports/changes.h"
#include "reports/formats/wording.h"

namespace kenshin {

struct ChangeList {
  std::string heading;
  std::string lead;  // a sentence before the list; empty: none
  std::vector<std::string> lines;
};

// The rules first, for differences may come from them; then what is worse, and so on to what is better; the ticks last.
std::vector<ChangeList> change_lists(const Changes&, const Wording&);

// "前回（2026年10月1日）から: 悪くなった 1、良くなった 2", or that nothing changed.
std::string changes_in_a_sentence(const Changes&, const Wording&);

// That one of the results was cut short, or that they are of two clinics; empty: neither.
std::vector<std::string> cautions(const Changes&, const Wording&);

}  // namespace kenshin
