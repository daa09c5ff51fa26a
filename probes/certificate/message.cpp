#include "probes/certificate/message.h"

namespace kenshin {

Result<std::vector<Buffer>> parse_certificate_message(Bytes body) {
  constexpr std::size_t most = 64;
  Reader in(body);
  Reader list = in.vec24();
  std::vector<Buffer> out;
  while (!list.done()) {
    const Bytes der = list.vec24().rest();
    if (der.empty() || out.size() == most) {
      in.fail();
      break;
    }
    out.emplace_back(der.begin(), der.end());
  }
  return in.finish(std::move(out));
}

}  // namespace kenshin
