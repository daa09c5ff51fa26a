// The project's data files (profiles, catalogue editions, end-of-support dates, wording): embedded in the program, each
// replaceable by a file of the same relative path below a directory: the user's data folder, and before it --data DIR.
// Text only; loaders are strict.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/base/result.h"

namespace kenshin {

class DataFiles {
 public:
  DataFiles() = default;  // embedded data alone
  explicit DataFiles(std::string directory) : directories_{std::move(directory)} {}
  // The first directory that has a file gives it.
  explicit DataFiles(std::vector<std::string> directories) : directories_(std::move(directories)) {}

  // `name` is the path in the source tree: "reports/criteria/profiles/checklist-2026.json". Denied for a file that is
  // there and cannot be read.
  Result<std::string> read(std::string_view name) const;
  // Names below a folder, ascending: "reports/checklist/editions/".
  std::vector<std::string> list(std::string_view folder) const;
  // The directory that a file is read from; empty: embedded, or nowhere.
  std::string directory_of(std::string_view name) const;
  bool is_embedded_alone() const { return directories_.empty(); }

 private:
  std::vector<std::string> directories_;
};

// Where the probes' own lists are read from: the embedded data, unless a program says otherwise before anything is
// read; std::logic_error afterwards. One per process: what a list says does not change between two questions.
void install_data(DataFiles);
const DataFiles& installed_data();

}  // namespace kenshin
