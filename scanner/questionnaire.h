// The questionnaire for a PC or server that no collector looks at: a TOML file that a person fills in. What it says is
// a declaration (evidence grade D), kept as host facts of the collector "questionnaire"; blanks are "not collected".
#pragma once

#include <string_view>
#include <vector>

#include "probes/facts.h"

namespace kenshin {

// The empty form, with comments in Japanese and English.
std::string_view questionnaire_form();

// Observations like read_host_facts(), dated by the day the form was filled in (noon in Japan, or `now` where that is
// still to come). Malformed, a line for each fault: "FILE:LINE:COLUMN: what is wrong and what is expected".
Result<std::vector<Observation>> read_questionnaire(std::string_view text, std::string_view file_name, Instant now);

}  // namespace kenshin
