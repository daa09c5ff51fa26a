// The names a domain's records lead to: what answers for it, takes its mail, and may send in its name.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "probes/domain/dependent_facts.h"
#include "probes/session.h"

namespace kenshin {

struct NamedBy {
  std::string name;
  DependentKind kind{};
  std::string found_in;
  friend auto operator<=>(const NamedBy&, const NamedBy&) = default;
};

struct NamedByRecords {
  std::set<NamedBy> names;
  std::vector<std::string> untold;         // "example.jp MX (timeout: …)"
  std::optional<Error> silent;             // no question was answered
  std::set<std::string> wildcard_aliases;  // where a label of the domain leads that nobody set up
};

// Asks for the domain's own records, and for addresses and HTTPS records of `hosts`, the declared endpoints' names. SPF
// records are followed through ten further names (RFC 7208 4.6.4).
NamedByRecords named_by_records(const std::string& domain, const std::vector<std::string>& hosts, const Session&);

// What an SPF record leads to: include, redirect, a, mx, exists with a name of its own; names with macros are left out.
struct SpfNames {
  std::vector<std::string> followed;  // include and redirect
  std::vector<std::string> others;
};
SpfNames spf_names(std::string_view record);

// The hosts a DMARC record has reports sent to.
std::vector<std::string> dmarc_hosts(std::string_view record);

}  // namespace kenshin
