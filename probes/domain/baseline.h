// What was true of the operator's names when somebody accepted it, for later scans to be compared with:
// kenshin.baseline/1 (docs/schema/baseline.json). A holder's name is never in it, only its salted hash.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/result.h"

namespace kenshin {

// The leaf an endpoint at or below the domain showed.
struct BaselineCertificate {
  std::string endpoint;     // target_text()
  std::string spki_sha256;  // of its key, hex
  std::string issuer;       // RFC 4514 text
  friend auto operator<=>(const BaselineCertificate&, const BaselineCertificate&) = default;
};

// Of one domain; members as in Registration. What could not be told is not in it.
struct DeclaredBaseline {
  static constexpr std::string_view name = "declared.baseline";
  Instant taken;  // when the scan it was accepted from was finished
  std::string source, server;
  std::optional<std::string> registrar, registrar_id;
  std::string holder_hash;  // "SALT:SHA-256"; empty: none was shown
  std::optional<Day> created, expires;
  std::vector<std::string> state, locks, name_servers;  // ascending
  bool is_signed = false;                               // JSON: "signed"
  std::vector<BaselineCertificate> certificates;        // ascending
  std::vector<std::string> issuers;                     // organisations a search over certificate logs named; ascending
  std::map<std::string, Day> dependents;                // registry names relied on, with their days of registration
  friend bool operator==(const DeclaredBaseline&, const DeclaredBaseline&) = default;
};

struct Baseline {
  Instant taken;                                    // the latest of its domains
  std::string holder_salt;                          // hex; empty: no holder was shown
  std::map<std::string, DeclaredBaseline> domains;  // by the target's name
  friend bool operator==(const Baseline&, const Baseline&) = default;
};

// Malformed with file and line for anything that is no such document, domains that are no canonical names among them.
Result<Baseline> read_baseline(std::string_view text, std::string_view file_name);
std::string baseline_text(const Baseline&, std::string_view tool_version);

}  // namespace kenshin
