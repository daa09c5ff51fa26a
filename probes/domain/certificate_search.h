// What two public searches over certificate logs answer about a domain: Cert Spotter's issuances and crt.sh's rows. No
// document specifies either; everything in them is foreign text, and of persons nothing is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/base/result.h"
#include "probes/domain/outside_facts.h"

namespace kenshin {

// The question for a domain and the names below it at a base URL. `after`: the last id of the page before.
std::string certspotter_question(std::string_view base, std::string_view domain, std::string_view after);
std::string crtsh_question(std::string_view base, std::string_view domain);

struct CertificatePage {
  std::vector<IssuedCertificate> certificates;  // of the domain or names below it, in the answer's order
  std::string last_id;                          // Cert Spotter's, to go on after; empty: the page holds nothing
};

// Half of an answer is none: Malformed where a row lacks issuer, dates or names, RateLimited or Malformed for an error
// object. Rows for other names are passed over; names that are no DNS names are dropped. At most 5000 rows.
Result<CertificatePage> parse_certspotter(std::string_view json, std::string_view domain);
Result<CertificatePage> parse_crtsh(std::string_view json, std::string_view domain);

// The organisation (O) in a name as one of the searches or RFC 4514 writes it; the whole name where it has none.
std::string organisation_of(std::string_view distinguished_name);

}  // namespace kenshin
