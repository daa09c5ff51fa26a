// For Jenkins, GitLab and GitHub: the JUnit XML that all of them read. A suite per target, a case per finding: not met
// is a failure, what could not be told an error, what does not apply or is held back is skipped.
#pragma once

#include <iosfwd>

#include "reports/formats/formats.h"

namespace kenshin {

void write_junit(const Report&, const Words&, std::ostream&);

}  // namespace kenshin
