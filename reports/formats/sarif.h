// SARIF 2.1.0 (OASIS) for code scanning and editors: what is not met, and nothing else as a result, since readers show
// every result as an alert. What could not be told is a notification of the invocation, so that a run that saw little
// does not look clean.
#pragma once

#include <iosfwd>

#include "reports/formats/formats.h"

namespace kenshin {

void write_sarif(const Report&, const Words&, std::ostream&);

}  // namespace kenshin
