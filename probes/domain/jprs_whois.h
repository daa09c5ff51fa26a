// The answers of JPRS's WHOIS for .jp names, with /e (English) or without, for all four kinds of name. No document
// describes their form: the labels and words here are those seen in answers.
#pragma once

#include <string_view>

#include "probes/base/result.h"
#include "probes/domain/facts.h"

namespace kenshin {

// What the answer says of `name`, a registry name in canonical form. Contact and holder fields are dropped here.
//
// registered is Yes for a whole record of that very name (from "Domain Information:" to the last-update line, so that a
// cut answer never hides a lock), No for the line "No match!!" alone. Everything else is an Error and says nothing of
// the name: RateLimited for words of refusal, Malformed otherwise.
//
// `expires` of organisational and geographic names is the date beside Connected or Registered; beside other states the
// date means something else and stays in state_text. `source` is "whois"; `server` and `holder_compared` are not set.
Result<Registration> parse_jprs(std::string_view answer, std::string_view name);

}  // namespace kenshin
