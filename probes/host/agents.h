// Products of the table (product_table.h) on a Linux machine, by packages and processes. Neither proves that a product
// protects: a process says that it is on, and nothing of what it does.
#pragma once

#include <vector>

#include "probes/host/dpkg_status.h"
#include "probes/host/facts.h"
#include "probes/host/processes.h"
#include "probes/host/product_table.h"
#include "probes/host/protection_facts.h"

namespace kenshin {

// Antivirus and EDR but ClamAV, which is asked itself (clamav.h). active: No where its processes are known and none
// runs, else Unknown; realtime: Unknown.
std::vector<AntivirusProduct> antivirus_agents(const ProductTable&, const InstalledPackages&, const Processes&);

// EDR, intrusion detection and audit. Absent where all processes are seen and none of them is there.
Result<SensorProducts> sensors(const ProductTable&, const InstalledPackages&, const Processes&);

}  // namespace kenshin
