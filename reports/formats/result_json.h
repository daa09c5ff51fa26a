// kenshin.result/1 (docs/schema/result.json): what was judged and merged, for programs. Keys are added, never renamed.
#pragma once

#include <iosfwd>

#include "reports/formats/formats.h"

namespace kenshin {

// Indented JSON with a final line end. The same report gives the same bytes.
void write_result_json(const Report&, const Words&, std::ostream&);

}  // namespace kenshin
