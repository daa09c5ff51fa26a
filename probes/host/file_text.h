// The text of a file as people's machines save it: UTF-8 with or without a byte order mark, or UTF-16 of either byte
// order with one (Windows PowerShell writes that). Free of POSIX.
#pragma once

#include <string>
#include <string_view>

#include "probes/base/result.h"

namespace kenshin {

// UTF-8 without a byte order mark. UTF-16 that ends in half a unit or holds a lone surrogate is Malformed; bytes
// without a mark come back unchanged, whoever parses them checks them.
Result<std::string> utf8_from_file(std::string_view bytes, std::string_view file_name);

}  // namespace kenshin
