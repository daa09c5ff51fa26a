// Heads and cookies of any web server: a name is never empty, a status is 100 to 999.
#include <cstdlib>

#include "probes/net/http_head.h"
#include "probes/web/set_cookie.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto head = kenshin::parse_http_head(text); head && (head->status < 100 || head->status > 999))
    std::abort();
  const auto cookie = kenshin::parse_set_cookie(text);
  if (cookie && cookie->name.empty()) std::abort();
  return 0;
}
