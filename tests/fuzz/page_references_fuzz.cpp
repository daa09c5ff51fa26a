// Any page at all: bounded, each reference once, every host in canonical form.
#include <cstdlib>

#include "probes/base/target.h"
#include "probes/web/page_references.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(bytes), size);
  const auto seen = kenshin::page_references(html);
  if (seen.size() > 1000) std::abort();
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const auto host = kenshin::canonical_host(seen[i].host);
    if (!host || *host != seen[i].host) std::abort();
    if (i > 0 && !(seen[i - 1] < seen[i])) std::abort();
  }
  return 0;
}
