// What runs here, by name: services and processes.
#pragma once

#include <string>
#include <vector>

#include "probes/host/collectors/windows/asked.h"
#include "probes/host/collectors/windows/decoding/products.h"

namespace kenshin::windows {

Asked<std::vector<ServiceState>> services();
Asked<std::vector<std::string>> processes();  // names of their files, without folders

// The products of the table that are here, by services and processes.
Asked<std::vector<FoundProduct>> products_here();

}  // namespace kenshin::windows
