// The declarations of a kenshin.toml as observations (scanner/config.h).
#include <filesystem>
#include <fstream>
#include <set>

#include "probes/base/crypto.h"
#include "scanner/config.h"

namespace kenshin {

namespace {

// Lower-case hex of a regular file's SHA-256; nothing where it cannot be read.
std::optional<std::string> sha256_of_file(const std::string& path) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(path, failed)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  const auto digest = sha256(in);
  return digest ? std::optional(hex(*digest)) : std::nullopt;
}

DeclaredDocument checked(const ConfigDocument& document) {
  DeclaredDocument out = document.declared;
  if (document.path.empty()) return out;
  const auto measured = sha256_of_file(document.path);
  if (!measured) out.problem = "missing";
  else if (out.sha256.empty()) out.sha256 = *measured;
  else if (out.sha256 != *measured) out.problem = "hash_differs";
  return out;
}

}  // namespace

std::vector<Observation> declared_observations(const Config& config, Instant now) {
  std::vector<Observation> out;
  const auto declare = [&]<class F>(Target target, const F& fact) {
    out.push_back(observed<F>(std::move(target), "", now, 0, fact));
  };
  const Target clinic{};
  declare(clinic, config.clinic);
  std::set<Target> endpoints;  // one may stand twice, with another address
  for (const auto& endpoint : config.endpoints)
    if (endpoints.insert(endpoint.asked.target).second) declare(endpoint.asked.target, endpoint.declared);
  for (const auto& domain : config.domains) declare({TargetKind::Domain, domain.domain, 0}, domain.declared);
  for (const auto& domain : config.former_domains) declare({TargetKind::Domain, domain.domain, 0}, domain.declared);
  for (const auto& host : config.hosts) declare({TargetKind::Host, host.label, 0}, host.declared);
  for (const auto& decision : config.decisions) declare(clinic, decision.declared);
  for (const auto& document : config.documents) declare(clinic, checked(document));
  for (const auto& waiver : config.waivers) declare(clinic, waiver.declared);
  for (const auto& accepted : config.accepted) declare({TargetKind::Host, accepted.host, 0}, accepted.declared);
  return out;
}

std::vector<AskedEndpoint> endpoints_to_probe(const Config& config) {
  std::vector<AskedEndpoint> out;
  for (const auto& endpoint : config.endpoints)
    if (endpoint.declared.owner != Owner::GeneralService) out.push_back(endpoint.asked);
  return out;
}

}  // namespace kenshin
