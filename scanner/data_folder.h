// The user's data folder: files below it take the place of the embedded ones, --data DIR goes before both. What is put
// there is checked first, and good data is never replaced by broken, older or much smaller data.
#pragma once

#include <string>

#include "probes/base/data_files.h"
#include "scanner/data_kinds.h"

namespace kenshin {

// $XDG_DATA_HOME/kenshin, else ~/.local/share/kenshin; empty where neither is known.
std::string users_data_folder();

struct DataChange {
  std::string path, edition;
  std::optional<Day> as_of;
  std::string before;   // the day or edition of what was in use; empty: nothing
  std::string problem;  // why it was not put there; empty: it was
};

// Puts it below `folder`, in one step. Malformed where it is older than what `data` holds, dated ahead or has less than
// half of its rows, Denied where the folder cannot be written.
Result<DataChange> install_file(const RecognisedData&, const DataFiles& data, const std::string& folder, Day today);

}  // namespace kenshin
