#include "probes/host/collectors/windows/decoding/security_center.h"

#include <cstdio>

namespace kenshin::windows {

namespace {

Answer active_of(std::uint32_t state) {
  if (state == 0) return Answer::Yes;
  return state <= 3 ? Answer::No : Answer::Unknown;
}

}  // namespace

SecurityProduct of_list(std::string name, int state, int signature) {
  SecurityProduct out{std::move(name), state < 0 ? Answer::Unknown : active_of(static_cast<std::uint32_t>(state)),
                      SignatureState::Unknown, "wsc"};
  if (signature == 0) out.signature = SignatureState::Outdated;
  if (signature == 1) out.signature = SignatureState::Current;
  return out;
}

SecurityProduct of_product_state(std::string name, std::uint32_t product_state) {
  const std::uint32_t state = product_state >> 12 & 0xF, signature = product_state & 0xF0;
  char raw[32];
  std::snprintf(raw, sizeof raw, "productState 0x%05x", static_cast<unsigned>(product_state));
  SecurityProduct out{std::move(name), Answer::Unknown, SignatureState::Unknown, raw};
  if (state == 1) out.active = Answer::Yes;
  if (state == 0 || state == 2 || state == 3) out.active = Answer::No;
  if (signature == 0x00) out.signature = SignatureState::Current;
  if (signature == 0x10) out.signature = SignatureState::Outdated;
  return out;
}

Answer protects(const DefenderStatus& status) {
  if (!status.mode.empty() && status.mode != "Normal") return Answer::No;
  if (!status.enabled || !status.realtime) return Answer::Unknown;
  return *status.enabled && *status.realtime ? Answer::Yes : Answer::No;
}

}  // namespace kenshin::windows
