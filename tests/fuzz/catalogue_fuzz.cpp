// A catalogue edition given with --data: strict reading never crashes.
#include <cstdint>

#include "reports/checklist/catalogue.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  (void)kenshin::load_catalogue({reinterpret_cast<const char*>(bytes), size}, "fuzz.json");
  return 0;
}
