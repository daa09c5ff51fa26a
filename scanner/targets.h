// Targets as words of the command line: an endpoint, "@FILE" (a list of them), or "-" (the list on standard input).
#pragma once

#include <string>
#include <vector>

#include "probes/base/target.h"

namespace kenshin {

// In the order given, each once. The error names the word, or the file and line.
Result<std::vector<AskedEndpoint>> targets_of(const std::vector<std::string>& words);

}  // namespace kenshin
