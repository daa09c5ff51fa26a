// The rows of probes/host/products.json that Windows can be asked about (product_table.cmake writes the function).
#pragma once

#include <vector>

#include "probes/host/collectors/windows/decoding/products.h"

namespace kenshin::windows {

std::vector<KnownProduct> product_table();

}  // namespace kenshin::windows
