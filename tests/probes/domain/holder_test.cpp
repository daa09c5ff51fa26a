#include "probes/domain/holder.h"

#include <gtest/gtest.h>

#include "probes/base/crypto.h"

namespace kenshin {
namespace {

Session salted() {
  Session out;
  out.holder_salt = "00ff";
  return out;
}

HolderCompared compared(std::string_view expected, const std::vector<std::string>& shown) {
  return compare_holder(expected, holder_marks(shown, salted()));
}

TEST(Holder, IsComparedWithoutWidthCaseBlanksAndLegalForms) {
  for (const auto& [one, other] : {std::pair{"株式会社例", "例"},
                                   {"例株式会社", "㈱ 例"},
                                   {"医療法人社団　例の会", "医療法人社団例の会"},
                                   {"医療法人 例", "例"},
                                   {"一般社団法人例", "例"},
                                   {"（株）例", "例"},
                                   {"ＥＸＡＭＰＬＥ　Ｃｌｉｎｉｃ", "Example Clinic"},
                                   {"Example Clinic, Inc.", "example clinic"},
                                   {"EXAMPLE MEDICAL CO., LTD.", "Example Medical"},
                                   {"Example K.K.", "Example"},
                                   {"ｸﾘﾆｯｸ", "クリニック"}})
    EXPECT_EQ(normalised_holder(one), normalised_holder(other)) << one;
  EXPECT_NE(normalised_holder("例クリニック"), normalised_holder("例医院"));
  EXPECT_EQ(normalised_holder("Co."), "co");
  EXPECT_EQ(normalised_holder("株式会社"), "株式会社");
  EXPECT_EQ(normalised_holder(" \t"), "");
}

TEST(Holder, IsTheSameWhereOneOfTheNamesIs) {
  EXPECT_EQ(compared("例クリニック", {"Rei Clinic", "医療法人 例クリニック"}), HolderCompared::Same);
  EXPECT_EQ(compared("Rei Clinic", {"Rei Clinic", "医療法人 例クリニック"}), HolderCompared::Same);
}

TEST(Holder, IsAnotherOnlyByANameInTheSameScript) {
  EXPECT_EQ(compared("例クリニック", {"制作会社"}), HolderCompared::Other);
  EXPECT_EQ(compared("例クリニック", {"Web Agency, Inc."}), HolderCompared::Unknown);
  EXPECT_EQ(compared("Rei Clinic", {"制作会社"}), HolderCompared::Unknown);
  EXPECT_EQ(compared("例クリニック", {}), HolderCompared::Unknown);
  EXPECT_EQ(compared("", {"制作会社"}), HolderCompared::Unknown);
}

TEST(Holder, IsKeptAsASaltedHashAlone) {
  const auto marks = holder_marks({"", "例"}, salted());
  ASSERT_EQ(marks.size(), 1U);
  const std::string salted_name = std::string("\x00\xff", 2) + "例";
  EXPECT_EQ(marks[0].hash, "00ff:" + sha256_hex(bytes_of(salted_name)));
  Session by_chance;
  const auto one = holder_marks({"例"}, by_chance), again = holder_marks({"例"}, by_chance);
  EXPECT_EQ(one, again);
  EXPECT_NE(one[0].hash, marks[0].hash);
  EXPECT_GT(one[0].hash.find(':'), 30U);
}

TEST(Holder, OfARecordIsTheOneInJapanese) {
  Registration record;
  const auto marks = holder_marks({"Rei Clinic", "例クリニック"}, salted());
  set_holder(record, "例クリニック", marks);
  EXPECT_EQ(record.holder_compared, HolderCompared::Same);
  EXPECT_EQ(record.holder_hash, marks[1].hash);
  Registration without;
  set_holder(without, "例クリニック", {});
  EXPECT_EQ(without, Registration{});
}

}  // namespace
}  // namespace kenshin
