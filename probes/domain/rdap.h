// Asking an RDAP server: RFC 7480 over https with a verified certificate, RFC 9082 3.1.3. What refuses, breaks off or
// talks of something else is never an answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "probes/domain/rdap_answer.h"
#include "probes/session.h"

namespace kenshin {

struct RdapSaid {
  Result<RdapAnswer> answer;
  bool speaks_rdap = false;           // of the error Absent: the server said "not found" in RDAP's own form
  std::optional<Instant> not_before;  // the server asked not to be asked again before (RFC 7480 5.5)
};

// The question for a name at a base: "BASEdomain/NAME".
std::string rdap_question(std::string_view base, std::string_view name);

// Asks that URL. `base` is the authority that named it: unless it stands on loopback, only https is spoken and no
// address of this network is asked, and three redirects are followed under the same rule. At most 1 MiB, all within
// session.timeout. Errors: those of fetch_url, RateLimited (429, 422, 503 with a time, words of a quota), Denied (401,
// 403), Absent (404), Malformed (anything else that is no such domain object).
RdapSaid ask_rdap(const std::string& url, std::string_view base, std::string_view name, const Session&);

// Whether somebody speaks RDAP at that base at all (RFC 9082 3.1.6): a 404 from elsewhere says nothing of a name.
Result<Done> ask_rdap_help(const std::string& base, const Session&);

// The value of Retry-After (RFC 9110 10.2.3): seconds from `now`, or a date.
std::optional<Instant> retry_after(std::string_view value, Instant now);

}  // namespace kenshin
