// A scan beside the history of its clinic: compared with the run before it, and added once it has finished. A history
// that cannot be used is said on standard error and costs the scan nothing of its own result.
#pragma once

#include <string>

#include "reports/report.h"
#include "scanner/program.h"

namespace kenshin {

// Fills the report's `changes` and `past` from the runs of this clinic that began before it. False where there is a
// history and it cannot be read.
bool compare_with_history(const std::string& configuration, const Program&, Report&);

// Only where the report is of a finished scan; `result_file` is its result.json as written.
void remember(const std::string& configuration, const std::string& result_file, const Report&, const Program&);

}  // namespace kenshin
