// Which RDAP server is the authority for a top-level domain: IANA's table (RFC 9224 3, 4), of which we ship only the
// rows that have a source. A domain that is not in it has no RDAP as far as kenshin knows, which is no error.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/data_files.h"

namespace kenshin {

struct RdapService {
  std::vector<std::string> suffixes;  // lower case, A-labels: "com"
  std::string base;                   // its first https URL; ends in a slash
};

struct RdapBootstrap {
  std::string edition;
  std::optional<Day> as_of;
  std::string source, mark;
  std::vector<RdapService> services;
};

// rdap-bootstrap.json, or IANA's own file as it is: then edition and day are those of its publication. Malformed for a
// base that is not https (http on loopback alone) or has no final slash, for a suffix that is none or stands twice, and
// for a table without a date.
Result<RdapBootstrap> load_rdap_bootstrap(std::string_view text, std::string_view file_name);
Result<RdapBootstrap> read_rdap_bootstrap(const DataFiles&);
const RdapBootstrap& shipped_rdap_bootstrap();

// The base of the longest suffix of the name that the table lists (RFC 9224 4); nothing where it lists none.
std::optional<std::string> rdap_base(const RdapBootstrap&, std::string_view name);

// What may be asked as an RDAP base: "https://HOST[:PORT]/PATH/", or the same with http where HOST is on loopback.
bool is_rdap_base(std::string_view url);
// Whether its host is an address of loopback or "localhost".
bool is_on_loopback(std::string_view url);

}  // namespace kenshin
