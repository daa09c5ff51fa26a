// The head of an HTTP/1.x answer (RFC 9112 2.1), for the few answers that no HTTP library reads: CONNECT and Upgrade.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "probes/net/dialogue.h"

namespace kenshin {

struct HttpHead {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case; foreign text

  const std::string* header(std::string_view name) const;  // the first of that lower-case name, or nullptr
};

// Yes once the head is whole, whatever its status; Wrong where it is no HTTP.
Step hear_http_head(Bytes);
// The head of the final answer, or of 101: interim ones before it are passed over (RFC 9110 15.2), a few of them.
// Errors: those of the dialogue, Malformed.
Result<HttpHead> hear_final_head(Dialogue&);
// The head at the start of the text, up to its empty line. Errors: Malformed.
Result<HttpHead> parse_http_head(std::string_view);

}  // namespace kenshin
