#include "probes/tls/alert.h"

namespace kenshin {

namespace {
constexpr std::uint8_t close_notify = 0, access_denied = 49, internal_error = 80, user_canceled = 90;
}

Result<Alert> parse_alert(Bytes bytes) {
  Reader in(bytes);
  const std::uint8_t level = in.u8();
  const std::uint8_t description = in.u8();
  if (level != 1 && level != 2) in.fail();
  return in.finish(Alert{level, description});
}

bool is_refusal(Alert alert) {
  return alert.description != close_notify && alert.description != access_denied &&
         alert.description != internal_error && alert.description != user_canceled &&
         alert.description != unrecognized_name;
}

bool is_remark(Alert alert) {
  return alert.level == 1 && alert.description != close_notify && alert.description != user_canceled;
}

}  // namespace kenshin
