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

// What the registry recorded as done to the name, by RFC 9083 10.2.3's words ("transfer", "reregistration").
struct RegistrationEvent {
  std::string action;
  Instant at;
  friend bool operator==(const RegistrationEvent&, const RegistrationEvent&) = default;
};

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
  std::vector<std::string> locks;           // "AgentChangeLocked", "DomainTransferLocked"
  std::optional<std::string> registrar;     // .jp WHOIS names none
  std::optional<std::string> registrar_id;  // IANA Registrar ID
  std::optional<Day> registrar_expires;  // what the registrar itself answers: in the auto renew period the earlier one
  std::vector<RegistrationEvent> events;
  std::vector<std::string> name_servers;
  bool is_signed = false;  // a DS / signing key is registered; JSON: "signed"
  HolderCompared holder_compared = HolderCompared::Unknown;
  std::optional<Instant> answered_at;  // where the answer was kept from an earlier question
  std::string holder_hash;             // "SALT:SHA-256" in hex of the holder's normalised name; empty: none was shown
  friend bool operator==(const Registration&, const Registration&) = default;
};

}  // namespace kenshin
