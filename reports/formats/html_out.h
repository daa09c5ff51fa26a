// Writing HTML so that escaping cannot be forgotten: string literals are markup, every other text is escaped.
//
//   html << "<td>" << certificate.subject << "</td>\n";
#pragma once

#include <concepts>
#include <cstddef>
#include <ostream>
#include <string_view>

#include "reports/formats/escape.h"

namespace kenshin {

class HtmlOut {
 public:
  explicit HtmlOut(std::ostream& out) : out_(out) {}

  template <std::size_t N>
  HtmlOut& operator<<(const char (&markup)[N]) {
    return this->markup({markup, N - 1});
  }
  HtmlOut& operator<<(std::string_view text) { return markup(html_escape(text)); }
  template <std::integral Number>
  HtmlOut& operator<<(Number number) {
    out_ << number;
    return *this;
  }

  // Text that is markup already: the page's own style sheet, html_id()'s results.
  HtmlOut& markup(std::string_view trusted) {
    out_ << trusted;
    return *this;
  }

 private:
  std::ostream& out_;
};

}  // namespace kenshin
