// Every probe there is. A row here and its function make one (docs/adding.md).
#include <array>

#include "probes/certificate/chain.h"
#include "probes/probe.h"
#include "probes/tls/tls.h"

namespace kenshin {

std::span<const Probe> all_probes() {
  static constexpr auto probes = std::to_array<Probe>({
      {"tls", TargetKind::Endpoint, PermissionClass::Unusual, "asks.tls", observe_tls},
      {"certificate", TargetKind::Endpoint, PermissionClass::Ordinary, "asks.certificate", observe_certificate},
  });
  return probes;
}

}  // namespace kenshin
