// For node_exporter's textfile collector: the counts of a run and when it ended, in the Prometheus text format 0.0.4.
// `kenshin report DIR --format prometheus -o FOLDER` replaces the file at once; alert on the age of the last run, for a
// file that nobody renews keeps being served.
#pragma once

#include <iosfwd>

#include "reports/formats/formats.h"

namespace kenshin {

void write_prometheus(const Report&, const Words&, std::ostream&);

}  // namespace kenshin
