// The order in which a server prefers what it accepts, found in few rounds: the order is guessed, every tail of the
// guess is offered at once, and each answer confirms a place or corrects the guess.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "probes/net/side_by_side.h"

namespace kenshin {

// `choose` returns what the server takes of a set; nothing: it could not be told. Nothing comes back where that
// happened, or where the server chose outside the set.
template <class Id>
std::optional<std::vector<Id>> order_by_choices(
    std::vector<Id> guess, const std::function<std::optional<Id>(const std::vector<Id>&)>& choose) {
  constexpr std::size_t widest = 12;
  std::map<std::vector<Id>, std::optional<Id>> chosen;
  std::vector<Id> out;
  for (std::size_t width = widest; guess.size() > 1;) {
    const std::size_t tails = std::min(width, guess.size() - 1);
    std::vector<std::function<void()>> work;
    for (std::size_t i = 0; i < tails; ++i) {
      const std::vector<Id> tail(guess.begin() + static_cast<std::ptrdiff_t>(i), guess.end());
      const auto [at, added] = chosen.try_emplace(tail);
      if (added) work.emplace_back([&choose, at = at] { at->second = choose(at->first); });
    }
    side_by_side(work);
    std::size_t confirmed = 0;
    for (; confirmed < tails; ++confirmed) {
      const auto best = chosen.at(guess);
      const auto at = best ? std::find(guess.begin(), guess.end(), *best) : guess.end();
      if (at == guess.end()) return std::nullopt;
      const bool as_guessed = at == guess.begin();
      out.push_back(*best);
      guess.erase(at);
      if (!as_guessed) break;
    }
    width = confirmed == tails ? widest : std::clamp<std::size_t>(2 * confirmed, 2, widest);
  }
  out.insert(out.end(), guess.begin(), guess.end());
  return out;
}

}  // namespace kenshin
