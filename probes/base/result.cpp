#include "probes/base/result.h"

namespace kenshin {

std::string_view error_name(Error::Kind kind) {
  switch (kind) {
    case Error::Kind::Timeout: return "timeout";
    case Error::Kind::Refused: return "refused";
    case Error::Kind::Reset: return "reset";
    case Error::Kind::Closed: return "closed";
    case Error::Kind::NotTls: return "not_tls";
    case Error::Kind::Unreachable: return "unreachable";
    case Error::Kind::Malformed: return "malformed";
    case Error::Kind::Denied: return "denied";
    case Error::Kind::Unsupported: return "unsupported";
    case Error::Kind::RateLimited: return "rate_limited";
    case Error::Kind::NotAuthorised: return "not_authorised";
    case Error::Kind::Vantage: return "vantage";
    case Error::Kind::Absent: return "absent";
    case Error::Kind::NotCollected: return "not_collected";
    case Error::Kind::Failed: return "error";
    case Error::Kind::NotAsked: return "not_asked";
  }
  return "not_asked";
}

}  // namespace kenshin
