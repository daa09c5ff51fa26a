#include "probes/base/bytes.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

TEST(Reader, ReadsNestedVectorsLikeTheStruct) {
  const Buffer wire = {0x00, 0x04, 0x02, 0xAA, 0xBB, 0x01, 0x7F};
  Reader reader(wire);
  Reader outer = reader.vec16();
  Reader inner = outer.vec8();
  EXPECT_EQ(inner.u16(), 0xAABB);
  EXPECT_EQ(outer.u8(), 0x01);
  EXPECT_EQ(reader.u8(), 0x7F);
  EXPECT_TRUE(reader.finish(true).has_value());
}

TEST(Reader, FailsTheRootWhenAChildRunsShort) {
  const Buffer wire = {0x02, 0xAA, 0xBB, 0x01};
  Reader reader(wire);
  Reader child = reader.vec8();
  EXPECT_EQ(child.u24(), 0U);
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.u8(), 0);
  EXPECT_EQ(reader.finish(1).error().kind, Error::Kind::Malformed);
}

TEST(Reader, FailsOnALengthBeyondTheEnd) {
  const Buffer wire = {0xFF, 0xFF, 0x00};
  Reader reader(wire);
  EXPECT_TRUE(reader.vec16().done());
  EXPECT_FALSE(reader.finish(1));
}

TEST(Reader, FailsOnBytesLeftOver) {
  const Buffer wire = {0x01, 0x02};
  Reader reader(wire);
  reader.u8();
  const auto result = reader.finish(1);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().detail, "1 bytes left over");
}

TEST(Writer, PatchesLengthsOfNestedBodies) {
  Writer writer;
  writer.vec24([](Writer& w) {
    w.u8(1);
    w.vec8([](Writer& v) { v.put("ab"); });
  });
  EXPECT_EQ(hex(writer.view()), "00000401026162");
}

TEST(Writer, RefusesABodyTooLongForItsLength) {
  Writer writer;
  EXPECT_THROW(writer.vec8([](Writer& w) { w.put(Buffer(256)); }), std::length_error);
}

// RFC 4648 section 10.
TEST(Base64, AgreesWithTheVectorsOfTheRfc) {
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    EXPECT_EQ(base64(bytes_of(plain)), encoded);
    const auto back = from_base64(encoded);
    ASSERT_TRUE(back);
    EXPECT_EQ(text_of(*back), plain);
  }
}

TEST(Base64, RefusesWhiteSpaceBadDigitsAndWrongPadding) {
  for (const auto bad : {"Zg=", "Zg= =", "Z g=", "Zg==Zg==", "Z===", "Zm9\xC3"}) EXPECT_FALSE(from_base64(bad)) << bad;
}

TEST(Hex, ReadsBothCasesAndRefusesTheRest) {
  EXPECT_EQ(*from_hex("0aFf"), (Buffer{0x0A, 0xFF}));
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0g"));
}

}  // namespace
}  // namespace kenshin
