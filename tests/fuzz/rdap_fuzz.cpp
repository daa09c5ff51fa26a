// RDAP answers and the table of their servers: whatever comes, a record is of the name asked, and what is kept is
// small.
#include <cstdlib>

#include "probes/domain/rdap_answer.h"
#include "probes/domain/rdap_bootstrap.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kenshin;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto seen = parse_rdap_domain(text, "example.com");
  if (!seen && seen.error().detail.empty()) std::abort();
  if (seen && (seen->record.registered != Answer::Yes || seen->record.state.size() > 32 || seen->related.size() > 4 ||
               seen->record.name_servers.size() > 64 || !seen->record.holder_hash.empty()))
    std::abort();
  is_rdap_not_found(text);
  is_rdap_help(text);
  const auto table = load_rdap_bootstrap(text, "input");
  if (!table && table.error().detail.empty()) std::abort();
  if (const auto base = table ? rdap_base(*table, "example.com") : std::nullopt; base && !is_rdap_base(*base))
    std::abort();
  return 0;
}
