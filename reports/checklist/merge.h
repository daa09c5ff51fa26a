// Findings merged into the checklist: for each item what was observed, beside what the clinic declared.
// docs/architecture.md "Verdicts and merging". Declarations are never changed, added or removed.
#pragma once

#include <span>
#include <vector>

#include "reports/checklist/answer.h"

namespace kenshin {

// One answer per catalogue item, in its order. Pointers in the answers refer to `facts`, indexes to `findings` and to
// the checklist's items. `checklist` may be nullptr.
std::vector<ItemAnswer> merge(const Catalogue&, const Checklist* checklist, std::span<const Finding>,
                              const Facts& facts, Day on);

// Whether these were asked at every address whose suites were seen.
struct AskedOfAll {
  bool key_exchange = true, weaknesses = true;
  void look_at(const Target&, const Facts& about);
};

// What was not looked at, and why: declared but never probed, silent, or not built. The first speaks of one target, by
// all that was observed of it; the second of the whole, by its targets and the outline.
std::vector<NotProbed> not_probed_of(const Target&, const Facts& about);
std::vector<NotProbed> not_probed_at_all(std::span<const Target>, const Facts& outline, const AskedOfAll&);

// Of section 2's items (optional rows apart): those that end with a finding, a document or a decision.
Coverage coverage_of(const Catalogue&, std::span<const ItemAnswer>, std::span<const Finding>, Day on);

}  // namespace kenshin
