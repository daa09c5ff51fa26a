#include "probes/certificate/keys.h"

#include <openssl/core_names.h>
#include <openssl/sha.h>

#include <array>
#include <stdexcept>

#include "probes/base/data_files.h"
#include "probes/base/json_fields.h"

namespace kenshin {

namespace {

constexpr std::string_view weak_keys_file = "probes/certificate/weak-keys.json";
constexpr int fermat_rounds = 100;
constexpr unsigned small_primes_below = 65536;

OwnedBignum made(BIGNUM* number) {
  if (number == nullptr) throw std::bad_alloc();
  return OwnedBignum(number);
}

OwnedBignum parameter(const EVP_PKEY& key, const char* name) {
  BIGNUM* out = nullptr;
  EVP_PKEY_get_bn_param(&key, name, &out);
  ERR_clear_error();
  return OwnedBignum(out);
}

std::vector<unsigned> primes_below(unsigned limit) {
  std::vector<bool> composite(limit, false);
  std::vector<unsigned> out;
  for (unsigned n = 2; n < limit; ++n) {
    if (composite[n]) continue;
    out.push_back(n);
    for (std::size_t multiple = std::size_t{n} * n; multiple < limit; multiple += n) composite[multiple] = true;
  }
  return out;
}

// The largest number whose square is at most n: Newton's method from above.
OwnedBignum square_root(const BIGNUM* n, BN_CTX* context) {
  OwnedBignum x = made(BN_new()), next = made(BN_new());
  BN_set_bit(x.get(), (BN_num_bits(n) + 1) / 2);
  for (;;) {
    BN_div(next.get(), nullptr, n, x.get(), context);
    BN_add(next.get(), next.get(), x.get());
    BN_rshift1(next.get(), next.get());
    if (BN_cmp(next.get(), x.get()) >= 0) return x;
    std::swap(x, next);
  }
}

bool is_square(const BIGNUM* n, BN_CTX* context) {
  const BN_ULONG last = BN_mod_word(n, 16);  // squares end in 0, 1, 4 or 9
  if (last != 0 && last != 1 && last != 4 && last != 9) return false;
  const OwnedBignum root = square_root(n, context), square = made(BN_new());
  BN_sqr(square.get(), root.get(), context);
  return BN_cmp(square.get(), n) == 0;
}

}  // namespace

template <class V>
void fields(V& v, WeakKeyList& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("source", f.source);
  v("mark", f.mark);
  std::vector<std::string> digests(f.digests.begin(), f.digests.end());
  v("digests", digests);
  for (const auto& digest : digests)
    if constexpr (requires { v.refuse(""); })
      if (digest.size() != 20 || digest.find_first_not_of("0123456789abcdef") != std::string::npos)
        return v.refuse("a digest is 20 lower-case hex digits");
  f.digests = {digests.begin(), digests.end()};
}

Result<WeakKeyList> load_weak_keys(std::string_view text, std::string_view file_name) {
  auto read = from_json_text<WeakKeyList>(text, file_name);
  if (read && !read->digests.empty() && !read->as_of)
    return Error{Error::Kind::Malformed, std::string(file_name) + ": a list without a date"};
  return read;
}

Result<WeakKeyList> read_weak_keys(const DataFiles& data) {
  const auto text = data.read(weak_keys_file);
  if (!text) return text.error();
  return load_weak_keys(*text, weak_keys_file);
}

const WeakKeyList& shipped_weak_keys() {
  static const WeakKeyList shipped = [] {
    auto read = read_weak_keys(installed_data());
    if (!read) throw std::runtime_error(read.error().detail);
    return std::move(*read);
  }();
  return shipped;
}

bool looks_like_roca(const BIGNUM* modulus) {
  static const std::vector<std::vector<bool>> powers = [] {
    std::vector<std::vector<bool>> out;  // [prime][n]: n is a power of 65537 modulo the prime
    for (const unsigned prime : primes_below(168)) {
      out.emplace_back(prime, false);
      for (unsigned power = 1; prime > 2 && !out.back()[power]; power = power * (65537 % prime) % prime)
        out.back()[power] = true;
    }
    return out;
  }();
  for (const auto& subgroup : powers) {
    if (subgroup.size() == 2) continue;
    if (!subgroup[static_cast<std::size_t>(BN_mod_word(modulus, subgroup.size()))]) return false;
  }
  return true;
}

bool has_close_primes(const BIGNUM* modulus) {
  const Owned<BN_CTX, BN_CTX_free> context(BN_CTX_new());
  OwnedBignum a = square_root(modulus, context.get()), square = made(BN_new());
  BN_sqr(square.get(), a.get(), context.get());
  if (BN_cmp(square.get(), modulus) < 0) BN_add_word(a.get(), 1);
  for (int round = 0; round < fermat_rounds; ++round) {
    BN_sqr(square.get(), a.get(), context.get());
    BN_sub(square.get(), square.get(), modulus);
    if (is_square(square.get(), context.get())) return true;
    BN_add_word(a.get(), 1);
  }
  return false;
}

bool has_small_factor(const BIGNUM* modulus) {
  static const std::vector<unsigned> primes = primes_below(small_primes_below);
  for (const unsigned prime : primes)
    if (BN_mod_word(modulus, prime) == 0) return true;
  return false;
}

std::string weak_key_digest(const BIGNUM* modulus) {
  const OwnedText digits(BN_bn2hex(modulus));
  const std::string text = std::string("Modulus=") + (digits ? digits.get() : "") + "\n";
  std::array<std::uint8_t, SHA_DIGEST_LENGTH> digest{};
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return hex(Bytes(digest).last(10));
}

Buffer rsa_modulus(const EVP_PKEY& key) {
  const int kind = EVP_PKEY_get_base_id(&key);
  if (kind != EVP_PKEY_RSA && kind != EVP_PKEY_RSA_PSS) return {};
  const OwnedBignum modulus = parameter(key, OSSL_PKEY_PARAM_RSA_N);
  if (!modulus) return {};
  Buffer out(static_cast<std::size_t>(BN_num_bytes(modulus.get())));
  BN_bn2bin(modulus.get(), out.data());
  return out;
}

std::vector<std::string> key_problems(const EVP_PKEY& key, const WeakKeyList& weak) {
  const int kind = EVP_PKEY_get_base_id(&key);
  if (kind != EVP_PKEY_RSA && kind != EVP_PKEY_RSA_PSS) return {};
  const OwnedBignum modulus = parameter(key, OSSL_PKEY_PARAM_RSA_N), exponent = parameter(key, OSSL_PKEY_PARAM_RSA_E);
  if (!modulus || !exponent || BN_num_bits(modulus.get()) > OPENSSL_RSA_MAX_MODULUS_BITS || BN_is_zero(modulus.get()))
    return {"unknown:debian_weak", "unknown:roca", "unknown:close_primes", "unknown:small_factor"};
  std::vector<std::string> out;
  if (weak.digests.empty()) out.emplace_back("unknown:debian_weak");
  else if (weak.digests.contains(weak_key_digest(modulus.get()))) out.emplace_back("debian_weak");
  if (looks_like_roca(modulus.get())) out.emplace_back("roca");
  if (has_close_primes(modulus.get())) out.emplace_back("close_primes");
  if (has_small_factor(modulus.get())) out.emplace_back("small_factor");
  if (BN_is_one(exponent.get())) out.emplace_back("exponent_1");
  if (BN_is_word(exponent.get(), 3)) out.emplace_back("exponent_3");
  if (BN_num_bits(modulus.get()) % 8 != 0) out.emplace_back("modulus_not_8");
  return out;
}

}  // namespace kenshin
