// Protection against malware and sensors: what Security Center lists, what Defender says of itself, what runs.
#include <windows.h>

#include <algorithm>

#include "probes/host/collectors/windows/decoding/filetime.h"
#include "probes/host/collectors/windows/facts.h"
#include "probes/host/collectors/windows/security_products.h"
#include "probes/host/collectors/windows/services.h"
#include "probes/host/collectors/windows/wmi.h"

namespace kenshin::windows {

namespace {

constexpr unsigned long long settled_after_ms = 10ULL * 60 * 1000;
constexpr auto service_is_off = "0x800106ba";

std::optional<bool> yes_or_no(const WmiRow& row, const wchar_t* name) {
  const auto at = row.find(name);
  if (at == row.end()) return std::nullopt;
  return at->second == "true";
}

// Nothing where it cannot be asked; "Not running" where its service is off.
std::optional<DefenderStatus> defender() {
  const auto rows = wmi_query(
      L"root\\Microsoft\\Windows\\Defender", L"SELECT * FROM MSFT_MpComputerStatus",
      {L"AMRunningMode", L"AntivirusEnabled", L"RealTimeProtectionEnabled", L"AntivirusSignatureLastUpdated"});
  if (!rows) {
    if (rows.why().code != service_is_off) return std::nullopt;
    return DefenderStatus{"Not running", false, false, std::nullopt};
  }
  if (rows->empty()) return std::nullopt;
  const WmiRow& row = rows->front();
  DefenderStatus out;
  if (const auto mode = row.find(L"AMRunningMode"); mode != row.end()) out.mode = mode->second;
  out.enabled = yes_or_no(row, L"AntivirusEnabled");
  out.realtime = yes_or_no(row, L"RealTimeProtectionEnabled");
  if (const auto at = row.find(L"AntivirusSignatureLastUpdated"); at != row.end())
    out.signatures_at = instant_of_cim(at->second);
  return out;
}

std::optional<SensorKind> sensor_kind(const std::string& kind) {
  if (kind == "ids") return SensorKind::Ids;
  if (kind == "edr") return SensorKind::Edr;
  if (kind == "audit") return SensorKind::Audit;
  return std::nullopt;
}

}  // namespace

Asked<AntivirusProducts> av_products() {
  const auto os = os_identity();
  const auto listed = security_products(SecurityProvider::Antivirus);
  const auto here = products_here();
  AntivirusProducts out;
  out.products = protection(listed ? std::optional(*listed) : std::nullopt, defender(),
                            here ? *here : std::vector<FoundProduct>());
  const bool any_on = std::any_of(out.products.begin(), out.products.end(),
                                  [](const auto& product) { return product.active == Answer::Yes; });
  if (any_on) return out;
  // "None is on" needs a source that would have known: Security Center on a client that has settled since it started,
  // Defender or services on a server.
  const bool server = os && os->type == "Server";
  if (!listed && (!server || out.products.empty())) return listed.why();
  if (!server && GetTickCount64() < settled_after_ms)
    return no_answer(Error::Kind::Failed, "wsc", "started less than ten minutes ago");
  return out;
}

Asked<SensorProducts> ids_products() {
  const auto here = products_here();
  if (!here) return here.why();
  SensorProducts out;
  for (const auto& found : *here)
    if (const auto kind = sensor_kind(found.known.kind))
      out.products.push_back(
          {found.known.id, found.known.name, *kind, found.evidence, found.running ? Answer::Yes : Answer::No});
  return out;
}

}  // namespace kenshin::windows
