// Weak public keys, made weak on purpose, beside sound ones.
#include "probes/certificate/keys.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <algorithm>

#include "probes/certificate/read.h"
#include "probes/certificate/uses.h"
#include "tests/lab/pki.h"

namespace kenshin {
namespace {

using Words = std::vector<std::string>;

OwnedBignum random_bits(int bits) {
  OwnedBignum out(BN_new());
  BN_rand(out.get(), bits, BN_RAND_TOP_TWO, BN_RAND_BOTTOM_ODD);
  return out;
}

OwnedBignum prime(int bits) {
  OwnedBignum out(BN_new());
  BN_generate_prime_ex(out.get(), bits, 0, nullptr, nullptr, nullptr);
  return out;
}

OwnedBignum product(const BIGNUM* a, const BIGNUM* b) {
  const Owned<BN_CTX, BN_CTX_free> context(BN_CTX_new());
  OwnedBignum out(BN_new());
  BN_mul(out.get(), a, b, context.get());
  return out;
}

OwnedKey rsa_key(const BIGNUM* modulus, unsigned long exponent) {
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> build(OSSL_PARAM_BLD_new());
  const OwnedBignum e(BN_new());
  BN_set_word(e.get(), exponent);
  OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, modulus);
  OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(build.get()));
  const OwnedKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* out = nullptr;
  EVP_PKEY_fromdata_init(context.get());
  EVP_PKEY_fromdata(context.get(), &out, EVP_PKEY_PUBLIC_KEY, parameters.get());
  return OwnedKey(out);
}

bool says(const EVP_PKEY& key, std::string_view word) {
  const auto problems = key_problems(key, shipped_weak_keys());
  return std::find(problems.begin(), problems.end(), word) != problems.end();
}

TEST(WeakKeys, ASoundKeyLacksOnlyTheListThatIsNotShipped) {
  EXPECT_EQ(key_problems(*lab::made_key(lab::KeyKind::Rsa2048), shipped_weak_keys()), Words{"unknown:debian_weak"});
  EXPECT_EQ(key_problems(*lab::made_key(lab::KeyKind::RsaPss2048), shipped_weak_keys()), Words{"unknown:debian_weak"});
  EXPECT_EQ(key_problems(*lab::made_key(lab::KeyKind::EcP256), shipped_weak_keys()), Words{});
  EXPECT_EQ(key_problems(*lab::made_key(lab::KeyKind::Ed25519), shipped_weak_keys()), Words{});
}

// A modulus of the flawed generator: both primes are powers of 65537 modulo the product of the first primes, so their
// product is one as well. Only that property is made here.
TEST(WeakKeys, ModuliOfTheFlawedGeneratorAreFound) {
  const Owned<BN_CTX, BN_CTX_free> context(BN_CTX_new());
  const OwnedBignum primorial(BN_new()), power(BN_new()), generator(BN_new()), exponent(BN_new());
  BN_set_word(primorial.get(), 1);
  for (unsigned n = 2; n <= 167; ++n) {
    bool is_prime = true;
    for (unsigned d = 2; d * d <= n; ++d) is_prime = is_prime && n % d != 0;
    if (is_prime) BN_mul_word(primorial.get(), n);
  }
  BN_set_word(generator.get(), 65537);
  for (const unsigned e : {1U, 77U, 123456789U}) {
    BN_set_word(exponent.get(), e);
    BN_mod_exp(power.get(), generator.get(), exponent.get(), primorial.get(), context.get());
    OwnedBignum modulus = product(random_bits(2048 - BN_num_bits(primorial.get())).get(), primorial.get());
    BN_add(modulus.get(), modulus.get(), power.get());
    EXPECT_TRUE(looks_like_roca(modulus.get()));
    BN_add_word(modulus.get(), 2);
    EXPECT_FALSE(looks_like_roca(modulus.get()));
  }
  for (int i = 0; i < 200; ++i) EXPECT_FALSE(looks_like_roca(random_bits(2048).get()));
}

TEST(WeakKeys, ClosePrimesAreFound) {
  const OwnedBignum p = prime(512), q(BN_dup(p.get()));
  const Owned<BN_CTX, BN_CTX_free> context(BN_CTX_new());
  do BN_add_word(q.get(), 2);
  while (BN_check_prime(q.get(), context.get(), nullptr) != 1);
  EXPECT_TRUE(has_close_primes(product(p.get(), q.get()).get()));
  EXPECT_TRUE(has_close_primes(product(p.get(), p.get()).get()));
  EXPECT_FALSE(has_close_primes(product(p.get(), prime(512).get()).get()));
}

TEST(WeakKeys, SmallFactorsOddExponentsAndOddLengthsAreNamed) {
  const OwnedBignum p = prime(1024), q = prime(1024);
  const OwnedBignum sound = product(p.get(), q.get());
  EXPECT_FALSE(has_small_factor(sound.get()));
  const OwnedBignum small(BN_dup(p.get()));
  BN_mul_word(small.get(), 65521);
  EXPECT_TRUE(has_small_factor(small.get()));
  EXPECT_TRUE(says(*rsa_key(sound.get(), 1), "exponent_1"));
  EXPECT_TRUE(says(*rsa_key(sound.get(), 3), "exponent_3"));
  EXPECT_FALSE(says(*rsa_key(sound.get(), 65537), "exponent_3"));
  const OwnedBignum longer = product(sound.get(), prime(13).get());
  EXPECT_EQ(says(*rsa_key(longer.get(), 65537), "modulus_not_8"), BN_num_bits(longer.get()) % 8 != 0);
  EXPECT_TRUE(says(*rsa_key(product(prime(1000).get(), prime(1043).get()).get(), 65537), "modulus_not_8"));
}

TEST(WeakKeys, AListThatIsGivenIsAsked) {
  const OwnedKey key = lab::made_key(lab::KeyKind::Rsa2048), other = lab::made_key(lab::KeyKind::Rsa2048);
  const Buffer bytes = rsa_modulus(*key);
  const OwnedBignum modulus(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  const std::string text =
      R"({"edition": "1", "as_of": "2026-11-22", "source": "a test", "mark": "policy", "digests": [")" +
      weak_key_digest(modulus.get()) + R"("]})";
  const auto list = load_weak_keys(text, "weak.json");
  ASSERT_TRUE(list) << list.error().detail;
  EXPECT_EQ(key_problems(*key, *list), Words{"debian_weak"});
  EXPECT_EQ(key_problems(*other, *list), Words{});
  EXPECT_FALSE(load_weak_keys(R"({"edition": "1", "as_of": "2026-11-22", "source": "", "mark": "", "digests": ["AB"]})",
                              "weak.json"));
}

TEST(CertificateUses, AreReadAsTheyStand) {
  const Instant now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22};
  const auto root = lab::issue(lab::authority_wish(now, "Root"), nullptr);
  auto wish = lab::server_wish(now);
  wish.extended_key_usage = "serverAuth,clientAuth,1.2.3.4";
  wish.key_usage = "digitalSignature,decipherOnly,keyAgreement";
  wish.more = {{"authorityInfoAccess", "OCSP;URI:http://ocsp.example.jp/,caIssuers;URI:http://ca.example.jp/ca.der"},
               {"crlDistributionPoints", "URI:http://crl.example.jp/a.crl"},
               {"tlsfeature", "status_request"}};
  const auto leaf = lab::issue(wish, &root);
  const auto read = read_certificate(*leaf.certificate);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->extended_key_usage, (Words{"serverAuth", "clientAuth", "1.2.3.4"}));
  EXPECT_EQ(read->key_usage, (Words{"digitalSignature", "keyAgreement", "decipherOnly"}));
  EXPECT_EQ(read->ocsp_urls, Words{"http://ocsp.example.jp/"});
  EXPECT_EQ(read->ca_issuers_urls, Words{"http://ca.example.jp/ca.der"});
  EXPECT_EQ(read->crl_urls, Words{"http://crl.example.jp/a.crl"});
  EXPECT_TRUE(read->must_staple);
  EXPECT_EQ(read->spki_sha256.size(), 64U);
  const auto plain = lab::issue(lab::server_wish(now), &root);
  EXPECT_FALSE(read_certificate(*plain.certificate)->must_staple);
  EXPECT_EQ(read_certificate(*plain.certificate)->extended_key_usage, Words{});
}

}  // namespace
}  // namespace kenshin
