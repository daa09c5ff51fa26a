#include "probes/host/collectors/windows/decoding/windows_version.h"

#include <array>
#include <utility>

namespace kenshin::windows {

namespace {

constexpr std::array<std::pair<int, std::string_view>, 6> servers = {
    {{26100, "2025"}, {20348, "2022"}, {17763, "2019"}, {14393, "2016"}, {9600, "2012 R2"}, {9200, "2012"}}};

std::string family_of(int build, std::string_view type) {
  if (type == "Server") {
    for (const auto& [known, year] : servers)
      if (known == build) return "Windows Server " + std::string(year);
    return "Windows Server";
  }
  if (build >= 22000) return "Windows 11";
  if (build >= 10240) return "Windows 10";
  return build == 9600 ? "Windows 8.1" : "Windows";
}

}  // namespace

std::string installation_type(std::string_view registered) {
  if (registered == "Client") return "Client";
  return registered.starts_with("Server") || registered == "Nano Server" ? "Server" : "";
}

std::string pretty_name(const OsIdentity& os, std::string_view display_version) {
  std::string out = family_of(os.build.value_or(0), os.type);
  if (!display_version.empty()) out += " " + std::string(display_version);
  if (!os.edition.empty()) out += " " + os.edition;
  if (os.build) out += " (" + std::to_string(*os.build) + (os.ubr ? "." + std::to_string(*os.ubr) : "") + ")";
  return out;
}

}  // namespace kenshin::windows
