#include "probes/certificate/shared_keys.h"

#include <algorithm>
#include <map>
#include <new>
#include <set>
#include <tuple>

#include "probes/certificate/keys.h"
#include "probes/certificate/read.h"

namespace kenshin {

namespace {

using Context = Owned<BN_CTX, BN_CTX_free>;
using Level = std::vector<OwnedBignum>;

constexpr std::size_t longest_modulus = 1024;  // bytes
constexpr std::size_t most_paired = 100;       // of the rest it is told that they are broken, not by which others

OwnedBignum number() {
  OwnedBignum out(BN_new());
  if (!out) throw std::bad_alloc();
  return out;
}

void require(int done) {
  if (done != 1) throw std::bad_alloc();
}

std::vector<Level> product_tree(Level leaves, BN_CTX* context) {
  std::vector<Level> tree;
  tree.push_back(std::move(leaves));
  while (tree.back().size() > 1) {
    const Level& below = tree.back();
    Level above;
    for (std::size_t i = 0; i < below.size(); i += 2) {
      OwnedBignum product = number();
      if (i + 1 < below.size()) require(BN_mul(product.get(), below[i].get(), below[i + 1].get(), context));
      else if (BN_copy(product.get(), below[i].get()) == nullptr) throw std::bad_alloc();
      above.push_back(std::move(product));
    }
    tree.push_back(std::move(above));
  }
  return tree;
}

// Of at least two. For each modulus n: gcd(n, product of all / n), which is 1 unless it shares a prime.
std::vector<OwnedBignum> common_divisors(const std::vector<Buffer>& moduli, BN_CTX* context) {
  Level leaves;
  for (const Buffer& modulus : moduli)
    leaves.emplace_back(BN_bin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr));
  const auto tree = product_tree(std::move(leaves), context);
  Level remainders;
  remainders.push_back(number());
  if (BN_copy(remainders.front().get(), tree.back().front().get()) == nullptr) throw std::bad_alloc();
  const OwnedBignum square = number();
  for (std::size_t level = tree.size(); level-- > 0;) {
    if (level + 1 == tree.size()) continue;  // modulo its own square the whole product is itself
    Level next;
    for (std::size_t i = 0; i < tree[level].size(); ++i) {
      OwnedBignum rest = number();
      require(BN_sqr(square.get(), tree[level][i].get(), context));
      require(BN_mod(rest.get(), remainders[i / 2].get(), square.get(), context));
      next.push_back(std::move(rest));
    }
    remainders = std::move(next);
  }
  std::vector<OwnedBignum> out;
  for (std::size_t i = 0; i < moduli.size(); ++i) {
    OwnedBignum divisor = number();
    require(BN_div(divisor.get(), nullptr, remainders[i].get(), tree.front()[i].get(), context));
    require(BN_gcd(divisor.get(), divisor.get(), tree.front()[i].get(), context));
    out.push_back(std::move(divisor));
  }
  return out;
}

using ByKey = std::map<std::string, std::set<Target>>;

SharedKey shared(SharedKeyKind kind, const std::set<std::string>& keys, const ByKey& targets_of) {
  std::set<Target> targets;
  for (const auto& key : keys) targets.insert(targets_of.at(key).begin(), targets_of.at(key).end());
  return {kind, {keys.begin(), keys.end()}, {targets.begin(), targets.end()}};
}

// Of each modulus that is broken: its keys, and those of others it shares a prime with.
std::vector<std::set<std::string>> broken_together(const std::vector<Buffer>& moduli,
                                                   const std::vector<std::set<std::string>>& keys) {
  std::vector<std::set<std::string>> out;
  for (const auto& of_one_modulus : keys)
    if (of_one_modulus.size() > 1) out.push_back(of_one_modulus);
  if (moduli.size() < 2) return out;
  const Context context(BN_CTX_new());
  const auto divisors = common_divisors(moduli, context.get());
  std::vector<std::size_t> broken;
  for (std::size_t i = 0; i < divisors.size(); ++i)
    if (!BN_is_one(divisors[i].get())) broken.push_back(i);
  std::vector<OwnedBignum> numbers;
  for (const std::size_t i : broken)
    numbers.emplace_back(BN_bin2bn(moduli[i].data(), static_cast<int>(moduli[i].size()), nullptr));
  const OwnedBignum divisor = number();
  for (std::size_t i = 0; i < broken.size(); ++i) {
    std::set<std::string> together = keys[broken[i]];
    for (std::size_t j = 0; i < most_paired && j < std::min(broken.size(), most_paired); ++j) {
      require(BN_gcd(divisor.get(), numbers[i].get(), numbers[j].get(), context.get()));
      if (!BN_is_one(divisor.get())) together.insert(keys[broken[j]].begin(), keys[broken[j]].end());
    }
    out.push_back(std::move(together));
  }
  return out;
}

}  // namespace

SharedKeys find_shared_keys(const std::vector<IndexedKey>& index) {
  SharedKeys out;
  ByKey targets_of;
  std::map<Buffer, std::set<std::string>> keys_of;  // of each distinct modulus, one per exponent
  for (const IndexedKey& one : index) {
    targets_of[one.spki_sha256].insert(one.target);
    if (one.modulus.empty()) continue;
    const bool too_many = keys_of.size() >= most_compared_moduli && !keys_of.contains(one.modulus);
    if (one.modulus.size() > longest_modulus || too_many) out.complete = false;
    else keys_of[one.modulus].insert(one.spki_sha256);
  }
  for (const auto& [key, targets] : targets_of)
    if (targets.size() > 1) out.found.push_back(shared(SharedKeyKind::SameKey, {key}, targets_of));
  std::vector<Buffer> moduli;
  std::vector<std::set<std::string>> keys;
  for (const auto& [modulus, all] : keys_of) {
    moduli.push_back(modulus);
    keys.push_back(all);
  }
  std::set<std::set<std::string>> told;
  for (const auto& together : broken_together(moduli, keys))
    if (told.insert(together).second) out.found.push_back(shared(SharedKeyKind::CommonPrime, together, targets_of));
  std::sort(out.found.begin(), out.found.end(),
            [](const SharedKey& a, const SharedKey& b) { return std::tie(a.kind, a.keys) < std::tie(b.kind, b.keys); });
  return out;
}

Buffer modulus_of_certificate(Bytes der) {
  const OwnedX509 x509 = x509_from_der(der);
  const EVP_PKEY* key = x509 ? X509_get0_pubkey(x509.get()) : nullptr;
  Buffer out = key != nullptr ? rsa_modulus(*key) : Buffer();
  ERR_clear_error();
  return out;
}

}  // namespace kenshin
