#include "reports/checklist/checklist.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "tests/reports/checklist/sample.h"

namespace kenshin {
namespace {

using namespace std::chrono_literals;
using sample::codes;
using sample::damaged;
using sample::declarations;
using sample::ids;
using sample::item;
using sample::original;
using sample::read;
using sample::replaced;
using Codes = std::vector<std::string>;

std::string error_of(const std::string& text) {
  const auto checklist = read_checklist(text, sample::catalogues(), "x.txt");
  return checklist ? "none" : checklist.error().detail;
}

TEST(Checklist, ReadsTheSampleWhole) {
  const Checklist& checklist = original();
  EXPECT_EQ(checklist.edition, "sample-1");
  EXPECT_EQ(checklist.confirmed_on, Day{2026y / 7 / 15});
  EXPECT_EQ(checklist.confirmed_by, "見本 花子");
  std::vector<std::string> expected;
  for (const auto& known : sample::edition("sample-1").items)
    if (!known.optional) expected.push_back(known.id.text);
  EXPECT_EQ(ids(checklist), expected);
  const auto declared = declarations(checklist);
  EXPECT_EQ(std::count(declared.begin(), declared.end(), Declared::Ticked), 58);
  EXPECT_EQ(std::count(declared.begin(), declared.end(), Declared::None), 28);
  EXPECT_EQ(std::count(declared.begin(), declared.end(), Declared::NotApplicable), 2);
  EXPECT_EQ(codes(checklist.diagnostics), Codes{});
  EXPECT_EQ(codes(checklist.notices), (Codes{"13 no-box", "72 condition-unstated"}));
}

TEST(Checklist, KeepsTheDocumentsWordsNotesAndConditions) {
  const auto& xii = item(original(), "2.5.2-1.xii");
  EXPECT_EQ(xii.printed, "xii");
  EXPECT_TRUE(xii.text.starts_with("名の通った認証局の証明書を使い、TLS 1.3 で"));
  EXPECT_EQ(xii.notes, (std::vector<std::string>{"※第三者の認証があるとなお望ましい"}));
  EXPECT_TRUE(xii.third_party_preferred);
  EXPECT_FALSE(item(original(), "2.5.2-1.xiv").third_party_preferred);
  EXPECT_EQ(item(original(), "1.2.ix").condition, "たばこをやめたい方を診る医療機関の場合");
  EXPECT_EQ(item(original(), "1.2.u1").printed, "");
  EXPECT_EQ(item(original(), "1.2.iv").condition, "ふだん診ていない方から事前の相談を受けて診る場合");
  EXPECT_EQ(item(original(), "2.2.iii").condition, "施設などで大勢の方をまとめて診る場合");
  EXPECT_EQ(item(original(), "2.3.ii").condition, "(3) 看護師がそばにいる場合 (D to P with N)");
  EXPECT_EQ(item(original(), "2.5.2-1.xii").condition, "");
}

TEST(Checklist, TakesExamplesForTextOfTheirItem) {
  EXPECT_NE(item(original(), "1.4.i").text.find("iii 医師の免許：免許証の原本"), std::string::npos);
  EXPECT_EQ(item(original(), "1.4.ii").printed, "ii");
}

TEST(Checklist, TakesALineThatBeginsLikeAHeadingForText) {
  EXPECT_NE(item(original(), "2.5.2-1.vi").text.find("2-2)にあたるとき"), std::string::npos);
}

TEST(Checklist, KeepsACheckMarkThatIsABullet) {
  EXPECT_NE(item(original(), "1.2.iv").text.find("✓ 引っ越したばかりで"), std::string::npos);
}

// Copies of other clinics.

TEST(ChecklistCopies, WithCrlfAndByteOrderMark) {
  EXPECT_EQ(ids(read(sample::with_crlf_and_mark(sample::text()))), ids(original()));
}

TEST(ChecklistCopies, WithNumeralsInCharactersOfTheirOwn) {
  const auto checklist = read(sample::single_numerals(sample::text(), original()));
  EXPECT_EQ(ids(checklist), ids(original()));
  EXPECT_EQ(item(checklist, "2.5.2-1.xiv").printed, "ⅹⅳ");
}

TEST(ChecklistCopies, WithFullWidthDigitsAndBrackets) {
  const auto checklist = read(sample::full_width(sample::text()));
  EXPECT_EQ(ids(checklist), ids(original()));
  EXPECT_EQ(checklist.confirmed_on, original().confirmed_on);
  EXPECT_EQ(codes(checklist.diagnostics), Codes{});
}

TEST(ChecklistCopies, WithOtherTicks) {
  for (const auto* tick : {"✓", "✔", "✅", "■", "☒", "[x]"}) {
    const auto checklist = read(replaced(sample::text(), "☑", tick));
    EXPECT_EQ(ids(checklist), ids(original())) << tick;
    EXPECT_EQ(declarations(checklist), declarations(original())) << tick;
  }
}

TEST(ChecklistCopies, WithEmptyBoxes) {
  for (const auto* box : {"☐", "□", "[ ]"}) {
    const auto checklist = read(replaced(sample::text(), "☑", box));
    EXPECT_EQ(ids(checklist), ids(original())) << box;
    EXPECT_EQ(item(checklist, "2.5.2.i").declared, Declared::Empty) << box;
  }
}

TEST(ChecklistCopies, WithLinesUnwrapped) {
  const auto checklist = read(sample::unwrapped(sample::text(), original()));
  EXPECT_EQ(ids(checklist), ids(original()));
  EXPECT_EQ(declarations(checklist), declarations(original()));
  EXPECT_EQ(item(checklist, "2.5.2-1.xii").text, item(original(), "2.5.2-1.xii").text);
  EXPECT_EQ(item(checklist, "2.5.2-1.xii").notes, item(original(), "2.5.2-1.xii").notes);
}

TEST(ChecklistCopies, WithoutBlankLinesOrHeadings) {
  std::vector<std::string> dense, bare;
  const auto all = sample::lines_of(sample::text());
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!trim(all[i]).empty()) dense.push_back(all[i]);
    const bool heading = std::any_of(original().headings.begin(), original().headings.end(),
                                     [&](const auto& h) { return h.line == i + 1 && h.depth < 5; });
    if (!heading) bare.push_back(all[i]);
  }
  EXPECT_EQ(ids(read(sample::from_lines(dense))), ids(original()));
  EXPECT_EQ(ids(read(sample::from_lines(bare))), ids(original())) << "the wording alone tells";
}

TEST(ChecklistCopies, WithEverythingAtOnce) {
  std::string copy = sample::single_numerals(sample::text(), original());
  copy = sample::unwrapped(copy, original());
  copy = sample::with_crlf_and_mark(sample::full_width(replaced(copy, "☑", "✓")));
  EXPECT_EQ(ids(read(copy)), ids(original()));
}

// An id is right or it is not given: the line of the original says which item it is.
void expect_right_or_unmatched(const Checklist& checklist, std::size_t most_unmatched) {
  std::size_t unmatched = 0, found = 0;
  for (const auto& row : checklist.items) {
    const auto known = std::find_if(original().items.begin(), original().items.end(),
                                    [&](const auto& it) { return it.line == row.line; });
    if (known != original().items.end()) ++found;
    if (!row.matched) {
      ++unmatched;
      EXPECT_EQ(row.id.text, "~L" + std::to_string(row.line));
    } else if (known == original().items.end()) ADD_FAILURE() << row.id.text << " at line " << row.line;
    else EXPECT_EQ(row.id, known->id) << row.line;
  }
  EXPECT_EQ(found, original().items.size());
  EXPECT_LE(unmatched, most_unmatched);
}

TEST(ChecklistIdentity, IsRightOrUnmatchedWithOneCharacterInTenDamaged) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    expect_right_or_unmatched(read(damaged(sample::text(), original(), seed)), 2);
  }
}

TEST(ChecklistIdentity, IsRightOrUnmatchedWhenEachItemKeepsAFewCharactersOnly) {
  const auto all = sample::lines_of(sample::text());
  const auto owner = sample::owners(original(), all.size());
  for (const std::size_t kept : {0U, 3U, 6U, 12U}) {
    std::vector<std::string> cut;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool starts = owner[i] >= 0 && (i == 0 || owner[i] != owner[i - 1]);
      if (owner[i] < 0) cut.push_back(all[i]);
      else cut.push_back(starts ? utf8(code_points(all[i]).substr(0, 7 + kept)) : "");
    }
    SCOPED_TRACE(kept);
    const auto checklist = read_checklist(sample::from_lines(cut), sample::catalogues(), "x.txt");
    if (!checklist && kept == 0) continue;  // numerals alone: it is no checklist of any edition
    ASSERT_TRUE(checklist) << checklist.error().detail;
    EXPECT_EQ(checklist->items.size(), original().items.size());
    for (const auto& row : checklist->items) {
      const auto known = std::find_if(original().items.begin(), original().items.end(),
                                      [&](const auto& it) { return it.line == row.line; });
      ASSERT_NE(known, original().items.end());
      EXPECT_TRUE(!row.matched || row.id == known->id) << row.line << " " << row.id.text;
    }
  }
}

TEST(ChecklistIdentity, FollowsTheWordingWhereRowsWereLeftOut) {
  std::string copy = sample::text();
  for (const std::string_view gone : {"ix 業者の受け持ち", "vii 保守をする人"}) {
    const auto from = copy.find("☑ " + std::string(gone));
    ASSERT_NE(from, std::string::npos);
    copy.erase(from, copy.find("\n☑", from) + 1 - from);
  }
  const auto found = ids(read(copy));
  EXPECT_EQ(found.size(), 86U);
  EXPECT_EQ(std::count(found.begin(), found.end(), "2.5.1-1.ix"), 0);
  EXPECT_EQ(std::count(found.begin(), found.end(), "2.5.2-1.xii"), 1);
  EXPECT_TRUE(std::none_of(found.begin(), found.end(), [](const auto& id) { return id.starts_with("~"); }));
}

TEST(ChecklistIdentity, FollowsTheWordingAgainstTheNumeral) {
  std::string copy = replaced(sample::text(), "xii 名の通った", "@ 使う人の");
  copy = replaced(copy, "xi 使う人の", "xi 名の通った");
  copy = replaced(copy, "@ 使う人の", "xii 使う人の");  // heads swapped only: still told by the rest
  EXPECT_EQ(ids(read(copy)), ids(original()));
  const auto numbered =
      replaced(replaced(replaced(sample::text(), "\nxi 使", "\n@ 使"), "\nxii 名", "\nxi 名"), "\n@ 使", "\nxii 使");
  const auto checklist = read(numbered);
  EXPECT_EQ(item(checklist, "2.5.2-1.xii").printed, "xi");
  const auto notices = codes(checklist.notices);
  EXPECT_EQ(std::count(notices.begin(), notices.end(), "1 numerals-differ"), 1);
}

TEST(ChecklistIdentity, LeavesAForeignRowUnmatched) {
  const auto checklist =
      read(replaced(sample::text(), "☑ vi パソコンには、",
                    "☑ vi 待合室の植木に毎朝みずをやり、枯れた葉をつむこと。\n\n☑ vii パソコンには、"));
  const auto& row =
      *std::find_if(checklist.items.begin(), checklist.items.end(), [](const auto& it) { return !it.matched; });
  EXPECT_EQ(row.id.text, "~L" + std::to_string(row.line));
  EXPECT_EQ(row.declared, Declared::Ticked);
  EXPECT_EQ(checklist.items.size(), 89U);
  EXPECT_EQ(item(checklist, "2.5.1-1.vi").printed, "vii");
}

TEST(ChecklistIdentity, GivesNoIdTwice) {
  const auto checklist = read(sample::text() + sample::text());
  const auto all = ids(checklist);
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
}

// Faults of documents, each alone. The sample has none, so the one that is made is the one that is told.

TEST(ChecklistFaults, MissingFirstHeading) {
  const auto checklist = read(replaced(sample::text(), "(1) 医師のいる場所\n", "\n"));
  EXPECT_EQ(codes(checklist.diagnostics), (Codes{std::to_string(item(checklist, "2.1.i").line) + " heading-missing"}));
  EXPECT_EQ(ids(checklist), ids(original()));
}

TEST(ChecklistFaults, CapitalNumeral) {
  const auto checklist = read(replaced(sample::text(), "\nx だれが", "\nX だれが"));
  EXPECT_EQ(codes(checklist.diagnostics), (Codes{std::to_string(item(checklist, "2.5.2-1.x").line) + " numeral-case"}));
  EXPECT_EQ(item(checklist, "2.5.2-1.x").printed, "X");
}

TEST(ChecklistFaults, NoneWhereAllNumeralsAreCapitals) {
  std::string copy = sample::single_numerals(sample::text(), original());
  for (char32_t small = 0x2170; small <= 0x217B; ++small)
    if (copy.find(utf8(std::u32string(1, small))) != std::string::npos)
      copy = replaced(copy, utf8(std::u32string(1, small)), utf8(std::u32string(1, small - 0x10)));
  const auto checklist = read(copy);
  EXPECT_EQ(codes(checklist.diagnostics), Codes{});
  EXPECT_EQ(ids(checklist), ids(original()));
}

TEST(ChecklistFaults, NumeralOneTooHighThatStandsTwice) {
  const auto checklist = read(replaced(sample::text(), "☑ xv 歩数計", "☑ xvi 歩数計"));
  const auto& xv = item(checklist, "2.5.1-1.xv");
  EXPECT_EQ(codes(checklist.diagnostics), (Codes{std::to_string(xv.line) + " numeral-jump"}));
  EXPECT_EQ(xv.printed, "xvi");
  EXPECT_EQ(ids(checklist), ids(original()));
}

TEST(ChecklistFaults, NumeralRepeated) {
  const auto checklist = read(replaced(sample::text(), "☑ xvi カルテに", "☑ xv カルテに"));
  EXPECT_EQ(codes(checklist.diagnostics),
            (Codes{std::to_string(item(checklist, "2.5.1-1.xvi").line) + " numeral-repeated"}));
  EXPECT_EQ(ids(checklist), ids(original()));
}

TEST(ChecklistFaults, ARepeatedNumeralIsToldOnceThoughOthersCountOnFromIt) {
  std::string copy = replaced(sample::text(), "☑ xiv 担当医は", "☑ xiii 担当医は");
  copy = replaced(replaced(copy, "☑ xv 歩数計", "☑ xiv 歩数計"), "☑ xvi カルテに", "☑ xv カルテに");
  const auto checklist = read(copy);
  EXPECT_EQ(codes(checklist.diagnostics),
            (Codes{std::to_string(item(checklist, "2.5.1-1.xiv").line) + " numeral-repeated"}));
  EXPECT_EQ(ids(checklist), ids(original()));
}

TEST(ChecklistFaults, NumeralOutOfOrder) {
  const auto checklist = read(replaced(sample::text(), "☑ iv 端末をつける", "☑ i 端末をつける"));
  EXPECT_EQ(codes(checklist.diagnostics),
            (Codes{std::to_string(item(checklist, "2.5.1-2.iv").line) + " numeral-order"}));
  EXPECT_EQ(ids(checklist), ids(original()));
}

TEST(ChecklistFaults, HeadingThatJumps) {
  const auto checklist = read(replaced(sample::text(), "(2) 患者さんのいる場所\n", "\n"));
  const auto all = codes(checklist.diagnostics);
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const auto& code) { return code.ends_with(" heading-jump"); }));
  EXPECT_EQ(ids(checklist), ids(original())) << "the wording tells the rows apart all the same";
}

TEST(ChecklistFaults, StrayNumeralBeforeAHeading) {
  const auto checklist = read(replaced(sample::text(), "\n1-2) ", "\nxviii 1-2) "));
  ASSERT_EQ(checklist.diagnostics.size(), 1U);
  EXPECT_EQ(checklist.diagnostics[0].code, "stray-numeral");
  EXPECT_EQ(ids(checklist), ids(original()));
}

TEST(ChecklistFaults, HeadingInTheFormOfADeeperOne) {
  const auto checklist = read(replaced(sample::text(), "(2) 見直し", "2) 見直し"));
  ASSERT_EQ(checklist.diagnostics.size(), 1U);
  EXPECT_EQ(checklist.diagnostics[0].code, "heading-form");
  EXPECT_EQ(ids(checklist), ids(original()));
}

TEST(ChecklistFaults, NoDayOrName) {
  const auto checklist = read(replaced(replaced(sample::text(), "確認日：2026年7月15日", ""), "確認者：見本 花子", ""));
  EXPECT_EQ(codes(checklist.diagnostics), (Codes{"1 date-missing", "1 name-missing"}));
  EXPECT_FALSE(checklist.confirmed_on);
}

TEST(ChecklistFaults, ADayThatDoesNotExist) {
  EXPECT_EQ(codes(read(replaced(sample::text(), "7月15日", "2月30日")).diagnostics), (Codes{"5 date-unreadable"}));
}

TEST(ChecklistStamps, AreReadInOtherSpellings) {
  for (const auto* day : {"令和8年7月15日", "令和８年 ７月 １５日", "2026/07/15", "2026-7-15", "2026.07.15"})
    EXPECT_EQ(read(replaced(sample::text(), "2026年7月15日", day)).confirmed_on, Day{2026y / 7 / 15}) << day;
  EXPECT_EQ(read(replaced(sample::text(), "確認者：見本 花子", "確認者 院長　見本")).confirmed_by, "院長 見本");
}

TEST(ChecklistStamps, AreReadFromJoinedLines) {
  const auto checklist = read(replaced(sample::text(), "15日\n\n確認者", "15日　確認者"));
  EXPECT_EQ(checklist.confirmed_on, Day{2026y / 7 / 15});
  EXPECT_EQ(checklist.confirmed_by, "見本 花子");
}

TEST(ChecklistNotices, TwoKindsOfTickAndAnOldBasis) {
  std::string copy = replaced(sample::text(), "☑ iv 端末を", "✔ iv 端末を");
  copy = replaced(copy, "指針（令和8年）に沿って", "指針（平成30年3月）に沿って");
  const auto checklist = read(copy);
  const auto all = codes(checklist.notices);
  EXPECT_EQ(std::count(all.begin(), all.end(), std::to_string(item(checklist, "2.5.1-2.iv").line) + " tick-glyphs"), 1);
  EXPECT_EQ(std::count(all.begin(), all.end(), "3 basis-older"), 1);
}

TEST(ChecklistDeclarations, NotApplicableInItsManyForms) {
  for (const auto* form : {"☑ 該当なし iii 老人", "□ ☑該当なし iii 老人", "【該当なし】iii 老人", "☐ 該当なし iii 老人",
                           "☑ iii （該当なし）老人"})
    EXPECT_EQ(item(read(replaced(sample::text(), "- ☑ iii 老人", form)), "2.2.iii").declared, Declared::NotApplicable)
        << form;
  EXPECT_EQ(
      item(read(replaced(sample::text(), "診療所として届け出る。", "診療所として届け出る。（該当なし）")), "2.2.iii")
          .declared,
      Declared::NotApplicable);
  EXPECT_EQ(
      item(read(replaced(sample::text(), "診療所として届け出る。", "診療所として届け出る。\n→ 該当なし")), "2.2.iii")
          .declared,
      Declared::NotApplicable);
  EXPECT_EQ(item(read(replaced(sample::text(), "- ☑ iii 老人", "☑ □該当なし iii 老人")), "2.2.iii").declared,
            Declared::Ticked);
}

TEST(ChecklistErrors, SayWhatIsWrong) {
  EXPECT_EQ(error_of(""), "x.txt: empty");
  EXPECT_EQ(error_of(" \r\n"), "x.txt: empty");
  EXPECT_NE(error_of(std::string("\x7F"
                                 "ELF\0\1",
                                 6))
                .find("binary"),
            std::string::npos);
  EXPECT_NE(error_of("\x83I\x83\x93\x83\x89\x83"
                     "C\x83\x93")
                .find("not UTF-8"),
            std::string::npos);
  EXPECT_NE(error_of("\xFF\xFEi\x20").find("UTF-16"), std::string::npos);
  EXPECT_NE(error_of("%PDF-1.7\n").find("PDF"), std::string::npos);
  EXPECT_NE(error_of(std::string((4U << 20) + 1, 'a')).find("4 MiB"), std::string::npos);
  EXPECT_NE(
      error_of("1. 買い物\n\n(1) 野菜\n\n☑ i 人参を三本買い、葉は切り落としてもらう。\n").find("recognised no item"),
      std::string::npos);
}

TEST(ChecklistErrors, AreBoundedForHostileText) {
  std::string rows = "1. a\n(1) b\n", nested = rows + "i c\n";
  for (int i = 0; i < 19000; ++i) rows += "☑ i a\n", nested += "i d\n";
  EXPECT_NE(error_of(rows).find("rows"), std::string::npos);
  EXPECT_NE(error_of(nested).find("recognised no item"), std::string::npos);
  EXPECT_NE(error_of(std::string(100000, '\n') + "a\n").find("recognised no item"), std::string::npos);
  std::string many;
  for (int i = 0; i < 20001; ++i) many += "a\n";
  EXPECT_NE(error_of(many).find("lines"), std::string::npos);
}

TEST(ChecklistFingerprints, OfTheSampleAreThoseOfItsEdition) {
  const auto made = fingerprints_of(sample::text(), "checklist.txt");
  ASSERT_TRUE(made) << made.error().detail;
  for (const auto& known : sample::edition("sample-1").items)
    EXPECT_EQ(made->find("\"" + known.id.text + "\": \"" + to_key(known.fingerprint) + "\"") == std::string::npos,
              known.optional)
        << known.id.text;
  EXPECT_FALSE(fingerprints_of("nothing here", "x.txt"));
}

}  // namespace
}  // namespace kenshin
