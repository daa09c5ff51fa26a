// Rows of text for engineers.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace kenshin {

// Label and text; foreign text is not yet made safe to show.
using TextRows = std::vector<std::pair<std::string, std::string>>;

}  // namespace kenshin
