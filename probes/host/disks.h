// Which volumes of a Linux machine are encrypted, by the kernel's own tree of block devices: a mapping of dm-crypt has
// a uuid that begins with CRYPT-. What a disk or a cloud encrypts below the kernel is not seen here.
#pragma once

#include <string_view>
#include <vector>

#include "probes/host/protection_facts.h"
#include "probes/host/root_files.h"

namespace kenshin {

// A mounted file system that lies on a block device: proc_pid_mountinfo(5).
struct MountedVolume {
  std::string number;  // "253:0"
  std::string place, kind, device;
};
// Boot partitions, loop devices and what lies on no block device are left out, except "/".
std::vector<MountedVolume> parse_mountinfo(std::string_view);

// A row per volume, "/" as the system's. Unsupported: a container. NotCollected: no volume was recognised.
Result<DiskEncryption> disk_encryption(const RootFiles&);

}  // namespace kenshin
