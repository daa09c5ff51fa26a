#include "probes/web/set_cookie.h"

#include "probes/base/text.h"

namespace kenshin {

std::optional<Cookie> parse_set_cookie(std::string_view value) {
  const auto parts = split(value, ';');
  if (parts.empty()) return std::nullopt;
  const auto equals = parts.front().find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  Cookie out;
  out.name = one_line(trim(parts.front().substr(0, equals)), 100);
  if (out.name.empty()) return std::nullopt;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto sign = parts[i].find('=');
    const std::string attribute = lower_ascii(trim(parts[i].substr(0, sign)));
    if (attribute == "secure") out.secure = true;
    if (attribute == "httponly") out.http_only = true;
    // RFC 6265 5.3: the last of several counts
    if (attribute == "samesite")
      out.same_site = sign == std::string_view::npos ? "" : one_line(trim(parts[i].substr(sign + 1)), 40);
  }
  return out;
}

}  // namespace kenshin
