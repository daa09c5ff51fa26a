// takeover-fingerprints.json and well-known-names.json: where a released name can be taken by others, and whose
// registries need not be asked.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/data_files.h"
#include "probes/base/result.h"

namespace kenshin {

enum class ShownBy { Nxdomain, HttpText };
enum class TakeoverStanding { Vulnerable, Edge };  // Edge: only some such names can be taken

struct TakeoverFingerprint {
  std::string provider;
  std::vector<std::string> suffixes;  // of the CNAME's target
  ShownBy shows = ShownBy::Nxdomain;
  std::string text;  // of the page of a free name
  TakeoverStanding standing = TakeoverStanding::Edge;
};
struct TakeoverFingerprints {
  std::string edition;
  std::optional<Day> as_of;
  std::string source, mark;
  std::vector<TakeoverFingerprint> providers;

  const TakeoverFingerprint* of(std::string_view target) const;  // by the longest suffix; nullptr: none
};
struct WellKnownNames {
  std::string edition;
  std::optional<Day> as_of;
  std::string source, mark;
  std::vector<std::string> names;  // registry names
};

// Malformed, naming the file, for an unknown key or word, a fingerprint by text without one, and a list without a date.
Result<TakeoverFingerprints> load_takeover_fingerprints(std::string_view text, std::string_view file_name);
Result<TakeoverFingerprints> read_takeover_fingerprints(const DataFiles&);
Result<WellKnownNames> read_well_known_names(const DataFiles&);

// Of installed_data(); throws where it cannot be read: a broken install.
const TakeoverFingerprints& shipped_takeover_fingerprints();
bool is_well_known(const std::string& registry_name);

}  // namespace kenshin
