#include "reports/checklist/catalogue.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/reports/checklist/sample.h"

namespace kenshin {
namespace {

using sample::edition;

const std::string good = R"({
  "edition": "x", "title": {"ja": "え", "en": "x"}, "valid_from": "2026-04-01", "as_of": "2026-06-01", "source": "s",
  "items": [
    {"id": "1.1.i", "answered_by": "person", "charge": "clinic", "title": {"ja": "あ", "en": "a"}},
    {"id": "1.1.ii", "answered_by": "machine", "charge": "vendor", "title": {"ja": "い", "en": "b"},
     "condition": "several_patients", "rolls_up": ["1.1.*"], "fingerprint": "0001ffff"}
  ]
})";

std::string error_of(const std::string& text) {
  const auto read = load_catalogue(text, "x.json");
  return read ? "none" : read.error().detail;
}

TEST(Catalogue, ReadsAnEdition) {
  const auto read = load_catalogue(good, "x.json");
  ASSERT_TRUE(read) << read.error().detail;
  ASSERT_EQ(read->items.size(), 2U);
  EXPECT_EQ(read->items[1].answered_by, AnsweredBy::Machine);
  EXPECT_EQ(read->items[1].charge, Charge::Vendor);
  EXPECT_EQ(read->items[1].fingerprint.hashes, (std::vector<std::uint16_t>{1, 0xFFFF}));
  EXPECT_EQ(read->find(ItemId{"1.1.ii"}), &read->items[1]);
  EXPECT_EQ(read->find(ItemId{"1.1.iii"}), nullptr);
}

TEST(Catalogue, RefusesAnUnknownKeyWithItsLine) {
  EXPECT_NE(error_of(sample::replaced(good, "\"condition\"", "\"conditon\"")).find("x.json:6"), std::string::npos);
}
TEST(Catalogue, RefusesAMissingKey) {
  EXPECT_NE(error_of(sample::replaced(good, "\"charge\": \"clinic\", ", "")), "none");
}
TEST(Catalogue, RefusesAnIdThatStandsTwice) { EXPECT_NE(error_of(sample::replaced(good, "1.1.ii", "1.1.i")), "none"); }
TEST(Catalogue, RefusesAnUnknownCondition) {
  EXPECT_NE(error_of(sample::replaced(good, "several_patients", "rainy")), "none");
}
TEST(Catalogue, RefusesARollUpOverNothing) { EXPECT_NE(error_of(sample::replaced(good, "1.1.*", "1.2.*")), "none"); }
TEST(Catalogue, RefusesABrokenFingerprint) {
  EXPECT_NE(error_of(sample::replaced(good, "0001ffff", "ffff0001")), "none");
}

TEST(Editions, AgreeInIdsClassesAndConditions) {
  const auto& ministry = edition("mhlw-2026").items;
  const auto& ours = edition("sample-1").items;
  ASSERT_EQ(ministry.size(), ours.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    EXPECT_EQ(ministry[i].id, ours[i].id);
    EXPECT_EQ(ministry[i].answered_by, ours[i].answered_by) << ours[i].id.text;
    EXPECT_EQ(ministry[i].condition, ours[i].condition) << ours[i].id.text;
    EXPECT_EQ(ministry[i].criteria, ours[i].criteria) << ours[i].id.text;
    EXPECT_EQ(ministry[i].rolls_up, ours[i].rolls_up) << ours[i].id.text;
  }
}

TEST(Editions, Hold88RowsWithWordingAndTheRecommendedOnesWithout) {
  for (const auto& catalogue : sample::catalogues()) {
    int worded = 0, section_two = 0;
    for (const auto& item : catalogue.items) {
      EXPECT_EQ(item.fingerprint.empty(), item.optional) << item.id.text;
      worded += item.fingerprint.empty() ? 0 : 1;
      section_two += !item.optional && item.id.text.starts_with("2.") ? 1 : 0;
    }
    EXPECT_EQ(worded, 88) << catalogue.edition;
    EXPECT_EQ(section_two, 57) << catalogue.edition;
  }
}

TEST(Editions, LetAMachineAloneDecideOneItem) {
  for (const auto& item : edition("mhlw-2026").items)
    EXPECT_EQ(item.answered_by == AnsweredBy::Machine, item.id.text == "2.5.2-1.xii") << item.id.text;
}

// Of two sketches, as far as both go.
double likeness_of_sketches(Fingerprint one, const Fingerprint& other) {
  if (one.empty() || other.empty()) return 0;
  std::erase_if(one.hashes, [&](auto h) { return h > other.hashes.back(); });
  PairHashes rest{other.hashes};
  if (!one.empty()) std::erase_if(rest.hashes, [&](auto h) { return h > one.hashes.back(); });
  return likeness(one, rest);
}

// Below the likeness that identifies a row against its numeral.
TEST(Editions, NoTwoWordingsAreTooAlike) {
  for (const auto& catalogue : sample::catalogues())
    for (const auto& one : catalogue.items)
      for (const auto& other : catalogue.items)
        EXPECT_TRUE(&one == &other || likeness_of_sketches(one.fingerprint, other.fingerprint) < 0.45)
            << catalogue.edition << " " << one.id.text << " " << other.id.text;
}

// The gaps, stated: items a machine is to answer or to give evidence for, that no criterion answers yet.
TEST(Editions, ItemsThatWaitForACriterion) {
  std::set<std::string> waiting;
  for (const auto& item : edition("mhlw-2026").items)
    if (item.answered_by != AnsweredBy::Person && item.criteria.empty() && item.rolls_up.empty())
      waiting.insert(item.id.text);
  EXPECT_EQ(waiting, (std::set<std::string>{"1.2.vi", "2.1.i", "2.1.vi", "2.5.1-1.viii", "2.5.2-1.ix", "2.5.2-1.xi",
                                            "2.5.2-1.xiii"}));
}

}  // namespace
}  // namespace kenshin
