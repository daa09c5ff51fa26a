// Keys in several places, and moduli that share a prime.
#include "probes/certificate/shared_keys.h"

#include <gtest/gtest.h>

#include <set>

#include "probes/certificate/openssl.h"

namespace kenshin {
namespace {

Target endpoint(int number) { return {TargetKind::Endpoint, "host" + std::to_string(number) + ".example.jp", 443}; }

OwnedBignum prime(int bits = 256) {
  OwnedBignum out(BN_new());
  BN_generate_prime_ex(out.get(), bits, 0, nullptr, nullptr, nullptr);
  return out;
}

Buffer modulus(const OwnedBignum& p, const OwnedBignum& q) {
  const Owned<BN_CTX, BN_CTX_free> context(BN_CTX_new());
  const OwnedBignum n(BN_new());
  BN_mul(n.get(), p.get(), q.get(), context.get());
  Buffer out(static_cast<std::size_t>(BN_num_bytes(n.get())));
  BN_bn2bin(n.get(), out.data());
  return out;
}

IndexedKey key(int number, Buffer n) { return {endpoint(number), "", "spki" + std::to_string(number), std::move(n)}; }

TEST(SharedKeys, OneKeyAtTwoTargetsIsFoundWithoutAnyModulus) {
  IndexedKey a = key(1, {}), b = key(2, {});
  b.spki_sha256 = a.spki_sha256;
  const auto shared = find_shared_keys({a, b, a, key(3, {})});
  ASSERT_EQ(shared.found.size(), 1U);
  EXPECT_EQ(shared.found[0].kind, SharedKeyKind::SameKey);
  EXPECT_EQ(shared.found[0].targets, (std::vector<Target>{endpoint(1), endpoint(2)}));
  EXPECT_TRUE(shared.complete);
}

TEST(SharedKeys, TheSameKeyTwiceAtOneTargetIsNothing) {
  const Buffer n = modulus(prime(), prime());
  EXPECT_TRUE(find_shared_keys({key(1, n), key(1, n)}).found.empty());
  EXPECT_TRUE(find_shared_keys({}).found.empty());
}

TEST(SharedKeys, OneModulusUnderTwoExponentsIsSharedBetweenTwoKeys) {
  const Buffer n = modulus(prime(), prime());
  const auto shared = find_shared_keys({key(1, n), key(2, n)});
  ASSERT_EQ(shared.found.size(), 1U);
  EXPECT_EQ(shared.found[0].kind, SharedKeyKind::CommonPrime);
  EXPECT_EQ(shared.found[0].keys, (std::vector<std::string>{"spki1", "spki2"}));
}

TEST(SharedKeys, EveryBrokenKeyIsToldHoweverManyThereAre) {
  const OwnedBignum p = prime();
  std::vector<IndexedKey> index;
  for (int number = 0; number < 150; ++number) index.push_back(key(number, modulus(p, prime(128))));
  std::set<std::string> told;
  const auto shared = find_shared_keys(index);
  for (const SharedKey& one : shared.found) told.insert(one.keys.begin(), one.keys.end());
  EXPECT_EQ(told.size(), index.size());
  EXPECT_TRUE(shared.complete);
}

// One, two, three ... keys: every shape of the trees.
TEST(SharedKeys, ACommonPrimeIsFoundAmongAnyNumberOfSoundKeys) {
  const OwnedBignum p = prime();
  const Buffer first = modulus(p, prime()), last = modulus(p, prime());
  std::vector<IndexedKey> index{key(100, first)};
  for (int sound = 0; sound < 9; ++sound) {
    auto with_both = index;
    with_both.push_back(key(200, last));
    const auto shared = find_shared_keys(with_both);
    ASSERT_EQ(shared.found.size(), 1U) << sound;
    EXPECT_EQ(shared.found[0].kind, SharedKeyKind::CommonPrime);
    EXPECT_EQ(shared.found[0].keys, (std::vector<std::string>{"spki100", "spki200"}));
    EXPECT_EQ(shared.found[0].targets, (std::vector<Target>{endpoint(100), endpoint(200)}));
    EXPECT_TRUE(find_shared_keys(index).found.empty()) << sound;
    index.push_back(key(sound, modulus(prime(), prime())));
  }
}

TEST(SharedKeys, AKeyWhoseBothPrimesAreElsewhereIsFoundToo) {
  const OwnedBignum p = prime(), q = prime();
  const auto shared =
      find_shared_keys({key(1, modulus(p, q)), key(2, modulus(p, prime())), key(3, modulus(q, prime()))});
  std::vector<std::vector<std::string>> keys;
  for (const auto& one : shared.found) keys.push_back(one.keys);
  EXPECT_EQ(keys, (std::vector<std::vector<std::string>>{
                      {"spki1", "spki2"}, {"spki1", "spki2", "spki3"}, {"spki1", "spki3"}}));
}

TEST(SharedKeys, AModulusBeyondAllMeasureIsLeftOutAndSaid) {
  const auto shared = find_shared_keys({key(1, Buffer(5000, 0xFF)), key(2, modulus(prime(), prime()))});
  EXPECT_FALSE(shared.complete);
  EXPECT_TRUE(shared.found.empty());
}

}  // namespace
}  // namespace kenshin
