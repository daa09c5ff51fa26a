// The data files probes read, and what each says of itself: for a check before anything is asked, and for reports.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/data_files.h"

namespace kenshin {

struct ProbeDataFile {
  std::string name;  // "certificate logs"
  std::string edition;
  std::optional<Day> as_of;  // nothing: it is empty
  std::string source;
  std::string path = {};  // "probes/certificate/ct-logs.json"
};

// All of them, read as strictly as the probes do. Malformed, naming the file, for the first that cannot be used.
Result<std::vector<ProbeDataFile>> read_probe_data(const DataFiles&);

}  // namespace kenshin
