// What one run of a program costs.
#pragma once

#include <string>
#include <vector>

namespace kenshin {

struct Spent {
  int status = -1;
  double wall = 0, cpu = 0;  // seconds
};

// Runs to the end, stdout into the file `output`. Status -1: it did not end by itself.
Spent spend(const std::vector<std::string>& command, const std::string& output);

}  // namespace kenshin
