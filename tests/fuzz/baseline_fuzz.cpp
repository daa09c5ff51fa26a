// A baseline that somebody edited or handed over: what is read is written and read again alike.
#include <cstdint>
#include <cstdlib>

#include "probes/base/bytes.h"
#include "probes/domain/baseline.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kenshin;
  const auto read = read_baseline(text_of({bytes, size}), "baseline.json");
  if (!read) return 0;
  const auto again = read_baseline(baseline_text(*read, "1"), "again.json");
  if (!again || again->domains.size() != read->domains.size()) std::abort();
  return 0;
}
