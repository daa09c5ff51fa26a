// What the registry probe takes from disk and from people: kept answers, names reduced by the public suffix list,
// holders' names. Whatever comes, it is refused or means what it says.
#include <cstdlib>

#include "probes/domain/holder.h"
#include "probes/domain/public_suffix.h"
#include "probes/domain/registry_cache.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kenshin;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto kept = parse_kept_answer(text);
  if (!kept && kept.error().detail.empty()) std::abort();
  if (kept && (kept->record.registered == Answer::Unknown || !kept->record.holder_hash.empty())) std::abort();
  const std::string_view name = text.substr(0, 300);
  if (const auto registered = registry_name(name)) {
    if (registry_name(*registered) != registered || registration_kind(name) == RegistrationKind::Unknown) std::abort();
    const auto site = site_name(name);
    if (!site || !site->ends_with(*registered)) std::abort();  // a site is never above its registration
  }
  const std::string holder = normalised_holder(name);
  if (holder.size() > 20 * 300) std::abort();
  return 0;
}
