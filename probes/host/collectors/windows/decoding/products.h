// Which products of the table (probes/host/products.json) are on this machine, and what is said of protection when
// several sources are put together: Security Center, Defender itself, services and processes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/host/collectors/windows/decoding/security_center.h"
#include "probes/host/facts.h"

namespace kenshin::windows {

// A row of the table, as far as Windows is concerned. Names of services and processes are compared whole.
struct KnownProduct {
  std::string id, name, kind;  // kind: av, edr, ids, audit, management
  std::vector<std::string> services, processes;
  bool without_signatures = false;
};

struct ServiceState {
  std::string name;
  bool running = false;
};

struct FoundProduct {
  KnownProduct known;
  std::vector<std::string> evidence;  // "service", "process"
  bool running = false;
};
std::vector<FoundProduct> found_products(const std::vector<KnownProduct>&, const std::vector<ServiceState>&,
                                         const std::vector<std::string>& processes);

// What protects: the products Security Center lists (no list: it did not answer), with what Defender says of itself and
// which services run; then what runs and is not listed there. Management agents are no protection.
std::vector<AntivirusProduct> protection(const std::optional<std::vector<SecurityProduct>>& listed,
                                         const std::optional<DefenderStatus>&, const std::vector<FoundProduct>&);

}  // namespace kenshin::windows
