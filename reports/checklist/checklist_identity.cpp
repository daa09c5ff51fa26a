#include "reports/checklist/checklist_identity.h"

#include <algorithm>
#include <set>
#include <vector>

namespace kenshin {

namespace {

// Measured on the ministry's wording: neighbours that share their phrases reach 0.41, other pairs 0.31; an item with
// one character in ten replaced keeps 0.3 to 0.8 of its own.
constexpr double confirms = 0.25;  // what the structure proposes, unless another item is nearer
constexpr double nearer = 0.05;
constexpr double clear = 0.45;   // without the structure, or against it
constexpr double margin = 0.15;  // ahead of every other item and of the proposal

struct Claim {
  std::size_t row = 0, item = 0;
  double likeness = 0;
  bool by_wording = false;
};

bool is_unnumbered(const ItemId& id) {
  const auto dot = id.text.rfind('.');
  return dot != std::string::npos && id.text.substr(dot + 1).starts_with('u');
}

}  // namespace

Fit identify(ChecklistRows& rows, const Catalogue& catalogue) {
  std::vector<Claim> claims;
  for (std::size_t r = 0; r < rows.rows.size(); ++r) {
    ChecklistRow& row = rows.rows[r];
    row.item.id.text = "~L" + std::to_string(row.item.line);
    row.item.matched = false;
    const PairHashes wording = pair_hashes(row.whole);
    Claim best{r, 0, 0, true}, proposed{r, 0, 0, false};
    double second = 0;
    for (std::size_t i = 0; i < catalogue.items.size(); ++i) {
      const double like = likeness(catalogue.items[i].fingerprint, wording);
      if (catalogue.items[i].id.text == row.proposed) proposed.item = i, proposed.likeness = like;
      if (like > best.likeness) second = best.likeness, best.item = i, best.likeness = like;
      else second = std::max(second, like);
    }
    if (proposed.likeness >= confirms && best.likeness <= proposed.likeness + nearer) claims.push_back(proposed);
    else if (best.likeness >= clear && best.likeness >= second + margin) claims.push_back(best);
  }
  std::stable_sort(claims.begin(), claims.end(),
                   [](const Claim& a, const Claim& b) { return a.likeness > b.likeness; });

  Fit fit;
  std::set<std::size_t> taken;
  for (const Claim& claim : claims) {
    if (!taken.insert(claim.item).second) continue;
    ChecklistItem& item = rows.rows[claim.row].item;
    item.id = catalogue.items[claim.item].id;
    item.matched = true;
    ++fit.matched;
    fit.likeness += claim.likeness;
    if (claim.by_wording) ++fit.by_wording;
  }
  return fit;
}

Recognised recognise(const Catalogue& catalogue, std::string_view before, std::string_view text, bool unnumbered) {
  const PairHashes above = pair_hashes(before), here = pair_hashes(text);
  const PairHashes joined = pair_hashes(std::string(before).append(text));
  const CatalogueItem *item = nullptr, *whole = nullptr;
  double best = 0, best_joined = 0;
  for (const CatalogueItem& known : catalogue.items) {
    const double like = likeness(known.fingerprint, here), like_joined = likeness(known.fingerprint, joined);
    if (like > best) best = like, item = &known;
    if (like_joined > best_joined) best_joined = like_joined, whole = &known;
  }
  if (whole && best_joined >= confirms && best_joined > likeness(whole->fingerprint, above) &&
      best_joined > likeness(whole->fingerprint, here))
    return Recognised::GoesOn;
  if (best < confirms || (unnumbered && !is_unnumbered(item->id))) return Recognised::Nothing;
  return Recognised::Begins;
}

}  // namespace kenshin
