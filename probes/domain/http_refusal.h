// What a server that keeps registrations or certificates means by an HTTP status that is no answer: RFC 9110 15, RFC
// 7480 5.2 to 5.5, and what such servers are seen to do.
#pragma once

#include <optional>
#include <string_view>

#include "probes/net/fetch_url.h"

namespace kenshin {

// RateLimited (429, 422, 503 with a time, 401, 403 and 404 with words of a refusal), Denied (401, 403), else Malformed.
// Whether a 404 means that the name asked for is absent, its caller knows. The detail begins with `who` ("RDAP").
Error http_refusal(const HttpReply&, std::string_view who, const std::optional<Instant>& not_before);

}  // namespace kenshin
