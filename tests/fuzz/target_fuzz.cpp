// Endpoints as typed, proxies and plain pages: what is understood is read back as it was written.
#include <cstdlib>

#include "probes/base/target.h"
#include "probes/net/proxy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kenshin;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto asked = parse_endpoint(text)) {
    const auto again = parse_target(TargetKind::Endpoint, target_text(asked->target));
    if (!again || *again != asked->target) std::abort();
  }
  if (const auto plain = parse_plain_http(text))
    if (const auto again = parse_plain_http(*plain); !again || *again != *plain) std::abort();
  if (const auto proxy = parse_proxy(text); proxy && (proxy->host.empty() || proxy->port == 0)) std::abort();
  return 0;
}
