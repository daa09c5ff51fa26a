// Host facts as handed over by a stranger: whatever is accepted is written and read back unchanged.
#include <cstdint>
#include <cstdlib>

#include "probes/base/bytes.h"
#include "probes/host/host_facts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kenshin;
  const auto read = read_host_facts(text_of({bytes, size}), "fuzz");
  if (!read) return 0;
  const auto again = read_host_facts(write_host_facts(*read), "again");
  if (!again) std::abort();
  for (const auto& o : *read) {
    if (o.name == "host.unknown_fact") continue;
    bool found = false;
    for (const auto& twin : *again) found |= twin == o;
    if (!found) std::abort();
  }
  return 0;
}
