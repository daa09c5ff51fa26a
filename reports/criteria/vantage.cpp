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

struct Shared {
  std::set<std::string> names;
  std::vector<const Observation*> chains;
};

}  // namespace

std::map<Target, Interception> suspected_interception(const Facts& facts) {
  std::map<Target, Interception> suspected;
  const auto suspect = [&](const Observation& seen, const CertificateChain& chain) {
    Interception& found = suspected[seen.target];
    if (found.issuer.empty()) found.issuer = chain.anchor;
    found.evidence.push_back(seen.id);
  };
  std::map<std::string, Shared> by_issuer;
  for (const Observation& seen : facts.all()) {
    const auto* chain = fact_of<CertificateChain>(seen);
    if (!chain || chain->store.kind == StoreKind::Bundle) continue;
    if (chain->anchor_is_local) suspect(seen, *chain);
    if (!issuer_is_unknown(*chain)) continue;
    const auto name = registry_name(seen.target.name);
    if (!name) continue;
    by_issuer[chain->anchor].names.insert(*name);
    by_issuer[chain->anchor].chains.push_back(&seen);
  }
  for (const auto& [issuer, shared] : by_issuer)
    if (shared.names.size() >= 2)
      for (const Observation* seen : shared.chains) suspect(*seen, *fact_of<CertificateChain>(*seen));
  return suspected;
}

}  // namespace kenshin
