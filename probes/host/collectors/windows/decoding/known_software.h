// Which of the installed programs are worth telling: browsers, runtimes and clients of consultations, by the beginning
// of the name they are registered with. Everything else that is installed is nobody's business.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probes/host/protection_facts.h"

namespace kenshin::windows {

struct InstalledProgram {
  std::string name, version;  // DisplayName, DisplayVersion
};

struct KnownSoftware {
  std::string_view id, beginning, but_not;  // of the registered name
  SoftwareKind kind;
};
std::span<const KnownSoftware> known_software();  // the script of Windows carries a copy

// In the order of the table, each once per version; `updates` stays unknown.
std::vector<InstalledSoftware> worth_telling(const std::vector<InstalledProgram>&);

// Whether one of them is a client of an electronic record or claims system; Unknown where none is, because records kept
// on the web leave no such trace.
Answer has_ehr_client(const std::vector<InstalledProgram>&);

}  // namespace kenshin::windows
