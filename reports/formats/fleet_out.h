// `kenshin merge`: the table of many clinics for programs (kenshin.fleet/1, docs/schema/fleet.json), for a spreadsheet
// and for the eye.
#pragma once

#include <iosfwd>

#include "reports/fleet.h"
#include "reports/formats/formats.h"

namespace kenshin {

void write_fleet_json(const Fleet&, const Words&, std::ostream&);
// RFC 4180 with a byte order mark, as spreadsheets want it; no cell of a foreign text begins a formula.
void write_fleet_csv(const Fleet&, const Words&, std::ostream&);
void write_fleet_html(const Fleet&, const Words&, std::ostream&);

}  // namespace kenshin
