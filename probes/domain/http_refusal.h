// What a server that keeps registrations or certificates means by an HTTP status that is no answer: RFC 9110 15, RFC
// 7480 5.2 to 5.5, and what such servers are seen to do.
#pragma once

#include <optional>
#include <string_view>

#include "probes/net/fetch_url.h"

namespace kenshin {

// RateLimited (429, 422, 503 with a time, 401 and 403 with words of a quota), Denied (401, 403), Absent (404), else
// Malformed. The detail begins with `who` ("RDAP").
Error http_refusal(const HttpReply&, std::string_view who, const std::optional<Instant>& not_before);

}  // namespace kenshin
