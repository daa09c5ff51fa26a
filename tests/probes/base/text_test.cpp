#include "probes/base/text.h"

#include <gtest/gtest.h>

#include <chrono>

namespace kenshin {
namespace {

TEST(OneLine, StripsControlFormatAndBidirectionalCharacters) {
  EXPECT_EQ(one_line("a\x1b[31mb\u202Ec\u200Bd\ne"), "a[31mbcd e");
}

TEST(OneLine, ReplacesBadUtf8AndCutsAtTheLimit) {
  EXPECT_EQ(one_line("a\xFF"
                     "b"),
            "a\uFFFDb");
  EXPECT_EQ(one_line("あいうえお", 3), "あいう…");
  EXPECT_EQ(one_line("あいう", 3), "あいう");
}

TEST(Nfkc, FoldsFullWidthAndRomanNumerals) {
  EXPECT_EQ(nfkc("ＴＬＳ１．３"), "TLS1.3");
  EXPECT_EQ(nfkc("ⅻ"), "xii");
}

TEST(DisplayWidth, CountsWideCharactersTwice) { EXPECT_EQ(display_width("適合ok"), 6U); }

TEST(Pattern, StandsForTheWholeText) {
  struct Row {
    std::string_view pattern, text;
    bool matches;
  };
  const Row rows[] = {{"", "", true},
                      {"", "a", false},
                      {"*", "", true},
                      {"*", "tele.example.jp:443", true},
                      {"**", "a", true},
                      {"a", "a", true},
                      {"a", "ab", false},
                      {"ab", "a", false},
                      {"*.example.jp", "tele.example.jp", true},
                      {"*.example.jp", "example.jp", false},
                      {"*.example.jp", "tele.example.jp:443", false},
                      {"tele.*:443", "tele.example.jp:443", true},
                      {"a*a*b", "aaab", true},
                      {"a*a*b", "aaa", false},
                      {"*aab", "aaaab", true},
                      {"a*a", "a", false},
                      {"2.5.2-1.*", "2.5.2-1.xii", true},
                      {"2.5.2-1.*", "2.5.2-2.i", false},
                      {"a.b", "axb", false},
                      {"?", "a", false},
                      {"a", "*", false}};
  for (const Row& row : rows) EXPECT_EQ(matches_pattern(row.pattern, row.text), row.matches) << row.pattern << row.text;
}

TEST(Pattern, OfManyStarsEndsSoon) {
  std::string pattern;
  for (int i = 0; i < 40; ++i) pattern += "*a";
  const std::string text(4000, 'a');
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(matches_pattern(pattern + "b", text));
  EXPECT_TRUE(matches_pattern(pattern, text));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(Lines, AcceptsBothLineEndsAndAMissingLastOne) {
  EXPECT_EQ(lines("a\r\nb\n"), (std::vector<std::string_view>{"a", "b"}));
  EXPECT_EQ(lines("a\n\nb"), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_TRUE(lines("").empty());
}

TEST(Nearest, FindsAMistypedWordButNoStranger) {
  constexpr std::string_view known[] = {"observe", "scan", "checklist"};
  EXPECT_EQ(nearest("obsreve", known), "observe");
  EXPECT_EQ(nearest("sacn", known), "scan");
  EXPECT_EQ(nearest("report", known), "");
}

}  // namespace
}  // namespace kenshin
