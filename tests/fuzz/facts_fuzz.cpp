// facts.jsonl from somebody else: read, and what was read is written and read again alike.
#include <cstdint>
#include <cstdlib>

#include "probes/base/bytes.h"
#include "probes/facts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kenshin;
  const auto facts = read_facts(text_of({bytes, size}), "facts.jsonl");
  if (!facts) return 0;
  std::string again = header_line(facts->tool_version, facts->started) + "\n";
  for (const auto& observation : facts->all()) again += observation_line(observation) + "\n";
  const auto second = read_facts(again, "again.jsonl");
  if (!second || second->all().size() != facts->all().size()) std::abort();
  return 0;
}
