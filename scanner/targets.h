// Targets as words of the command line: an endpoint, "@FILE" (a list of them), or "-" (the list on standard input).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "probes/base/target.h"
#include "scanner/program.h"

namespace kenshin {

// In the order given, each once. The error names the word, or the file and line.
Result<std::vector<AskedEndpoint>> targets_of(const std::vector<std::string>& words);

// Says on standard error which target is done, where that is a terminal; from any thread.
std::function<void(const std::string&)> progress_line(const Program&, std::size_t all);

}  // namespace kenshin
