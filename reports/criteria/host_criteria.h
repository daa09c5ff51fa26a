// The rows of criteria.cpp that judge terminals and servers.
#pragma once

#include <span>

#include "reports/criteria/criterion.h"

namespace kenshin {

std::span<const Criterion> host_criteria();

}  // namespace kenshin
