// Lists of address ranges in our own compact form, kenshin-ranges/1: text, tabs between columns, ranges ascending and
// apart, so that a look-up is one binary search. Longest prefix was settled when the list was made (make_ranges).
//
//   kenshin-ranges/1
//   name     AWS
//   kind     cloud
//   edition  …
//   as_of    2026-11-20        ("-": the list is empty)
//   source   …
//   mark     secondary         (confirmed, secondary, recalled, policy)
//   rows     1
//   203.0.113.0-203.0.113.255  ap-northeast-1  ap-northeast-1
//
// A row's second column is the region ("*": in no one place) or the country, its third a zone or "-".
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/data_files.h"
#include "probes/place/facts.h"

namespace kenshin {

struct RangeLabel {
  std::string region, zone;
  friend auto operator<=>(const RangeLabel&, const RangeLabel&) = default;
};

struct LabelledRange {
  IpRange range;
  std::uint32_t label = 0;  // index into RangeList::labels
  friend bool operator==(const LabelledRange&, const LabelledRange&) = default;
};

struct RangeList {
  std::string name;
  PlaceSource kind = PlaceSource::Cloud;
  std::string edition;
  std::optional<Day> as_of;  // nothing: it is empty
  std::string source, mark;
  std::vector<RangeLabel> labels;
  std::vector<LabelledRange> ranges;  // ascending and apart

  const LabelledRange* find(const IpAddress&) const;  // nullptr: in none
  friend bool operator==(const RangeList&, const RangeList&) = default;
};

// A range with what is said of it, as a provider's file has it: they may lie within one another.
struct SaidRange {
  IpRange range;
  RangeLabel label;
};

// Sets the ranges of `into`: the narrowest wins, neighbours that say the same become one. Of two that are alike and
// say different things, the one that is in no one place wins; otherwise it is "*", zone "ambiguous". Malformed where
// two overlap and neither lies within the other.
Result<Done> make_ranges(std::vector<SaidRange>, RangeList& into);

Result<RangeList> load_ranges(std::string_view text, std::string_view file_name);
std::string ranges_text(const RangeList&);

// "probes/place/ranges/": every *.ranges file below it is a list of its own.
inline constexpr std::string_view ranges_folder = "probes/place/ranges/";

struct RangeFile {
  std::string path;
  RangeList list;
};
// Ascending by path. Malformed, naming the file, for the first that cannot be used.
Result<std::vector<RangeFile>> read_ranges(const DataFiles&);
// Those of installed_data(), read once per process. A broken file is a broken install and throws.
std::span<const RangeFile> shipped_ranges();

}  // namespace kenshin
