// What sources outside the registries and the DNS say of a domain, where the configuration switched them on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/dns/records.h"

namespace kenshin {

// A certificate as a search over the public logs lists it (RFC 6962): nobody showed it to us.
struct IssuedCertificate {
  std::string issuer;  // its name as the source writes it
  Instant not_before, not_after;
  std::vector<std::string> names;  // DNS names alone, the first ten
  int more_names = 0;
  friend bool operator==(const IssuedCertificate&, const IssuedCertificate&) = default;
};

// Unexpired certificates for the domain and names below it.
struct IssuedCertificates {
  static constexpr std::string_view name = "domain.issued_certificates";
  std::string source;                           // "certspotter", "crtsh"
  std::string server;                           // its base URL
  std::string because;                          // why there may be more; empty: these are all it knows
  std::vector<IssuedCertificate> certificates;  // ascending by not_before
  friend bool operator==(const IssuedCertificates&, const IssuedCertificates&) = default;
};

// Contents of a site's first page that an archive fetched; equal ones that follow each other count once.
struct ArchivedPage {
  Instant at;
  int status = 0;      // 0: the archive keeps none
  std::string digest;  // of the contents
  friend bool operator==(const ArchivedPage&, const ArchivedPage&) = default;
};

struct ArchivedPages {
  static constexpr std::string_view name = "domain.archived_pages";
  std::string server;
  std::optional<Instant> first, last;
  std::vector<ArchivedPage> pages;  // ascending, the latest 500
  bool is_cut = false;              // there were earlier ones; JSON: "cut"
  friend bool operator==(const ArchivedPages&, const ArchivedPages&) = default;
};

// A name that is easily mistaken for the domain.
struct Lookalike {
  std::string name;
  DnsFound resolves = DnsFound::Unknown;  // its addresses
  DnsFound mail = DnsFound::Unknown;      // servers that take mail: "MX 0 ." is none
  friend bool operator==(const Lookalike&, const Lookalike&) = default;
};

struct DomainLookalikes {
  static constexpr std::string_view name = "domain.lookalikes";
  int asked = 0;                    // names
  std::vector<Lookalike> live;      // with an address or with mail; those with mail first, at most twenty
  int more = 0;                     // live ones that were left out
  std::vector<std::string> untold;  // at most twenty names, each with why
  friend bool operator==(const DomainLookalikes&, const DomainLookalikes&) = default;
};

}  // namespace kenshin
