// Whether the system keeps its log, how far back it reaches and who may clear it; whether the clock is kept right.
#include <windows.h>
// windows.h comes first
#include <winevt.h>

#include "probes/host/collectors/windows/decoding/log_access.h"
#include "probes/host/collectors/windows/event_log.h"
#include "probes/host/collectors/windows/facts.h"
#include "probes/host/collectors/windows/registry.h"
#include "probes/host/collectors/windows/services.h"
#include "probes/host/collectors/windows/wide_text.h"

namespace kenshin::windows {

namespace {

constexpr auto forwarding = L"SOFTWARE\\Policies\\Microsoft\\Windows\\EventLog\\EventForwarding\\SubscriptionManager";
constexpr auto time_service = L"SYSTEM\\CurrentControlSet\\Services\\W32Time";
constexpr std::uint32_t service_disabled = 4;
// "Is now synchronizing" (35) and "receives valid time data" (37), within a week.
constexpr auto clock_was_set =
    L"*[System[Provider[@Name='Microsoft-Windows-Time-Service'] and (EventID=35 or EventID=37) and "
    L"TimeCreated[timediff(@SystemTime) <= 604800000]]]";

Answer clearable() {
  const EventHandle channel(EvtOpenChannelConfig(nullptr, L"System", 0));
  if (!channel) return Answer::Unknown;
  std::vector<EVT_VARIANT> value(512);
  DWORD used = 0;
  if (!EvtGetChannelConfigProperty(*channel, EvtChannelConfigAccess, 0,
                                   static_cast<DWORD>(value.size() * sizeof(EVT_VARIANT)), value.data(), &used) ||
      value[0].Type != EvtVarTypeString)
    return Answer::Unknown;
  return clearable_by_everyone(narrow(value[0].StringVal));
}

LogService log_service() {
  const auto known = services();
  if (!known) return LogService::Unknown;
  for (const auto& service : *known)
    if (_stricmp(service.name.c_str(), "EventLog") == 0)
      return service.running ? LogService::Running : LogService::Stopped;
  return LogService::Unknown;
}

}  // namespace

Asked<SystemLogs> logs_system() {
  SystemLogs out;
  out.basis = "eventlog";
  out.service = log_service();
  const auto oldest = first_event(L"*");
  if (!oldest && out.service != LogService::Stopped) return oldest.why();
  if (oldest) out.oldest = *oldest;
  // A subscription says that events are forwarded; other programs may do so, too, without one.
  const auto subscriptions = registry_value_count(HKEY_LOCAL_MACHINE, forwarding);
  if (subscriptions && *subscriptions > 0) out.forwarded = Answer::Yes;
  out.writable_by_everyone = clearable();
  return out;
}

Asked<ClockSync> clock_sync() {
  ClockSync out;
  out.basis = "w32time";
  const auto start = registry_number(HKEY_LOCAL_MACHINE, time_service, L"Start");
  const auto type = registry_text(HKEY_LOCAL_MACHINE, std::wstring(time_service) + L"\\Parameters", L"Type");
  if ((start && *start == service_disabled) || (type && *type == "NoSync")) {
    out.synchronized = Answer::No;
    return out;
  }
  const auto set = first_event(clock_was_set);
  if (set) out.synchronized = Answer::Yes;
  else if (!set.is_absent()) return set.why();
  return out;
}

}  // namespace kenshin::windows
