// data-sources.json: where newer data files are fetched from by kenshin data update, each address with where it is
// known from and how well. What no source confirms is not in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/result.h"

namespace kenshin {

struct DataSource {
  std::string name, url;  // https
  std::string provider;   // of a plain list of prefixes; otherwise empty
  std::string source, mark;
};

struct DataSources {
  std::string edition;
  std::optional<Day> as_of;  // nothing: it is empty
  std::string source, mark;
  std::vector<DataSource> rows;
};

inline constexpr std::string_view data_sources_file = "probes/data-sources.json";

// Strict: Malformed, naming file and line; also for an address that is not https.
Result<DataSources> load_data_sources(std::string_view text, std::string_view file_name);

}  // namespace kenshin
