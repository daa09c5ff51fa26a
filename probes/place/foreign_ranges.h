// What providers and registries publish of their address ranges, read into our own form (probes/place/ranges.h).
// Foreign bytes: at most 64 MiB, two million ranges, JSON 64 deep. Members we do not need are passed over; those we
// need are strict.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "probes/place/ranges.h"

namespace kenshin {

// Aws: ip-ranges.json. Google: cloud.json. Azure: ServiceTags_*.json. Oracle: public_ip_ranges.json. Delegated: a
// regional registry's delegated-…-extended file. Plain: prefixes, one a line, "#" begins a comment: of a front.
enum class RangeFormat { Aws, Google, Azure, Oracle, Delegated, Plain };

// By the first bytes and members alone; nothing where it is none of them.
std::optional<RangeFormat> range_format_of(std::string_view text);

struct ForeignRanges {
  std::string_view text;
  std::string file_name;     // for errors
  std::string source;        // where it came from, as reports will show it
  std::string provider;      // of a Plain list; the others say it themselves
  std::optional<Day> as_of;  // where the file does not say it: Azure and Plain
};

// The list, marked "confirmed": it holds the publisher's own words. Malformed naming file and what; also
// where a day is needed and none is known, and where a delegated file is shorter than it says.
Result<RangeList> read_foreign_ranges(RangeFormat, const ForeignRanges&);

// "probes/place/ranges/aws.ranges": the file its list is kept in. A front has one of its own, by its name.
std::string ranges_path(const RangeList&);

}  // namespace kenshin
