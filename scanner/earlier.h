// The result of another day that a report is compared with.
#pragma once

#include <string>

#include "reports/outcome.h"
#include "scanner/options.h"
#include "scanner/program.h"

namespace kenshin {

// A run's folder or its result.json.
Result<Outcome> outcome_at(const std::string& path);

// What --since names becomes the report's `changes` and `past`; without it nothing happens. The exit code where it
// cannot be read, said on standard error.
std::optional<int> compare_with_since(const Arguments&, const Program&, Report&);

// With --fail-on regression and nothing to compare with, that nothing can be worse.
void say_where_nothing_is_compared(const Report&, FailOn, const Program&);

}  // namespace kenshin
