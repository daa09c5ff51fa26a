#include "reports/formats/escape.h"

#include "probes/base/bytes.h"
#include "probes/base/text.h"

namespace kenshin {

std::string html_escape(std::string_view text) {
  std::string out;
  for (const char c : one_line(text, text.size())) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string html_id(std::string_view prefix, std::string_view text) {
  std::string out(prefix);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (plain) out += c;
    else out += "_" + hex(bytes_of(text.substr(i, 1)));
  }
  return out;
}

}  // namespace kenshin
