// The Strict-Transport-Security header: whatever a server writes, an age of at most a hundred years or nothing.
#include <cstdint>
#include <cstdlib>

#include "reports/criteria/hsts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto age = kenshin::hsts_max_age({reinterpret_cast<const char*>(data), size});
  if (age && (age->count() < 0 || age->count() > 3'155'760'000)) std::abort();
  return 0;
}
