#include "reports/checklist/fingerprint.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

constexpr const char* sentence =
    "往診のかばんには、聴診器と体温計、それに予備の電池を入れておき、毎週月曜に中身を確かめる。";

TEST(Fingerprint, OfTheSameTextIsAlikeWhole) {
  EXPECT_DOUBLE_EQ(likeness(fingerprint_of(pair_hashes(sentence)), pair_hashes(sentence)), 1.0);
}

TEST(Fingerprint, DoesNotSeeSpacesBoxesPunctuationAndWidth) {
  EXPECT_EQ(pair_hashes("☑ ＡＢＣ１２３　カルテ（控え）、を 見る。").hashes, pair_hashes("abc123ｶﾙﾃ控えを見る").hashes);
}

TEST(Fingerprint, StaysAlikeWhenOneCharacterInTenIsReplaced) {
  const double like = likeness(
      fingerprint_of(pair_hashes(sentence)),
      pair_hashes("往診の空ばんには、聴診器と体川計、それに予備の電山を入れておき、毎花月曜に中身を確かめる。"));
  EXPECT_GT(like, 0.35);
  EXPECT_LT(like, 1.0);
}

TEST(Fingerprint, OfAnotherTextIsNotAlike) {
  EXPECT_LT(likeness(fingerprint_of(pair_hashes(sentence)),
                     pair_hashes("待合室の椅子は、座るところを毎日ふき、破れがあれば布を張りかえる。")),
            0.1);
}

TEST(Fingerprint, OfNothingIsLikeNothing) {
  EXPECT_EQ(likeness(Fingerprint{}, pair_hashes(sentence)), 0);
  EXPECT_EQ(likeness(fingerprint_of(pair_hashes(sentence)), pair_hashes("")), 0);
}

TEST(Fingerprint, LeavesOutAThirdOfThePairsOrMore) {
  const auto all = pair_hashes(sentence);
  EXPECT_LE(fingerprint_of(all).hashes.size(), all.hashes.size() * 2 / 3);
  EXPECT_LE(fingerprint_of(all).hashes.size(), 64U);
}

TEST(Fingerprint, IsWrittenAndReadAsHex) {
  const auto fingerprint = fingerprint_of(pair_hashes(sentence));
  Fingerprint read;
  ASSERT_TRUE(from_key(to_key(fingerprint), read));
  EXPECT_EQ(read, fingerprint);
}

TEST(Fingerprint, RefusesHexThatIsNoSketch) {
  Fingerprint read;
  EXPECT_FALSE(from_key("00zz", read));
  EXPECT_FALSE(from_key("0001000", read));
  EXPECT_FALSE(from_key("000100", read));
  EXPECT_FALSE(from_key("00020001", read)) << "descending";
  EXPECT_FALSE(from_key("00010001", read)) << "twice";
}

}  // namespace
}  // namespace kenshin
