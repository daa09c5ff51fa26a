#include "reports/formats/escape.h"

#include <gtest/gtest.h>

#include <sstream>

#include "reports/formats/html_out.h"

namespace kenshin {
namespace {

TEST(HtmlEscape, TurnsMarkupIntoText) {
  EXPECT_EQ(html_escape("<b a=\"1\" c='2'>&amp;"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
}

TEST(HtmlEscape, RemovesWhatReordersOrControls) {
  EXPECT_EQ(html_escape("a\xE2\x80\xAE"
                        "b\x1B[31m\n\xE2\x80\xA8"
                        "c"),
            "ab[31m c");
}

TEST(HtmlEscape, ReplacesBytesThatAreNoUtf8) { EXPECT_EQ(html_escape("\xFF"), "\xEF\xBF\xBD"); }

TEST(HtmlEscape, CutsNothing) { EXPECT_EQ(html_escape(std::string(5000, 'x')).size(), 5000u); }

TEST(HtmlEscape, KeepsVariationSelectorsOfNames) { EXPECT_EQ(html_escape("葛\xF3\xA0\x84\x80"), "葛\xF3\xA0\x84\x80"); }

TEST(HtmlId, TellsDifferentTextsApart) {
  EXPECT_EQ(html_id("item-", "2.5.2-1.xii"), "item-2.5.2-1.xii");
  EXPECT_EQ(html_id("item-", "~L4\""), "item-_7eL4_22");
  EXPECT_NE(html_id("", "_7e"), html_id("", "~"));
}

TEST(HtmlOut, EscapesEverythingButLiterals) {
  std::ostringstream out;
  const std::string name = "<i>";
  HtmlOut(out) << "<p>" << name << std::string_view("&") << 7 << "</p>";
  EXPECT_EQ(out.str(), "<p>&lt;i&gt;&amp;7</p>");
}

}  // namespace
}  // namespace kenshin
