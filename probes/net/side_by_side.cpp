#include "probes/net/side_by_side.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

namespace kenshin {

void side_by_side(const std::vector<std::function<void()>>& work, std::size_t at_a_time) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failing;
  const auto worker = [&] {
    for (std::size_t i = next++; i < work.size(); i = next++) {
      try {
        work[i]();
      } catch (...) {
        const std::lock_guard lock(failing);
        failure = std::current_exception();
      }
    }
  };
  std::vector<std::thread> threads;
  try {
    for (std::size_t i = 1; i < std::min(at_a_time, work.size()); ++i) threads.emplace_back(worker);
  } catch (const std::system_error&) {
    // No more threads are to be had: those there are do it all.
  }
  worker();
  for (auto& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace kenshin
