#include "probes/domain/archive_search.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

std::string answer(const std::string& rows) { return R"([["timestamp","statuscode","digest"])" + rows + "]"; }

TEST(WebArchive, AsksForTimesStatusAndDigestOfTheFirstPage) {
  EXPECT_EQ(archive_question("https://a.example/", "old.example.jp"),
            "https://a.example/cdx/search/cdx?url=old.example.jp&output=json&fl=timestamp,statuscode,digest"
            "&collapse=digest");
}

TEST(WebArchive, TellsFirstAndLastAndWhatWasThere) {
  const auto seen = parse_archive(
      answer(R"(,["20230401120000","301","BBBB"],["20190102030405","200","AAAA"],["20240101000000","-","AAAA"])"));
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(to_text(*seen->first), "2019-01-02T03:04:05Z");
  EXPECT_EQ(to_text(*seen->last), "2024-01-01T00:00:00Z");
  ASSERT_EQ(seen->pages.size(), 3U);
  EXPECT_EQ(seen->pages[0], (ArchivedPage{*parse_instant("2019-01-02T03:04:05Z"), 200, "AAAA"}));
  EXPECT_EQ(seen->pages[2].status, 0);
  EXPECT_FALSE(seen->is_cut);
}

TEST(WebArchive, WithNothingArchivedIsNoFailure) {
  for (const auto& nothing : {std::string("[]"), answer("")}) {
    const auto seen = parse_archive(nothing);
    ASSERT_TRUE(seen);
    EXPECT_FALSE(seen->first);
  }
}

TEST(WebArchive, TakesHalfAnAnswerForNone) {
  const std::string whole = answer(R"(,["20190102030405","200","AAAA"])");
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(parse_archive(whole.substr(0, size))) << size;
  for (const char* odd : {"{}", "[[]]", "[7]", R"([["timestamp","digest","statuscode"]])", "<html></html>"})
    EXPECT_FALSE(parse_archive(odd)) << odd;
  for (const char* odd : {"20190102", "20191302030405", "2019010203040x", ""})
    EXPECT_FALSE(parse_archive(answer(R"(,[")" + std::string(odd) + R"(","200","AAAA"])"))) << odd;
  for (const char* odd : {R"("20190102030405","","AAAA")", R"("20190102030405","ok","AAAA")",
                          R"("20190102030405","200","")", R"("20190102030405","200")", R"("20190102030405")"})
    EXPECT_FALSE(parse_archive(answer(",[" + std::string(odd) + "]"))) << odd;
}

TEST(WebArchive, KeepsTheLatestOfMany) {
  std::string rows;
  for (int i = 0; i < 600; ++i)
    rows += R"(,["20)" + std::to_string(10 + i / 60) + "0101" + "00" + (i % 60 < 10 ? "0" : "") +
            std::to_string(i % 60) + R"(00","200","D)" + std::to_string(i) + R"("])";
  const auto seen = parse_archive(answer(rows));
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->is_cut);
  EXPECT_EQ(seen->pages.size(), 500U);
  EXPECT_EQ(to_text(*seen->first), "2010-01-01T00:00:00Z") << "still known";
  EXPECT_EQ(seen->pages.back().digest, "D599");
}

}  // namespace
}  // namespace kenshin
