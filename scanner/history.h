// The finished scans of one clinic: .kenshin/history.sqlite beside its kenshin.toml (docs/user-guide.md "History").
#pragma once

#include <string>
#include <vector>

#include "reports/outcome.h"
#include "scanner/database.h"

namespace kenshin {

struct RunSummary {
  std::int64_t id = 0;
  std::string result_sha256;
  Outcome outcome;  // without its items and findings
};

class History {
 public:
  // The file that belongs to this configuration, whether there is one or not.
  static std::string file_beside(const std::string& configuration);

  // Makes folder and file where they are not there. Malformed where the file is no history, is broken, or was made by
  // a newer kenshin; Denied where it cannot be opened.
  static Result<History> open(const std::string& file);

  // False where a run with the same result.json is there already: nothing is done then.
  Result<bool> add(const Outcome&, const std::string& result_sha256);

  Result<std::vector<RunSummary>> runs();      // the oldest first
  Result<Outcome> outcome(const RunSummary&);  // with its items and findings; these without sentences and titles

 private:
  explicit History(Database database) : database_(std::move(database)) {}
  Database database_;
};

}  // namespace kenshin
