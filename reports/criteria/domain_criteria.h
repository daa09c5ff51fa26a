// The criteria about domains: how they are held, the DNS, what they lean on, and former ones (domain_criteria.cpp).
#pragma once

#include <span>

#include "reports/criteria/criterion.h"

namespace kenshin {

std::span<const Criterion> domain_criteria();

// Whether it speaks of domains no longer in use: these are judged by such rows alone, and only they are.
bool speaks_of_former_domains(const Criterion&);

}  // namespace kenshin
