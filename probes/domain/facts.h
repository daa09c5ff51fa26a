// What the registry says of a domain name. Contact fields are never kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/tls/facts.h"

namespace kenshin {

enum class RegistrationKind { Unknown, General, Organisational, Prefecture, Geographic, Gtld };
enum class HolderCompared { Unknown, Same, Other };

struct Registration {
  static constexpr std::string_view name = "domain.registration";
  Answer registered = Answer::Unknown;  // No only after a positive, repeated "No match!!"
  std::string source;                   // "whois", "rdap"
  std::string server;
  RegistrationKind kind = RegistrationKind::Unknown;
  std::vector<std::string> state;  // RDAP's spelling (RFC 8056), "unknown state" where the word is new
  std::string state_text;          // as answered
  std::optional<Day> created, expires;
  std::optional<Instant> updated;
  std::vector<std::string> locks;        // "AgentChangeLocked", "DomainTransferLocked"
  std::optional<std::string> registrar;  // .jp WHOIS names none
  std::vector<std::string> name_servers;
  bool is_signed = false;  // a DS / signing key is registered; JSON: "signed"
  HolderCompared holder_compared = HolderCompared::Unknown;
  friend bool operator==(const Registration&, const Registration&) = default;
};

}  // namespace kenshin
