// A probe is a function and a row in probes.cpp. It observes and never judges.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probes/facts.h"
#include "probes/session.h"

namespace kenshin {

// What a probe is asked to look at: a declared target, at one address. Endpoints get one call per address.
struct Asked {
  Target target;
  std::string address;                        // IP literal; empty for domains and hosts
  std::string plain_http = {};                // AskedEndpoint::plain_http
  std::vector<AskedEndpoint> endpoints = {};  // of a domain: those declared at its name or below it
  std::string holder = {};  // of a domain: who should hold it; compared with the registry's word, never kept
  bool is_former = false;   // of a domain: declared to be no longer in use
  std::vector<std::string> known_domains = {};  // of a domain: the names of all domains of this run
};

// What may be asked of whom (docs/user-guide.md): 0 look-ups, 1 ordinary handshakes, 2 unusual hellos, 3 weakness
// tests.
enum class PermissionClass { LookUp = 0, Ordinary = 1, Unusual = 2, Weakness = 3 };

// Class 3: somebody has agreed, or the address is of this network.
inline bool may_test_weaknesses(const Asked& asked, const Session& session) {
  return !session.authorized_by.empty() || is_loopback_or_private(asked.address);
}

struct Probe {
  std::string_view name;
  TargetKind looks_at;
  PermissionClass permission;
  std::string_view asks;                     // for --dry-run: the key of its sentence in the wording files
  std::span<const std::string_view> yields;  // the names of the facts it observes, or fails to
  std::vector<Observation> (*observe)(const Asked&, Session&);  // one conversation may answer several questions
};

std::span<const Probe> all_probes();

// Whether the observation is of something an endpoint answered: what lists on this computer say of it is not.
inline bool is_answer(const Observation& observation) {
  return observation.target.kind == TargetKind::Endpoint && observation.fact && observation.name != EndpointPlace::name;
}

}  // namespace kenshin
