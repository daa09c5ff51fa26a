// WHOIS answers: whatever comes, "free" needs the registry's own words and a record needs a state.
#include <cstdlib>

#include "probes/domain/jprs_whois.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto seen = kenshin::parse_jprs(text, "example.jp");
  if (const auto held = kenshin::parse_jprs_and_holder(text, "example.jp");
      held.has_value() != seen.has_value() || (held && held->holders.size() > 4))
    std::abort();
  if (!seen) return 0;
  if (seen->registered == kenshin::Answer::No && text.find("No match!!") == std::string_view::npos) std::abort();
  if (seen->registered == kenshin::Answer::Yes && seen->state.size() != 1) std::abort();
  return 0;
}
