#include "probes/host/collectors/windows/decoding/known_software.h"

#include <algorithm>
#include <array>

namespace kenshin::windows {

namespace {

constexpr std::array<KnownSoftware, 20> table = {{
    {"edge", "Microsoft Edge", "WebView2", SoftwareKind::Browser},
    {"chrome", "Google Chrome", "", SoftwareKind::Browser},
    {"firefox", "Mozilla Firefox", "", SoftwareKind::Browser},
    {"brave", "Brave", "", SoftwareKind::Browser},
    {"opera", "Opera", "", SoftwareKind::Browser},
    {"vivaldi", "Vivaldi", "", SoftwareKind::Browser},
    {"webview2", "Microsoft Edge WebView2", "", SoftwareKind::Runtime},
    {"java", "Java ", "", SoftwareKind::Runtime},
    {"java", "Eclipse Temurin", "", SoftwareKind::Runtime},
    {"java", "Amazon Corretto", "", SoftwareKind::Runtime},
    {"dotnet", "Microsoft .NET Runtime", "", SoftwareKind::Runtime},
    {"dotnet", "Microsoft Windows Desktop Runtime", "", SoftwareKind::Runtime},
    {"acrobat", "Adobe Acrobat", "", SoftwareKind::Other},
    {"zoom", "Zoom", "Outlook", SoftwareKind::ConsultationClient},
    {"teams", "Microsoft Teams", "Meeting Add-in", SoftwareKind::ConsultationClient},
    {"webex", "Webex", "", SoftwareKind::ConsultationClient},
    {"webex", "Cisco Webex", "", SoftwareKind::ConsultationClient},
    {"skype", "Skype", "", SoftwareKind::ConsultationClient},
    {"line", "LINE", "", SoftwareKind::ConsultationClient},
    {"anydesk", "AnyDesk", "", SoftwareKind::Other},
}};

// Recalled, not asked of their makers: enough for a yes, never for a no.
constexpr std::array<std::string_view, 7> ehr_clients = {"日医標準レセプト", "glclient",  "monsiaj",     "Medicom",
                                                         "HOPE LifeMark",    "SimCLINIC", "ダイナミクス"};

bool begins(std::string_view text, std::string_view beginning) { return text.starts_with(beginning); }

}  // namespace

std::span<const KnownSoftware> known_software() { return table; }

std::vector<InstalledSoftware> worth_telling(const std::vector<InstalledProgram>& programs) {
  std::vector<InstalledSoftware> out;
  for (const auto& known : table)
    for (const auto& program : programs) {
      if (!begins(program.name, known.beginning)) continue;
      if (!known.but_not.empty() && program.name.find(known.but_not) != std::string::npos) continue;
      InstalledSoftware software{std::string(known.id), program.name, program.version, known.kind,
                                 SoftwareUpdates::Unknown};
      if (std::find(out.begin(), out.end(), software) == out.end()) out.push_back(std::move(software));
    }
  return out;
}

Answer has_ehr_client(const std::vector<InstalledProgram>& programs) {
  for (const auto& program : programs)
    for (const auto known : ehr_clients)
      if (begins(program.name, known)) return Answer::Yes;
  return Answer::Unknown;
}

}  // namespace kenshin::windows
