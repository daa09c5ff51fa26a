#include "scanner/workers.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace kenshin {

void in_parallel(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& each) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr first;
  std::mutex guard;
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        each(i);
      } catch (...) {
        const std::lock_guard lock(guard);
        if (!first) first = std::current_exception();
      }
    }
  };
  std::vector<std::thread> pool;
  for (std::size_t i = 1; i < std::min(threads, count); ++i) pool.emplace_back(work);
  work();
  for (auto& thread : pool) thread.join();
  if (first) std::rethrow_exception(first);
}

}  // namespace kenshin
