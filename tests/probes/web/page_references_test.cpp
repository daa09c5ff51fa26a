#include "probes/web/page_references.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

using References = std::vector<PageReference>;

TEST(PageReferences, AreTakenFromWhatRunsIsShownSendsAndLinks) {
  const References expected = {
      {ReferenceKind::Script, "base.example.com"},  {ReferenceKind::Script, "cdn.example.com"},
      {ReferenceKind::Script, "style.example.com"}, {ReferenceKind::Form, "form.example.com"},
      {ReferenceKind::Form, "two.example.com"},     {ReferenceKind::Frame, "frame.example.com"},
      {ReferenceKind::Link, "icon.example.com"},    {ReferenceKind::Link, "www.example.com"}};
  EXPECT_EQ(
      page_references(R"(<base href="//BASE.example.com/"><SCRIPT async SRC = https://cdn.example.com/a.js>)"
                      R"(</SCRIPT><link rel="preload stylesheet" href='https://style.example.com:8443/x.css'>)"
                      R"(<link rel=icon href=https://icon.example.com/i.png><form action="https://form.example.com">)"
                      R"(<button formaction=//two.example.com><iframe src="https://u@frame.example.com?a#b"/>)"
                      R"(<a class=x href="https://www.example.com/">w</a><a href="https://www.example.com/2">w</a>)"),
      expected);
}

TEST(PageReferences, AreNotTakenFromCommentsScriptsAndStyles) {
  EXPECT_EQ(page_references(R"(<!-- <script src="https://a.example.com"> --><script>"<a href='https://b.example.com'>"
                            </script><style>@import '<a href=https://c.example.com>'</style><a title="<a href=https://d.example.com>">)"),
            References{});
}

TEST(PageReferences, NameNoHostWhereTheUrlNamesNone) {
  for (const char* url : {"/local", "page.html", "mailto:a@example.com", "javascript:void(0)", "data:text/html,//x",
                          "https://192.0.2.1/", "https://[2001:db8::1]/", "https:///x", "#a", "https://a b/"})
    EXPECT_EQ(page_references("<a href=\"" + std::string(url) + "\">"), References{}) << url;
}

TEST(PageReferences, EndWithThePage) {
  for (const char* cut : {"<", "<a", "<a href", "<a href=", "<a href=\"", "<!--", "<script", "<script>",
                          "<a href=\"https://x.example.com"})
    page_references(cut);
  std::string many;
  for (int i = 0; i < 3000; ++i) many += "<a href=https://h" + std::to_string(i) + ".example.com>";
  EXPECT_EQ(page_references(many).size(), 1000U);
}

}  // namespace
}  // namespace kenshin
