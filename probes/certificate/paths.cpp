#include "probes/certificate/paths.h"

#include <algorithm>
#include <map>
#include <utility>

namespace kenshin {

namespace {

constexpr std::size_t most_steps = 4096;

class Search {
 public:
  Search(const std::vector<OwnedX509>& chain, const TrustAnchors& anchors) : chain_(chain), anchors_(anchors) {}

  Paths run() {
    const X509* leaf = chain_.front().get();
    for (const std::size_t anchor : anchors_.named(X509_get_subject_name(leaf)))
      if (X509_cmp(anchors_.anchors[anchor].x509(), leaf) == 0) paths_.found.push_back({{0}, anchor});
    step(0);
    return std::move(paths_);
  }

 private:
  bool stopped() {
    const bool stop = steps_ >= most_steps || paths_.found.size() >= most_paths;
    paths_.cut_off = paths_.cut_off || stop;
    return stop;
  }

  // Each pair is checked once. `issuer`: of the chain, then of the anchors.
  bool signed_by(std::size_t subject, std::size_t issuer) {
    const auto [at, is_new] = checked_.try_emplace({subject, issuer}, false);
    if (!is_new) return at->second;
    if (checks_ == most_signature_checks) {
      paths_.cut_off = true;
      return false;
    }
    ++checks_;
    const X509* by = issuer < chain_.size() ? chain_[issuer].get() : anchors_.anchors[issuer - chain_.size()].x509();
    EVP_PKEY* key = X509_get0_pubkey(by);
    at->second = key != nullptr && X509_verify(chain_[subject].get(), key) == 1;
    ERR_clear_error();
    return at->second;
  }

  void step(std::size_t at) {
    ++steps_;
    path_.push_back(at);
    bool goes_on = false, forged = false;
    const X509_NAME* issuer = X509_get_issuer_name(chain_[at].get());
    for (const std::size_t anchor : anchors_.named(issuer)) {
      if (stopped()) break;
      const bool right = signed_by(at, chain_.size() + anchor);
      if (right) paths_.found.push_back({path_, anchor});
      (right ? goes_on : forged) = true;
    }
    for (std::size_t next = 1; next < chain_.size() && !stopped(); ++next) {
      if (X509_NAME_cmp(X509_get_subject_name(chain_[next].get()), issuer) != 0) continue;
      if (std::find(path_.begin(), path_.end(), next) != path_.end()) continue;
      const bool right = signed_by(at, next);
      (right ? goes_on : forged) = true;
      if (right && path_.size() < longest_path) step(next);
      paths_.cut_off = paths_.cut_off || (right && path_.size() >= longest_path);
    }
    if (!goes_on && !paths_.dead_end) {
      paths_.dead_end = at;
      paths_.forged = forged;
    }
    path_.pop_back();
  }

  const std::vector<OwnedX509>& chain_;
  const TrustAnchors& anchors_;
  Paths paths_;
  std::vector<std::size_t> path_;
  std::map<std::pair<std::size_t, std::size_t>, bool> checked_;
  std::size_t checks_ = 0, steps_ = 0;
};

}  // namespace

Paths find_paths(const std::vector<OwnedX509>& chain, const TrustAnchors& anchors) {
  return Search(chain, anchors).run();
}

}  // namespace kenshin
