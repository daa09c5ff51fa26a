#include "probes/certificate/order.h"

#include <algorithm>

namespace kenshin {

namespace {

bool names_as_issuer(const X509* subject, const X509* issuer) {
  return X509_NAME_cmp(X509_get_subject_name(issuer), X509_get_issuer_name(subject)) == 0;
}

bool is_self_issued(const X509* x509) { return names_as_issuer(x509, x509); }

// Of those sent, without repetitions.
std::vector<X509*> each_once(const std::vector<OwnedX509>& chain) {
  std::vector<X509*> out;
  for (const auto& x509 : chain)
    if (std::none_of(out.begin(), out.end(), [&](const X509* seen) { return X509_cmp(seen, x509.get()) == 0; }))
      out.push_back(x509.get());
  return out;
}

// Those some path of names from the first leads over.
std::vector<X509*> needed(const std::vector<X509*>& sent) {
  std::vector<bool> reached(sent.size(), false);
  std::vector<std::size_t> open{0};
  reached[0] = true;
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (std::size_t i = 1; i < sent.size(); ++i)
      if (!reached[i] && names_as_issuer(sent[at], sent[i])) {
        reached[i] = true;
        open.push_back(i);
      }
  }
  std::vector<X509*> out;
  for (std::size_t i = 0; i < sent.size(); ++i)
    if (reached[i]) out.push_back(sent[i]);
  return out;
}

// Several issuers of one name (cross-signed) may stand in any order behind what they issued.
bool in_order(const std::vector<X509*>& path) {
  for (std::size_t i = 1; i < path.size(); ++i)
    if (std::none_of(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(i),
                     [&](const X509* before) { return names_as_issuer(before, path[i]); }))
      return false;
  return true;
}

}  // namespace

std::vector<std::string> order_problems(const std::vector<OwnedX509>& chain) {
  std::vector<std::string> out;
  const auto once = each_once(chain);
  if (once.size() < chain.size()) out.emplace_back("duplicate");
  const auto path = needed(once);
  const X509* first = once.front();
  const bool issued_another = std::any_of(once.begin() + 1, once.end(), [&](X509* other) {
    return !is_self_issued(other) && names_as_issuer(other, first) && X509_check_ca(other) == 0;
  });
  if (issued_another) out.emplace_back("leaf_not_first");
  if (!in_order(path)) out.emplace_back("wrong_order");
  if (std::any_of(path.begin() + 1, path.end(), is_self_issued)) out.emplace_back("root_sent");
  if (path.size() < once.size()) out.emplace_back("extra");
  return out;
}

}  // namespace kenshin
