// The criteria of known weaknesses, tls.weakness.*: one row of a table each (tls_weaknesses.cpp). Which may lower item
// 2.5.2-1.xii and which are mere conditions: docs/decisions/0006-rows-that-must-be-found.md.
#pragma once

#include <span>

#include "reports/criteria/criterion.h"

namespace kenshin {

std::span<const Criterion> weakness_criteria();

}  // namespace kenshin
