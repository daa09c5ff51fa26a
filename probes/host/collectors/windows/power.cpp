// How long the machine was off before its present start: the shutdown that Windows notes, and the first event after it.
// The uptime that Windows tells is no measure: a fast start goes on with the one before. What it slept is not told.
#include "probes/host/collectors/windows/event_log.h"
#include "probes/host/collectors/windows/facts.h"
#include "probes/host/collectors/windows/registry.h"
#include "probes/host/collectors/windows/wide_text.h"

namespace kenshin::windows {

namespace {
constexpr std::chrono::minutes shutting_down{15};  // events are written on for a while
}

Asked<LastPowerOff> power_last_off() {
  const auto from =
      registry_filetime(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Control\\Windows", L"ShutdownTime");
  if (!from) return from.why();
  const std::string later = to_text(*from + shutting_down);
  const auto to = first_event((L"*[System[TimeCreated[@SystemTime >= '" + wide(later) + L"']]]").c_str());
  if (!to) return to.why();
  return LastPowerOff{*from, std::max(*from, *to)};
}

}  // namespace kenshin::windows
