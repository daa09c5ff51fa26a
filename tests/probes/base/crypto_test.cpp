// SHA-256 as FIPS 180-4 defines it, of bytes and of streams.
#include "probes/base/crypto.h"

#include <gtest/gtest.h>

#include <sstream>

namespace kenshin {
namespace {

// NIST's example for a message of one block.
constexpr std::string_view of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256, IsThatOfTheStandard) { EXPECT_EQ(sha256_hex(bytes_of("abc")), of_abc); }

TEST(Sha256, OfAStreamIsThatOfItsBytes) {
  for (const std::size_t size : {0U, 1U, 65'535U, 65'536U, 65'537U, 200'000U}) {
    std::string text(size, 'k');
    if (size > 0) text.back() = '\0';
    std::istringstream in(text);
    const auto seen = sha256(in);
    ASSERT_TRUE(seen) << size;
    EXPECT_EQ(*seen, sha256(bytes_of(text))) << size;
  }
}

TEST(Sha256, OfAStreamBeginsWhereItStands) {
  std::istringstream in("xabc");
  in.get();
  const auto seen = sha256(in);
  ASSERT_TRUE(seen);
  EXPECT_EQ(hex(*seen), of_abc);
}

TEST(Sha256, OfAStreamThatCannotBeReadIsNothing) {
  std::istringstream broken("abc");
  broken.setstate(std::ios::badbit);
  EXPECT_FALSE(sha256(broken));
  std::istringstream failed("abc");
  failed.setstate(std::ios::failbit);
  EXPECT_FALSE(sha256(failed));
}

}  // namespace
}  // namespace kenshin
