// Blocking work done side by side: what a user waits for is round trips, not computing.
#pragma once

#include <functional>
#include <vector>

namespace kenshin {

// Runs all of it on at most `at_a_time` threads, in order of their start, and returns when the last has ended. An
// exception of one is thrown again after the others have ended.
void side_by_side(const std::vector<std::function<void()>>& work, std::size_t at_a_time = 16);

}  // namespace kenshin
