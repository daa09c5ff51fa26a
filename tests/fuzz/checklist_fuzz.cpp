// A filled checklist from anywhere: read against the editions, written as JSON, its fingerprints taken.
#include <cstdint>
#include <cstdlib>
#include <set>

#include "reports/checklist/checklist.h"
#include "reports/formats/wording.h"

using namespace kenshin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const auto catalogues = load_catalogues(DataFiles{}).value();
  static const auto ja = Wording::load(DataFiles{}, Language::Ja).value(),
                    en = Wording::load(DataFiles{}, Language::En).value();
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  (void)fingerprints_of(text, "fuzz");
  const auto checklist = read_checklist(text, catalogues, "fuzz");
  if (!checklist) return 0;
  std::set<ItemId> ids;
  for (const auto& item : checklist->items)
    if (item.matched && !ids.insert(item.id).second) std::abort();  // no id twice
  for (const auto& catalogue : catalogues)
    if (catalogue.edition == checklist->edition && checklist_json(*checklist, catalogue, ja, en).empty()) std::abort();
  (void)checklist_lint_text(*checklist, ja, "fuzz");
  return 0;
}
