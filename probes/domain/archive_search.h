// What the Internet Archive's index of captures (CDX, JSON) answers about a domain's first page. No document specifies
// it bindingly; everything in it is foreign text.
#pragma once

#include <string>
#include <string_view>

#include "probes/base/result.h"
#include "probes/domain/outside_facts.h"

namespace kenshin {

std::string archive_question(std::string_view base, std::string_view domain);

// Rows below a row of titles; no rows: nothing was ever archived. Malformed where the titles are others, or a row has
// no time. `server` is not set.
Result<ArchivedPages> parse_archive(std::string_view json);

}  // namespace kenshin
