// System.Volume.BitLockerProtection: 1 on, 2 off, 3 encrypting, 4 decrypting, 5 suspended (the key lies open), 6
// locked. Recalled; anything else is unknown.
#pragma once

#include "probes/host/protection_facts.h"

namespace kenshin::windows {

constexpr VolumeState volume_state(int protection) {
  switch (protection) {
    case 1: return VolumeState::On;
    case 2: return VolumeState::Off;
    case 3: return VolumeState::Encrypting;
    case 4: return VolumeState::Decrypting;
    case 5: return VolumeState::Suspended;
    case 6: return VolumeState::Locked;
    default: return VolumeState::Unknown;
  }
}

}  // namespace kenshin::windows
