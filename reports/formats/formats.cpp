#include "reports/formats/formats.h"

#include <array>

#include "reports/formats/html_page.h"
#include "reports/formats/result_json.h"

namespace kenshin {

std::span<const Format> all_formats() {
  static constexpr std::array<Format, 2> formats = {{
      {"json", "result.json", write_result_json},
      {"html", "report.html", write_html},
  }};
  return formats;
}

}  // namespace kenshin
