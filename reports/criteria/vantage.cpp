#include "reports/criteria/vantage.h"

#include <algorithm>
#include <set>

#include "probes/domain/public_suffix.h"

namespace kenshin {

namespace {

bool has(const std::vector<std::string>& problems, std::string_view problem) {
  return std::find(problems.begin(), problems.end(), problem) != problems.end();
}

// Nobody known issued it, and somebody other than its own holder did.
bool issuer_is_unknown(const CertificateChain& chain) {
  return chain.trusted == Answer::No && !chain.anchor.empty() && !has(chain.problems, "self_signed") &&
         (has(chain.problems, "untrusted_root") || has(chain.problems, "chain_incomplete"));
}

}  // namespace

void InterceptionSigns::look_at(const Observation& seen) {
  const auto* chain = fact_of<CertificateChain>(seen);
  if (!chain || chain->store.kind == StoreKind::Bundle) return;
  if (chain->anchor_is_local) local_.push_back({seen.target, seen.id, chain->anchor});
  if (!issuer_is_unknown(*chain)) return;
  const auto name = registry_name(seen.target.name);
  if (!name) return;
  Shared& shared = unknown_[chain->anchor];
  shared.names.insert(*name);
  shared.chains.push_back({seen.target, seen.id, chain->anchor});
}

std::map<Target, Interception> InterceptionSigns::suspected() const {
  std::map<Target, Interception> out;
  const auto suspect = [&](const Sign& sign) {
    Interception& found = out[sign.target];
    if (found.issuer.empty()) found.issuer = sign.issuer;
    found.evidence.push_back(sign.chain);
  };
  for (const auto& sign : local_) suspect(sign);
  for (const auto& [issuer, shared] : unknown_)
    if (shared.names.size() >= 2)
      for (const auto& sign : shared.chains) suspect(sign);
  return out;
}

}  // namespace kenshin
