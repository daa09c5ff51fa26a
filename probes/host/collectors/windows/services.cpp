#include "probes/host/collectors/windows/services.h"

#include <windows.h>
// windows.h comes first
#include <tlhelp32.h>

#include "probes/host/collectors/windows/product_table.h"
#include "probes/host/collectors/windows/wide_text.h"

namespace kenshin::windows {

namespace {

constexpr std::size_t enough_for_all_services = 256 * 1024;  // the most that one call gives

}  // namespace

Asked<std::vector<ServiceState>> services() {
  SC_HANDLE manager = OpenSCManagerW(nullptr, nullptr, SC_MANAGER_ENUMERATE_SERVICE);
  if (manager == nullptr) return no_answer("services", "OpenSCManager", GetLastError());
  std::vector<ServiceState> out;
  std::vector<BYTE> buffer(enough_for_all_services);
  DWORD more = 0, count = 0, resume = 0, code = ERROR_MORE_DATA;
  while (code == ERROR_MORE_DATA) {
    const BOOL done =
        EnumServicesStatusExW(manager, SC_ENUM_PROCESS_INFO, SERVICE_WIN32 | SERVICE_DRIVER, SERVICE_STATE_ALL,
                              buffer.data(), static_cast<DWORD>(buffer.size()), &more, &count, &resume, nullptr);
    code = done ? ERROR_SUCCESS : GetLastError();
    if (code != ERROR_SUCCESS && code != ERROR_MORE_DATA) break;
    const auto* rows = reinterpret_cast<const ENUM_SERVICE_STATUS_PROCESSW*>(buffer.data());
    for (DWORD i = 0; i < count; ++i)
      out.push_back({narrow(rows[i].lpServiceName), rows[i].ServiceStatusProcess.dwCurrentState == SERVICE_RUNNING});
  }
  CloseServiceHandle(manager);
  if (code != ERROR_SUCCESS) return no_answer("services", "EnumServicesStatusEx", code);
  return out;
}

Asked<std::vector<std::string>> processes() {
  HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  if (snapshot == INVALID_HANDLE_VALUE) return no_answer("processes", "CreateToolhelp32Snapshot", GetLastError());
  std::vector<std::string> out;
  PROCESSENTRY32W entry{};
  entry.dwSize = sizeof entry;
  for (BOOL more = Process32FirstW(snapshot, &entry); more; more = Process32NextW(snapshot, &entry))
    out.push_back(narrow(entry.szExeFile));
  CloseHandle(snapshot);
  return out;
}

Asked<std::vector<FoundProduct>> products_here() {
  auto known_services = services();
  if (!known_services) return known_services.why();
  const auto running = processes();
  return found_products(product_table(), *known_services, running ? *running : std::vector<std::string>());
}

}  // namespace kenshin::windows
