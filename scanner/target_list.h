// A file of targets, one a line, as scanners are fed.
#pragma once

#include <string_view>
#include <vector>

#include "probes/base/result.h"
#include "probes/base/target.h"

namespace kenshin {

// Every target as parse_endpoint() reads it, in order, each once. Blank lines and what follows a # at the start of a
// line or after a blank are comments; a byte order mark and CRLF are accepted. The first bad line is an error
// "FILE:LINE: what".
Result<std::vector<AskedEndpoint>> read_targets(std::string_view text, std::string_view file_name);

}  // namespace kenshin
