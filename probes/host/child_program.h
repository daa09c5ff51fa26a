// Starts a program of our own that is kept apart from kenshin, and takes what it prints.
#pragma once

#include <chrono>
#include <span>
#include <string>

#include "probes/base/result.h"

namespace kenshin {

struct ChildOutput {
  int exit_status = 0;
  std::string printed;  // its standard output
};

// Runs `program` with an environment of PATH and LC_ALL=C alone, in "/", without standard input and error, without
// other open files, and as the user nobody where we are root and may change. Absent: no such program. Failed: ended by
// a signal, printed more than `limit` bytes, or still ran at the deadline; then it and its children are killed.
Result<ChildOutput> run_program(const std::string& program, std::span<const std::string> arguments,
                                std::chrono::milliseconds deadline, std::size_t limit);

}  // namespace kenshin
