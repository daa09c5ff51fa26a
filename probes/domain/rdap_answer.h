// What an RDAP server answers about one domain name: RFC 9083 5.3, with the status words of RFC 8056 and what servers
// are seen to get wrong. Nothing of a registrant or a contact is read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/base/result.h"
#include "probes/domain/facts.h"

namespace kenshin {

struct RdapAnswer {
  Registration record;               // `server` and the holder's members are not set
  std::vector<std::string> related;  // where the registrar answers for the same name (RFC 9083 4.2), at most four
};

// The object must be a domain of that very name (in canonical form). Malformed where it is another object, or no JSON
// at all, or where the server says that it left part of it out; RateLimited for an error object (RFC 9083 6) of a
// quota. Of each member that is read, what has another type than it should is passed over: it then says nothing. Where
// a date stands twice, the more cautious one counts: the earliest end, the latest beginning.
Result<RdapAnswer> parse_rdap_domain(std::string_view json, std::string_view name);

// Whether it is an error object of the code 404, which no web server says by accident, without words of a refusal.
bool is_rdap_not_found(std::string_view json);
// Whether it is an answer to the question for help (RFC 9083 7): whoever gives it speaks RDAP at that base.
bool is_rdap_help(std::string_view json);

// A status in RDAP's spelling, from that or EPP's ("clientTransferProhibited https://icann.org/epp#..."); "unknown
// state" where it is neither.
std::string rdap_status(std::string_view);

}  // namespace kenshin
