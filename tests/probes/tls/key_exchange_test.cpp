// Ephemeral keys: shared primes, safe primes, values that come back.
#include "probes/tls/key_exchange.h"

#include <gtest/gtest.h>

#include "probes/certificate/openssl.h"
#include "probes/tls/code_points.h"

namespace kenshin {
namespace {

constexpr auto dhe_rsa = static_cast<SuiteId>(0x009E), ecdhe_rsa = static_cast<SuiteId>(0xC02F);

// A ServerKeyExchange of TLS 1.2 with DHE parameters and a signature of four bytes.
Buffer dhe_message(Bytes prime, Bytes ys) {
  Writer out;
  const auto number = [&](Bytes bytes) { out.vec16([&](Writer& body) { body.put(bytes); }); };
  number(prime);
  number(Buffer{2});
  number(ys);
  out.u16(0x0804);
  number(Buffer{1, 2, 3, 4});
  return out.take();
}

Buffer prime_named(std::string_view name) {
  for (const auto& known : known_dh_groups())
    if (known.name == name) return *from_hex(known.prime);
  return {};
}

KeyExchangeSeen dhe_seen(Bytes prime, Bytes ys) { return {TlsVersion::Tls12, dhe_rsa, {}, dhe_message(prime, ys), {}}; }

// Every row once more by libcrypto's own arithmetic; the long ones would take minutes.
TEST(DhGroups, ThatAreNamedAreWhatTheTableSays) {
  EXPECT_EQ(known_dh_groups().size(), 16U);
  for (const auto& known : known_dh_groups()) {
    const Buffer prime = *from_hex(known.prime);
    const OwnedBignum p(BN_bin2bn(prime.data(), static_cast<int>(prime.size()), nullptr)), half(BN_new());
    BN_rshift1(half.get(), p.get());
    if (prime.size() > 256) continue;
    EXPECT_EQ(BN_check_prime(p.get(), nullptr, nullptr), 1) << known.name;
    EXPECT_EQ(BN_check_prime(half.get(), nullptr, nullptr), known.safe_prime ? 1 : 0) << known.name;
  }
}

TEST(DhGroups, AreRecognisedWithALeadingZero) {
  Buffer prime = prime_named("RFC 3526 group 14");
  prime.insert(prime.begin(), 0);
  const auto group = dh_group(prime, Buffer{2});
  EXPECT_EQ(group.known_as, "RFC 3526 group 14");
  EXPECT_EQ(group.bits, 2048);
  EXPECT_EQ(group.safe_prime, Answer::Yes);
  EXPECT_EQ(group.generator, "02");
}

TEST(DhGroups, OfOnesOwnAreTested) {
  EXPECT_EQ(dh_group(Buffer{23}, Buffer{2}).safe_prime, Answer::Yes);  // 23 = 2 * 11 + 1
  EXPECT_EQ(dh_group(Buffer{13}, Buffer{2}).safe_prime, Answer::No);   // 13 = 2 * 6 + 1
  EXPECT_EQ(dh_group(Buffer{33}, Buffer{2}).safe_prime, Answer::No);
  EXPECT_EQ(dh_group(Buffer{}, Buffer{2}).safe_prime, Answer::No);
  EXPECT_EQ(dh_group(Buffer(1024, std::uint8_t{0xFF}), Buffer{2}).safe_prime, Answer::Unknown);  // too long to test
}

TEST(KeyExchange, TellsReuseOfDhValues) {
  const Buffer prime = prime_named("ffdhe2048");
  const Buffer one(256, std::uint8_t{5}), other(256, std::uint8_t{6});
  const auto reused = key_exchange_seen({dhe_seen(prime, one), dhe_seen(prime, other), dhe_seen(prime, one)}, "");
  EXPECT_EQ(reused.dh_value_reused.accepted, Answer::Yes);
  EXPECT_EQ(reused.dh_value_reused.because, "same value in 2 connections");
  ASSERT_EQ(reused.dh_groups.size(), 1U);
  EXPECT_EQ(reused.dh_groups.front().versions, std::vector<TlsVersion>{TlsVersion::Tls12});
  EXPECT_EQ(key_exchange_seen({dhe_seen(prime, one), dhe_seen(prime, other)}, "").dh_value_reused.accepted, Answer::No);
  EXPECT_EQ(key_exchange_seen({dhe_seen(prime, one)}, "").dh_value_reused.accepted, Answer::Unknown);
  EXPECT_EQ(key_exchange_seen({}, "").dh_value_reused.accepted, Answer::NotApplicable);
  EXPECT_EQ(key_exchange_seen({}, "reset").dh_value_reused.accepted, Answer::Unknown);
}

TEST(KeyExchange, TellsReuseOfPointsOverVersions) {
  const auto x25519 = *group_named("x25519");
  const Buffer point(32, std::uint8_t{9});
  Writer message;
  message.u8(3);
  message.u16(static_cast<std::uint16_t>(x25519));
  message.vec8([&](Writer& out) { out.put(point); });
  message.u16(0x0804);
  message.vec16([](Writer& out) { out.put(Buffer{1, 2}); });
  const KeyExchangeSeen tls12{TlsVersion::Tls12, ecdhe_rsa, {}, message.take(), {}};
  const KeyExchangeSeen tls13{TlsVersion::Tls13, static_cast<SuiteId>(0x1301), x25519, {}, point};
  EXPECT_EQ(key_exchange_seen({tls12, tls13}, "").ecdh_value_reused.accepted, Answer::Yes);
  EXPECT_EQ(key_exchange_seen({tls13}, "").ecdh_value_reused.accepted, Answer::Unknown);
}

TEST(KeyExchange, OfAnIncompleteListSaysWhy) {
  const auto seen = key_exchange_seen({}, "timeout, no control");
  EXPECT_FALSE(seen.complete);
  EXPECT_EQ(seen.because, "timeout, no control");
}

}  // namespace
}  // namespace kenshin
