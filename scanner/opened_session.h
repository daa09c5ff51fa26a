// The session a command opens: clock, budget, timeouts and doors from its options and the configuration.
#pragma once

#include "probes/session.h"
#include "scanner/options.h"
#include "scanner/program.h"

namespace kenshin {

// Options every probing command has.
inline constexpr Option probing_options[] = {
    {"timeout", Takes::Value, "SECONDS"},   {"source", Takes::Value, "ADDRESS"},
    {"proxy", Takes::Value, "URL"},         {"resolver", Takes::Value, "ADDRESS[:PORT]"},
    {"trust-bundle", Takes::Value, "FILE"}, {"client-certificate", Takes::Value, "FILE"},
    {"client-key", Takes::Value, "FILE"},   {"authorized-by", Takes::Value, "TEXT"},
    {"workers", Takes::Value, "N"},         {"max-rate", Takes::Value, "N"},
    {"gentle", Takes::Nothing, ""},         {"seed", Takes::Value, "N"},
};

struct OpenedSession {
  Session session;
  std::size_t workers = 16;  // as asked for, or fewer where this process may not open as many files
};
// Malformed for a value that cannot be; Absent or Denied for a file that cannot be read. Raises the soft limit of open
// files to the hard one.
Result<OpenedSession> open_session(const Arguments&);

}  // namespace kenshin
