// JSON of strangers that is known to be small. Objects keep the order of their members here, so that one with very many
// costs the square of their number: they are refused before anything is made of them.
#pragma once

#include <string_view>

#include "probes/base/json_fields.h"

namespace kenshin {

struct SmallJson {
  std::size_t members = 500, values = 20'000;  // most of one object; most of the whole text
};

// As parse_json(); Malformed with file and line also past these limits.
Result<Json> parse_small_json(std::string_view text, std::string_view file_name, SmallJson);

}  // namespace kenshin
