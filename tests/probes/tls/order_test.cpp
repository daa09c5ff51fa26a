// The speculative walk over a preference order, against servers that are a list in memory.
#include "probes/tls/order.h"

#include <gtest/gtest.h>

#include <mutex>
#include <numeric>
#include <random>

namespace kenshin {
namespace {

using Ids = std::vector<int>;

// Chooses what stands first in its own list, and counts.
struct ListServer {
  Ids order;
  int asked = 0;
  std::mutex counting{};
  std::optional<int> operator()(const Ids& set) {
    const std::lock_guard lock(counting);
    ++asked;
    for (const int id : order)
      if (std::find(set.begin(), set.end(), id) != set.end()) return id;
    return std::nullopt;
  }
};

Ids found(ListServer& server, const Ids& guess) {
  const auto order = order_by_choices<int>(guess, [&](const Ids& set) { return server(set); });
  return order.value_or(Ids{});
}

TEST(Order, IsFoundWhateverTheGuess) {
  std::mt19937 chance(7);
  for (int size = 0; size <= 24; ++size) {
    Ids guess(static_cast<std::size_t>(size));
    std::iota(guess.begin(), guess.end(), 1);
    ListServer server{guess};
    std::shuffle(server.order.begin(), server.order.end(), chance);
    EXPECT_EQ(found(server, guess), server.order) << size;
    EXPECT_LE(server.asked, 12 * size);
  }
}

TEST(Order, CostsOneQuestionAPlaceWhereTheGuessIsRight) {
  Ids guess(44);
  std::iota(guess.begin(), guess.end(), 1);
  ListServer server{guess};
  EXPECT_EQ(found(server, guess), guess);
  EXPECT_EQ(server.asked, 43);
}

TEST(Order, CostsLittleMoreWhereOneStandsElsewhere) {
  Ids guess(20);
  std::iota(guess.begin(), guess.end(), 1);
  ListServer server{guess};
  std::rotate(server.order.begin() + 4, server.order.begin() + 15, server.order.begin() + 16);
  EXPECT_EQ(found(server, guess), server.order);
  EXPECT_LE(server.asked, 35);
}

TEST(Order, IsNotToldWhereTheServerChoosesNothingOrAnotherThing) {
  const Ids guess{1, 2, 3};
  EXPECT_FALSE(order_by_choices<int>(guess, [](const Ids&) { return std::optional<int>(); }));
  EXPECT_FALSE(order_by_choices<int>(guess, [](const Ids&) { return std::optional<int>(9); }));
}

}  // namespace
}  // namespace kenshin
