#include "probes/certificate/message.h"

namespace kenshin {

Error too_many_certificates() {
  return {Error::Kind::Unsupported, "more than " + std::to_string(most_certificates) + " certificates"};
}

Result<std::vector<Buffer>> parse_certificate_message(Bytes body) {
  Reader in(body);
  Reader list = in.vec24();
  std::vector<Buffer> out;
  while (!list.done()) {
    const Bytes der = list.vec24().rest();
    if (der.empty()) {
      in.fail();
      break;
    }
    if (out.size() == most_certificates) return too_many_certificates();
    out.emplace_back(der.begin(), der.end());
  }
  return in.finish(std::move(out));
}

}  // namespace kenshin
