#include "probes/host/collectors/windows/installed.h"

#include <algorithm>
#include <array>

#include "probes/host/collectors/windows/facts.h"
#include "probes/host/collectors/windows/registry.h"
#include "probes/host/collectors/windows/services.h"
#include "probes/host/collectors/windows/wide_text.h"

namespace kenshin::windows {

namespace {

// How a program that updates itself is told not to, and the service that would do it.
struct Updater {
  const char* software;
  const wchar_t *policy_key, *policy_name;
  std::uint32_t off, manual;
  const char* service;
};
constexpr std::uint32_t never = 0xFFFF'FFFF;
constexpr std::array<Updater, 3> updaters = {{
    {"edge", L"SOFTWARE\\Policies\\Microsoft\\EdgeUpdate", L"UpdateDefault", 0, 2, "edgeupdate"},
    {"chrome", L"SOFTWARE\\Policies\\Google\\Update", L"UpdateDefault", 0, 2, "GoogleUpdater"},
    {"firefox", L"SOFTWARE\\Policies\\Mozilla\\Firefox", L"DisableAppUpdate", 1, never, "MozillaMaintenance"},
}};

bool begins(const std::string& name, const char* beginning) {
  return _strnicmp(name.c_str(), beginning, std::char_traits<char>::length(beginning)) == 0;
}

SoftwareUpdates updates_of(const InstalledSoftware& software, const std::vector<ServiceState>& known) {
  for (const auto& updater : updaters) {
    if (software.id != updater.software) continue;
    const auto policy = registry_number(HKEY_LOCAL_MACHINE, updater.policy_key, updater.policy_name);
    if (policy && *policy == updater.off) return SoftwareUpdates::Off;
    if (policy && *policy == updater.manual) return SoftwareUpdates::Manual;
    const bool there = std::any_of(known.begin(), known.end(),
                                   [&](const auto& service) { return begins(service.name, updater.service); });
    return there ? SoftwareUpdates::Automatic : SoftwareUpdates::Unknown;
  }
  return SoftwareUpdates::Unknown;
}

}  // namespace

Asked<std::vector<InstalledProgram>> installed_programs() {
  const std::wstring own = L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
  const std::wstring of_32_bit = L"SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
  const std::array<std::pair<HKEY, std::wstring>, 3> places = {
      {{HKEY_LOCAL_MACHINE, own}, {HKEY_LOCAL_MACHINE, of_32_bit}, {HKEY_CURRENT_USER, own}}};
  std::vector<InstalledProgram> out;
  for (const auto& [hive, key] : places) {
    const auto names = registry_subkeys(hive, key);
    if (!names && !names.is_absent()) return names.why();
    if (!names) continue;
    for (const auto& name : *names) {
      const auto shown = registry_text(hive, key + L"\\" + name, L"DisplayName");
      const auto version = registry_text(hive, key + L"\\" + name, L"DisplayVersion");
      if (shown && !shown->empty()) out.push_back({*shown, version ? *version : ""});
    }
  }
  return out;
}

Asked<SoftwareProducts> software_products() {
  const auto programs = installed_programs();
  if (!programs) return programs.why();
  const auto known = services();
  SoftwareProducts out{worth_telling(*programs)};
  for (auto& software : out.products)
    software.updates = updates_of(software, known ? *known : std::vector<ServiceState>());
  return out;
}

}  // namespace kenshin::windows
