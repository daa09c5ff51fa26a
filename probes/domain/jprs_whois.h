// The answers of JPRS's WHOIS for .jp names, with /e (English) or without, for all four kinds of name. No document
// describes their form: the labels and words here are those seen in answers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

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
// date means something else and stands in state_text, as does the end of the hold of a suspended general name. `source`
// is "whois"; `server` and the holder's members are not set.
Result<Registration> parse_jprs(std::string_view answer, std::string_view name);

// The same with the holder's names, at most four, to be compared and dropped at once (holder.h). None where the name is
// in nobody's hands.
struct JprsAnswer {
  Registration record;
  std::vector<std::string> holders;
};
Result<JprsAnswer> parse_jprs_and_holder(std::string_view answer, std::string_view name);

}  // namespace kenshin
