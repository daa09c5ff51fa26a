// The names a domain's records and pages trust, and what the DNS and the registries say of each.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/dns/records.h"
#include "probes/domain/facts.h"

namespace kenshin {

enum class DependentKind { Ns, Mx, Cname, Srv, Spf, Dmarc, Https, Script, Form, Frame, Link };

struct Dependent {
  std::string name;
  DependentKind kind = DependentKind::Link;
  std::string found_in;                      // "example.jp MX", or the page's URL
  std::string registry_name;                 // empty: none, or the domain's own
  DnsFound resolves = DnsFound::Unknown;     // its addresses
  std::string because;                       // why that is not known: "timeout: …", "unreachable: … (SERVFAIL)"
  std::string provider;                      // of takeover-fingerprints.json; empty: none matches
  Answer claimable = Answer::NotApplicable;  // the name shows what a free one shows at that provider
  std::string claimable_because;
  friend bool operator==(const Dependent&, const Dependent&) = default;
};

// What the registry says of one registry name.
struct RegistryWord {
  Answer registered = Answer::Unknown;
  RegistrationKind kind = RegistrationKind::Unknown;
  std::vector<std::string> state;
  std::optional<Day> created, expires;
  std::string because;  // why nothing is known: the error, "well known", "too many"
  friend bool operator==(const RegistryWord&, const RegistryWord&) = default;
};

struct PageRead {
  std::string url;
  int references = 0;   // to other hosts
  std::string because;  // why it could not be read, or not to its end
  friend bool operator==(const PageRead&, const PageRead&) = default;
};

struct DomainDependents {
  static constexpr std::string_view name = "domain.dependents";
  std::vector<Dependent> dependents;             // ascending, each once
  std::map<std::string, RegistryWord> registry;  // by registry name
  std::vector<PageRead> pages;
  std::vector<std::string> untold;  // questions that could not be answered: more may depend on others
  friend bool operator==(const DomainDependents&, const DomainDependents&) = default;
};

}  // namespace kenshin
