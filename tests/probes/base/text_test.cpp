#include "probes/base/text.h"

#include <gtest/gtest.h>

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
