// What Windows Security Center says of a product, decoded. IWscProduct: WSC_SECURITY_PRODUCT_STATE and
// WSC_SECURITY_SIGNATURE_STATUS of the Windows SDK (iwscapi.h). AntiVirusProduct.productState in root\SecurityCenter2
// is not documented; its reading here is what others found (secondary), and the raw number is kept beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "probes/host/facts.h"

namespace kenshin::windows {

struct SecurityProduct {
  std::string name;
  Answer active = Answer::Unknown;  // snoozed, expired and off are no
  SignatureState signature = SignatureState::Unknown;
  std::string basis;  // "wsc", or the raw productState
};

// state: 0 on, 1 off, 2 snoozed, 3 expired. signature: 0 out of date, 1 up to date. Anything else is unknown.
SecurityProduct of_list(std::string name, int state, int signature);

// Bits 0xF000: 0 off, 1 on, 2 snoozed, 3 expired. Bits 0x00F0: 0x00 current, 0x10 out of date.
SecurityProduct of_product_state(std::string name, std::uint32_t product_state);

// What Microsoft Defender says of itself (MSFT_MpComputerStatus).
struct DefenderStatus {
  std::string mode;  // AMRunningMode: "Normal", "Passive Mode", "SxS Passive Mode", "EDR Block Mode", "Not running"
  std::optional<bool> enabled, realtime;
  std::optional<Instant> signatures_at;
};

// Whether it protects: passive, side by side, "EDR Block Mode" and not running do not, whatever else is switched on.
Answer protects(const DefenderStatus&);

}  // namespace kenshin::windows
