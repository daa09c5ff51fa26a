// What the DNS says and whether that is proven (RFC 4033 to 4035): one validating libunbound context per scan. It asks
// the root servers downwards by itself, so that no resolver on the way is trusted, or forwards to Session::resolver and
// still validates.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "probes/base/result.h"
#include "probes/dns/message.h"
#include "probes/session.h"

namespace kenshin {

struct DnsAnswer {
  DnsFound found = DnsFound::Unknown;
  bool secure = false;                  // proven; "no such name" below an opt-out is not (RFC 5155 6)
  std::string because;                  // why it is bogus
  std::vector<Buffer> data;             // of the type that was asked
  std::vector<std::string> aliases;     // the targets of its CNAMEs, in order; the last is where the answer comes from
  std::optional<Instant> signed_until;  // the earliest end of a signature that came along
};

class Resolver {
 public:
  Resolver();
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // The answers in the questions' order, asked side by side, within Session::timeout and three seconds at the most;
  // from any thread. Errors: Timeout (nothing came), Unreachable (SERVFAIL and other refusals, the code in the detail),
  // Malformed (no name, or the session's settings), Failed. The first question fixes the settings.
  std::vector<Result<DnsAnswer>> ask(const std::vector<DnsQuestion>&, const Session&);
  Result<DnsAnswer> ask(const DnsQuestion&, const Session&);

 private:
  struct Context;
  Result<Context*> opened(const Session&);

  std::mutex opening_;
  std::unique_ptr<Context> context_;
  std::optional<Error> broken_;
};

// "192.0.2.1", "192.0.2.1:5353", "[2001:db8::1]:5353" as libunbound writes it: ADDRESS@PORT.
std::string unbound_address(std::string resolver);

}  // namespace kenshin
