// Threads: the one place that knows of them besides the TLS walks. Blocking probes, each with its own deadlines.
#pragma once

#include <cstddef>
#include <functional>

namespace kenshin {

// Calls each(0) … each(count - 1) on at most `threads` threads and returns when all are done. The first exception is
// thrown again here, after the others have ended.
void in_parallel(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& each);

}  // namespace kenshin
