// Whatever text comes in, what goes into the page holds no markup, no quote, no control character and no reordering.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "probes/base/text.h"
#include "reports/formats/escape.h"
#include "reports/formats/text_summary.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kenshin;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const std::string html = html_escape(text);
  if (!valid_utf8(html) || html.find_first_of("<>\"'") != std::string::npos) std::abort();
  for (std::size_t at = html.find('&'); at != std::string::npos; at = html.find('&', at + 1)) {
    const std::string_view rest = std::string_view(html).substr(at);
    if (!rest.starts_with("&amp;") && !rest.starts_with("&lt;") && !rest.starts_with("&gt;") &&
        !rest.starts_with("&quot;") && !rest.starts_with("&#39;"))
      std::abort();
  }
  for (const char32_t point : code_points(html))
    if (point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x2028 && point <= 0x202E) ||
        (point >= 0x2066 && point <= 0x2069))
      std::abort();
  for (const char c : html_id("item-", text))
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
          c == '_'))
      std::abort();
  std::string joined;
  for (const auto& line : wrapped(one_line(text), 40)) joined += line;
  if (joined.size() > one_line(text).size()) std::abort();
  return 0;
}
