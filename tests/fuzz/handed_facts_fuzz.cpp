// What a stranger hands over beside kenshin's own facts: osquery's results (first byte o) and questionnaires (q).
// Whatever is accepted becomes host facts that are read back.
#include <cstdint>
#include <cstdlib>

#include "probes/base/bytes.h"
#include "probes/host/host_facts.h"
#include "probes/host/osquery.h"
#include "scanner/questionnaire.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kenshin;
  if (size == 0) return 0;
  const auto text = text_of({bytes + 1, size - 1});
  const auto kept = [](const Result<std::vector<Observation>>& facts) {
    if (facts && !read_host_facts(write_host_facts(*facts), "again")) std::abort();
  };
  if (bytes[0] == 'o') {
    OsqueryResults results;
    if (add_osquery_results(text, "os_version.json", results)) kept(host_facts_of(results, "pc"));
  }
  if (bytes[0] == 'q') kept(read_questionnaire(text, "pc.toml", *parse_instant("2026-11-22T05:00:00Z")));
  return 0;
}
