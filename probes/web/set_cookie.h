// Set-Cookie as browsers read it (RFC 6265 5.2).
#pragma once

#include <optional>
#include <string_view>

#include "probes/web/facts.h"

namespace kenshin {

// The cookie of one header's value; nothing where browsers ignore it (no '=', no name). Safe to show.
std::optional<Cookie> parse_set_cookie(std::string_view);

}  // namespace kenshin
