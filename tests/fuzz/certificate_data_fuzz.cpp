// Roots, logs, weak keys and distrusted authorities as a user may give them in the place of ours: any bytes are read or
// refused with a reason.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "probes/certificate/keys.h"
#include "probes/certificate/programmes.h"
#include "probes/certificate/timestamps.h"
#include "reports/criteria/distrust.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kenshin;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto roots = load_programmes(text, "input");
  if (!roots && roots.error().detail.empty()) std::abort();
  for (std::size_t i = 0; roots && i < roots->roots.size() && i < 4; ++i) anchor_certificate(roots->roots[i]);
  const auto logs = load_ct_logs(text, "input");
  if (!logs && logs.error().detail.empty()) std::abort();
  const auto weak = load_weak_keys(text, "input");
  if (!weak && weak.error().detail.empty()) std::abort();
  const auto distrust = load_distrust(text, "input");
  if (!distrust && distrust.error().detail.empty()) std::abort();
  for (std::size_t i = 0; distrust && i < distrust->rows.size(); ++i) is_about(distrust->rows[i], {"O=A\\,B+CN=C", ""});
  return 0;
}
