// The Strict-Transport-Security header (RFC 6797 6.1): foreign text.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace kenshin {

// max-age; nothing where the header does not keep to its grammar, or gives none or two. At most a hundred years.
std::optional<std::chrono::seconds> hsts_max_age(std::string_view header);

}  // namespace kenshin
