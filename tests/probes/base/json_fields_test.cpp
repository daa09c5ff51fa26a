#include "probes/base/json_fields.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace json_fields_test {

struct Inner {
  int count = 0;
  std::optional<Day> day;
};
template <class V>
void fields(V& v, Inner& it) {
  v("count", it.count);
  v("day", it.day);
}
struct Outer {
  std::string name;
  std::vector<Inner> inner;
  bool spare = true;
};
template <class V>
void fields(V& v, Outer& it) {
  v("name", it.name);
  v("inner", it.inner);
  v.may("spare", it.spare);
}

std::string trouble(std::string_view text) {
  const auto read = from_json_text<Outer>(text, "file.json");
  return read ? "" : read.error().detail;
}

TEST(JsonFields, ReadsWhatItWrites) {
  const auto read = from_json_text<Outer>(
      R"({"name": "x", "inner": [{"count": 3, "day": "2026-11-22"}, {"count": 4, "day": null}]})", "file.json");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(json_of(*read).dump(),
            R"({"name":"x","inner":[{"count":3,"day":"2026-11-22"},{"count":4,"day":null}],"spare":true})");
}

TEST(JsonFields, NamesFileLineAndKeyOfAnUnknownKey) {
  EXPECT_EQ(trouble("{\"name\": \"x\",\n \"inner\": [],\n \"spar\": true}"),
            "file.json:3: /spar: unknown key \"spar\"; did you mean \"spare\"?");
}

TEST(JsonFields, NamesTheLineOfAValueDeepInside) {
  EXPECT_EQ(
      trouble("{\"name\": \"x\",\n \"inner\": [{\"count\": 1, \"day\": null},\n {\"count\": \"}\", \"day\": null}]}"),
      "file.json:3: /inner/1/count: expected a whole number");
}

TEST(JsonFields, RefusesMissingKeysWrongTypesAndRanges) {
  EXPECT_EQ(trouble(R"({"name": "x"})"), "file.json:1: missing key \"inner\"");
  EXPECT_NE(trouble(R"({"name": 1, "inner": []})").find("expected a string"), std::string::npos);
  EXPECT_NE(trouble(R"({"name": "x", "inner": [{"count": 99999999999, "day": null}]})").find("out of range"),
            std::string::npos);
  EXPECT_NE(trouble(R"({"name": "x", "inner": [{"count": 1, "day": "2026-02-30"}]})").find("not a known value"),
            std::string::npos);
}

TEST(JsonFields, RefusesDuplicateKeysDepthAndWhatIsNotJson) {
  EXPECT_NE(
      trouble("{\"name\": \"x\",\n\"name\": \"y\", \"inner\": []}").find("file.json:2: the key \"name\" stands twice"),
      std::string::npos);
  EXPECT_NE(trouble(std::string(100, '[') + std::string(100, ']')).find("nested deeper"), std::string::npos);
  EXPECT_NE(trouble("{\n\n nope").find("file.json:3: not JSON"), std::string::npos);
  EXPECT_NE(trouble("").find("not JSON"), std::string::npos);
}

}  // namespace json_fields_test
}  // namespace kenshin
