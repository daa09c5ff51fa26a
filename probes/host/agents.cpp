#include "probes/host/agents.h"

#include <algorithm>

namespace kenshin {

namespace {

struct FoundAgent {
  std::vector<std::string> evidence;  // "package", "process"; empty: it is not there
  Answer runs = Answer::Unknown;
};

FoundAgent look_for(const KnownProduct& known, const InstalledPackages& packages, const Processes& processes) {
  FoundAgent out;
  const auto& packaged = known.on_linux.packages;
  if (std::any_of(packaged.begin(), packaged.end(), [&](const auto& it) { return packages.count(it) > 0; }))
    out.evidence.emplace_back("package");
  for (const std::string& name : known.on_linux.processes) {
    out.runs = processes.runs({name});
    if (out.runs == Answer::Yes) break;
  }
  if (out.runs == Answer::Yes) out.evidence.emplace_back("process");
  return out;
}

SensorKind sensor_kind(ProductKind kind) {
  return kind == ProductKind::Edr ? SensorKind::Edr : kind == ProductKind::Audit ? SensorKind::Audit : SensorKind::Ids;
}

}  // namespace

std::vector<AntivirusProduct> antivirus_agents(const ProductTable& table, const InstalledPackages& packages,
                                               const Processes& processes) {
  std::vector<AntivirusProduct> out;
  for (const KnownProduct& known : table.products) {
    if ((known.kind != ProductKind::Av && known.kind != ProductKind::Edr) || known.id == "clamav") continue;
    FoundAgent found = look_for(known, packages, processes);
    if (found.evidence.empty()) continue;
    AntivirusProduct product;
    product.id = known.id;
    product.product = known.product;
    product.evidence = std::move(found.evidence);
    product.active = found.runs == Answer::No ? Answer::No : Answer::Unknown;
    if (known.signatures == ProductSignatures::None) product.signature_state = SignatureState::NotApplicable;
    out.push_back(std::move(product));
  }
  return out;
}

Result<SensorProducts> sensors(const ProductTable& table, const InstalledPackages& packages,
                               const Processes& processes) {
  SensorProducts out;
  for (const KnownProduct& known : table.products) {
    if (known.kind == ProductKind::Av || known.kind == ProductKind::Management) continue;
    FoundAgent found = look_for(known, packages, processes);
    if (!found.evidence.empty())
      out.products.push_back({known.id, known.product, sensor_kind(known.kind), std::move(found.evidence), found.runs});
  }
  if (!out.products.empty()) return out;
  if (!processes.all) return Error{Error::Kind::NotCollected, "neither all packages nor all processes could be read"};
  return Error{Error::Kind::Absent, "none of the products that are known here is installed or runs"};
}

}  // namespace kenshin
