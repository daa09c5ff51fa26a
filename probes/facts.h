// What a scan remembers of its targets: observations, each a fact or the reason there is none. Saved as
// kenshin.facts/1, one JSON value a line (docs/schema/facts.json); saved facts, a profile and a date are all a judge
// needs.
#pragma once

#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/id.h"
#include "probes/base/result.h"
#include "probes/base/target.h"
#include "probes/certificate/facts.h"
#include "probes/declared.h"
#include "probes/dns/facts.h"
#include "probes/domain/baseline.h"
#include "probes/domain/dependent_facts.h"
#include "probes/domain/facts.h"
#include "probes/domain/outside_facts.h"
#include "probes/host/facts.h"
#include "probes/host/protection_facts.h"
#include "probes/place/facts.h"
#include "probes/tls/facts.h"
#include "probes/web/facts.h"

namespace kenshin {

// To add a kind of fact: its struct in the subject's facts.h, its name here, its members in probes/facts_json.cpp.
using Fact =
    std::variant<TlsVersions, TlsSuites, TlsGroups, TlsSignatureSchemes, TlsKeyExchange, TlsExtensions, TlsSessions,
                 TlsClientCertificate, TlsWeaknesses, TlsTranscript, CertificateChain, CertificateRevocation,
                 CertificateSelection, HttpSecure, HttpPlain, Registration, DomainDns, DomainDelegation,
                 DomainDependents, IssuedCertificates, ArchivedPages, DomainLookalikes, HostCollection, OsIdentity,
                 OsExtendedSupport, UpdatesLastCheck, UpdatesLastOsUpdate, UpdatesPending, UpdatesAuto, RebootRequired,
                 AntivirusProducts, SoftwareProducts, HostFirewall, DiskEncryption, ScreenLock, AutomaticLogin,
                 LocalAccounts, SystemLogs, ClockSync, SensorProducts, ListeningPorts, ResidueFiles, ResidueFeatures,
                 OtherUse, LastPowerOff, DeclaredClinic, DeclaredEndpoint, DeclaredDomain, DeclaredFormerDomain,
                 DeclaredHost, DeclaredDecision, DeclaredDocument, DeclaredWaiver, DeclaredAccepted, DeclaredBaseline,
                 Vantage, EndpointPlace>;

struct Observation {
  ObservationId id;  // given by whoever stores it; empty until then
  Target target;
  std::string address;  // the address that was asked; empty where none was
  std::string name;     // the fact's name ("tls.suites"), also when it failed; JSON key: "probe"
  Instant at;
  int connections = 0;  // that this observation took
  Result<Fact> fact = Error{};
  friend bool operator==(const Observation&, const Observation&) = default;
};

// An observation of fact F, or of its failure.
template <class F>
Observation observed(Target target, std::string address, Instant at, int connections, Result<F> seen) {
  Observation out{{}, std::move(target), std::move(address), std::string(F::name), at, connections, Error{}};
  if (seen) out.fact = Fact(std::move(*seen));
  else out.fact = seen.error();
  return out;
}

// The fact F of an observation named F::name; nullptr where it failed.
template <class F>
const F* fact_of(const Observation& observation) {
  return observation.fact ? std::get_if<F>(&*observation.fact) : nullptr;
}

class Facts {
 public:
  // Stores it; an empty id becomes "oN". An observation equal in id to one that is there replaces nothing: ids are
  // unique.
  const Observation& add(Observation);

  // Every observation of F for the target (one per address asked), in the order they were made. Empty: never asked.
  template <class F>
  std::vector<const Observation*> of(const Target& target) const {
    return named(target, F::name);
  }
  // The single fact F of the target, or nullptr: for what is declared once.
  template <class F>
  const F* one(const Target& target) const {
    for (const Observation* o : named(target, F::name))
      if (const F* fact = fact_of<F>(*o)) return fact;
    return nullptr;
  }
  std::vector<const Observation*> named(const Target&, std::string_view name) const;
  std::vector<Target> targets() const;  // ascending
  const std::vector<Observation>& all() const { return observations_; }

  std::string tool_version;  // of the kenshin that observed
  Instant started{};
  std::optional<Instant> finished;  // nothing: the run was cut short
  Instant last_seen() const;        // finished, else the latest observation

 private:
  std::vector<Observation> observations_;
  std::map<Target, std::vector<std::size_t>> by_target_;
};

// One line of facts.jsonl, without the line end.
std::string header_line(std::string_view tool_version, Instant started);
std::string observation_line(const Observation&);
std::string finished_line(Instant);

// Reads facts.jsonl. A last line that was cut short is dropped; anything else unreadable is an error naming file and
// line.
Result<Facts> read_facts(std::string_view text, std::string_view file_name);

}  // namespace kenshin
