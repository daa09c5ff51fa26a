// The session a command opens: clock, budget, timeouts and doors from its options and the configuration.
#pragma once

#include "probes/session.h"
#include "scanner/options.h"
#include "scanner/program.h"

namespace kenshin {

// Options every probing command has: --timeout --source --trust-bundle --workers.
inline constexpr Option probing_options[] = {
    {"timeout", Takes::Value, "SECONDS"},
    {"source", Takes::Value, "ADDRESS"},
    {"trust-bundle", Takes::Value, "FILE"},
    {"workers", Takes::Value, "N"},
};

struct OpenedSession {
  Session session;
  std::size_t workers = 16;
};
Result<OpenedSession> open_session(const Arguments&);

}  // namespace kenshin
