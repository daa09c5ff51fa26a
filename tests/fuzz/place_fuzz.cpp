// Lists of address ranges in every form that is taken, and the public suffix list: any bytes are read or refused with a
// reason, and what was read survives our own form.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "probes/domain/public_suffix.h"
#include "probes/place/foreign_ranges.h"
#include "reports/criteria/regions.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kenshin;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto own = load_ranges(text, "input");
  if (!own && own.error().detail.empty()) std::abort();
  if (own) {
    const auto again = load_ranges(ranges_text(*own), "again");
    if (!again || *again != *own) std::abort();
  }
  const Day day = parse_day("2026-11-20").value();
  for (const auto format : {RangeFormat::Aws, RangeFormat::Google, RangeFormat::Azure, RangeFormat::Oracle,
                            RangeFormat::Delegated, RangeFormat::Plain}) {
    const auto list = read_foreign_ranges(format, {text, "input", "fuzz", "Example", day});
    if (!list) {
      if (list.error().detail.empty()) std::abort();
      continue;
    }
    const auto again = load_ranges(ranges_text(*list), "again");
    if (!again || again->ranges.size() != list->ranges.size()) std::abort();
    for (const auto& row : list->ranges)
      if (list->find(row.range.first) != &row || list->find(row.range.last) != &row) std::abort();
  }
  range_format_of(text);
  if (const auto suffixes = read_suffix_list(text, "input"); !suffixes && suffixes.error().detail.empty()) std::abort();
  if (const auto regions = load_regions(text, "input"); !regions && regions.error().detail.empty()) std::abort();
  return 0;
}
