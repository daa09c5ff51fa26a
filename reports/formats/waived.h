// Which findings people hold back: formats that count failures leave them out and say so.
#pragma once

#include <vector>

#include "reports/report.h"

namespace kenshin {

// For each finding, by its index, the waiver of an item it answers; nullptr where one of its items is not waived, or
// none is.
std::vector<const DeclaredWaiver*> waivers_of_findings(const Report&);

}  // namespace kenshin
