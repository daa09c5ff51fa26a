// What a checklist says of itself: when and by whom it was confirmed, and which year's guideline it names. Dates are
// read in the spellings clinics use: 2026年7月15日, 令和8年7月15日, 2026/7/15, also in full-width digits.
#pragma once

#include <span>

#include "reports/checklist/checklist.h"
#include "reports/checklist/checklist_line.h"

namespace kenshin {

// Sets confirmed_on and confirmed_by; what is missing or unreadable becomes a diagnostic.
void read_stamps(std::span<const ChecklistLine>, Checklist&);

// A notice where the head names a guideline older than one the rows cite.
void note_basis(std::span<const ChecklistLine>, Checklist&);

}  // namespace kenshin
