// Whether the screen locks by itself, and whether the machine starts without asking who is there.
#include <windows.h>
// windows.h comes first
#include <powrprof.h>

#include <algorithm>

#include "probes/host/collectors/windows/facts.h"
#include "probes/host/collectors/windows/registry.h"

namespace kenshin::windows {

namespace {

const std::wstring machine_policy = L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System";
const std::wstring desktop_policy = L"Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop";
const std::wstring desktop = L"Control Panel\\Desktop";
const std::wstring logon = L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon";

// A setting of the user's desktop, the policy before it.
std::uint32_t desktop_number(const wchar_t* name) {
  for (const auto& key : {desktop_policy, desktop})
    if (const auto value = registry_number(HKEY_CURRENT_USER, key, name)) return *value;
  return 0;
}
bool has_screen_saver() {
  for (const auto& key : {desktop_policy, desktop})
    if (const auto value = registry_text(HKEY_CURRENT_USER, key, L"SCRNSAVE.EXE")) return !value->empty();
  return false;
}

// Seconds until the machine sleeps on mains, and asks for the password when it wakes. 0: never.
std::optional<int> locked_by_sleep() {
  constexpr GUID no_subgroup = {0xfea3413e, 0x7e05, 0x4911, {0x9a, 0x71, 0x70, 0x03, 0x31, 0xf1, 0xc2, 0x94}};
  constexpr GUID lock_on_wake = {0x0e796bdb, 0x100d, 0x47d6, {0xa2, 0xd5, 0xf7, 0xd2, 0xda, 0xa5, 0x1f, 0x51}};
  constexpr GUID sleep = {0x238c9fa8, 0x0aad, 0x41ed, {0x83, 0xf4, 0x97, 0xbe, 0x24, 0x2c, 0x8f, 0x20}};
  constexpr GUID sleep_after = {0x29f6c1db, 0x86da, 0x48c5, {0x9f, 0xdb, 0xf2, 0xb6, 0x7b, 0x1f, 0x44, 0xda}};
  GUID* scheme = nullptr;
  if (PowerGetActiveScheme(nullptr, &scheme) != ERROR_SUCCESS) return std::nullopt;
  DWORD locks = 0, after = 0;
  const bool known = PowerReadACValueIndex(nullptr, scheme, &no_subgroup, &lock_on_wake, &locks) == ERROR_SUCCESS &&
                     PowerReadACValueIndex(nullptr, scheme, &sleep, &sleep_after, &after) == ERROR_SUCCESS;
  LocalFree(scheme);
  if (!known) return std::nullopt;
  return locks == 0 ? 0 : static_cast<int>(std::min<DWORD>(after, 1'000'000));
}

}  // namespace

Asked<ScreenLock> lock_screen() {
  ScreenLock out;
  const auto consider = [&](int seconds, const char* basis) {
    if (seconds <= 0 || (out.after_seconds && *out.after_seconds <= seconds)) return;
    out = {Answer::Yes, seconds, Answer::Yes, basis};
  };
  const auto limit = registry_number_or(HKEY_LOCAL_MACHINE, machine_policy, L"InactivityTimeoutSecs", 0);
  if (!limit) return limit.why();
  consider(static_cast<int>(std::min<std::uint32_t>(*limit, 1'000'000)), "policy");
  if (desktop_number(L"ScreenSaveActive") == 1 && has_screen_saver() && desktop_number(L"ScreenSaverIsSecure") == 1)
    consider(static_cast<int>(std::min<std::uint32_t>(desktop_number(L"ScreenSaveTimeOut"), 1'000'000)), "registry");
  const auto by_sleep = locked_by_sleep();
  consider(by_sleep.value_or(0), "power");
  if (out.enabled == Answer::Yes) return out;
  out.enabled = out.password = by_sleep ? Answer::No : Answer::Unknown;
  out.basis = by_sleep ? "policy, registry, power" : "policy, registry";
  return out;
}

Asked<AutomaticLogin> login_automatic() {
  const auto automatic = registry_number_or(HKEY_LOCAL_MACHINE, logon, L"AutoAdminLogon", 0);
  if (!automatic) return automatic.why();
  return AutomaticLogin{*automatic != 0 ? Answer::Yes : Answer::No, "registry"};
}

}  // namespace kenshin::windows
