#include "reports/formats/observe_host.h"

#include "probes/base/text.h"
#include "probes/host/evidence_grade.h"
#include "probes/host/protection_fields.h"

namespace kenshin {

namespace {

std::string number(const std::optional<int>& count) { return count ? std::to_string(*count) : "unknown"; }
std::string by(const std::string& basis) { return basis.empty() ? std::string() : "  (" + basis + ")"; }

}  // namespace

TextRows host_rows(const HostCollection& fact) {
  const auto yes_or_no = [](bool answer) { return std::string(answer ? "yes" : "no"); };
  std::string evidence = "B, no signature was checked";
  if (evidence_grade(fact) == EvidenceGrade::A) evidence = "A, signed by key " + fact.signed_by;
  if (evidence_grade(fact) == EvidenceGrade::D) evidence = "D, declared by a person";
  return {{"collected", to_text(fact.collected_at) + " by " + fact.collector + " " + fact.collector_version},
          {"elevated / container", yes_or_no(fact.elevated) + " / " + yes_or_no(fact.container)},
          {"evidence", evidence}};
}

TextRows host_rows(const SoftwareProducts& fact) {
  TextRows out{{std::string(fact.name), std::to_string(fact.products.size()) + " found"}};
  for (const auto& product : fact.products)
    out.emplace_back("", product.product + " " + product.version + "  " + to_key(product.kind) +
                             ", updates: " + to_key(product.updates));
  return out;
}

TextRows host_rows(const HostFirewall& fact) {
  std::vector<std::string> parts;
  for (const auto& profile : fact.profiles) parts.push_back(to_key(profile.scope) + ": " + to_key(profile.enabled));
  return {{std::string(fact.name), (parts.empty() ? "no profile" : join(parts, ", ")) + by(fact.basis)}};
}

TextRows host_rows(const DiskEncryption& fact) {
  std::vector<std::string> parts;
  for (const auto& volume : fact.volumes) parts.push_back(to_key(volume.role) + ": " + to_key(volume.state));
  return {{std::string(fact.name), (parts.empty() ? "no volume" : join(parts, ", ")) + by(fact.basis)}};
}

TextRows host_rows(const ScreenLock& fact) {
  return {{std::string(fact.name), to_key(fact.enabled) + ", after " + number(fact.after_seconds) +
                                       " s, password: " + to_key(fact.password) + by(fact.basis)}};
}

TextRows host_rows(const AutomaticLogin& fact) {
  return {{std::string(fact.name), to_key(fact.enabled) + by(fact.basis)}};
}

TextRows host_rows(const LocalAccounts& fact) {
  return {{std::string(fact.name), "enabled: " + number(fact.enabled) + ", privileged: " + number(fact.privileged)},
          {"", "unused for " + std::to_string(fact.stale_days) + " days: " + number(fact.stale) +
                   ", blank password: " + number(fact.blank_password)}};
}

TextRows host_rows(const SystemLogs& fact) {
  return {{std::string(fact.name), to_key(fact.service) + ", oldest record: " +
                                       (fact.oldest ? to_text(*fact.oldest) : "unknown") + by(fact.basis)},
          {"", "kept for days: " + number(fact.retention_days) + ", forwarded: " + to_key(fact.forwarded) +
                   ", writable by everyone: " + to_key(fact.writable_by_everyone)}};
}

TextRows host_rows(const ClockSync& fact) {
  return {{std::string(fact.name), to_key(fact.synchronized) + by(fact.basis)}};
}

TextRows host_rows(const SensorProducts& fact) {
  TextRows out{{std::string(fact.name), std::to_string(fact.products.size()) + " found"}};
  for (const auto& product : fact.products)
    out.emplace_back("", product.product + "  " + to_key(product.kind) + ", active: " + to_key(product.active) + "  (" +
                             join(product.evidence, ", ") + ")");
  return out;
}

TextRows host_rows(const ListeningPorts& fact) {
  std::vector<std::string> parts;
  for (const auto& port : fact.ports)
    parts.push_back(to_key(port.protocol) + "/" + std::to_string(port.port) + " " + to_key(port.scope));
  return {{std::string(fact.name), parts.empty() ? "none" : join(parts, ", ")}};
}

TextRows host_rows(const ResidueFiles& fact) {
  return {{std::string(fact.name), "recordings: " + number(fact.recordings) + ", downloads: " + number(fact.downloads) +
                                       ", screenshots: " + number(fact.screenshots)}};
}

TextRows host_rows(const ResidueFeatures& fact) {
  return {{std::string(fact.name), "recall: " + to_key(fact.recall) +
                                       ", downloads backed up: " + to_key(fact.downloads_backed_up) +
                                       ", game capture: " + to_key(fact.game_capture)},
          {"", "cloud clipboard: " + to_key(fact.cloud_clipboard) + ", browser sync: " + to_key(fact.browser_sync)}};
}

TextRows host_rows(const OtherUse& fact) {
  return {{std::string(fact.name),
           "client of the medical records: " + to_key(fact.ehr_client) + ", networks: " + number(fact.networks)}};
}

TextRows host_rows(const LastPowerOff& fact) {
  return {{std::string(fact.name), to_text(fact.from) + " – " + to_text(fact.to)}};
}

}  // namespace kenshin
