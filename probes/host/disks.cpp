#include "probes/host/disks.h"

#include <algorithm>
#include <set>

#include "probes/base/text.h"
#include "probes/host/reboot.h"

namespace kenshin {

namespace {

constexpr std::size_t volume_limit = 100;
constexpr int deepest = 8;

bool boots(std::string_view place) {
  return place == "/boot" || place.starts_with("/boot/") || place == "/efi" || place.starts_with("/snap/");
}

std::string one_word(const Result<std::string>& text) { return text ? std::string(trim(*text)) : std::string(); }

// "off" is told only where a physical device was reached.
VolumeState state_of(const RootFiles& files, const std::string& number, int depth) {
  const std::string device = "/sys/dev/block/" + number;
  if (number.empty() || depth > deepest || !files.names(device)) return VolumeState::Unknown;
  const std::string mapping = one_word(files.read(device + "/dm/uuid", 4096));
  // dm-verity and dm-integrity carry such a name too, and hide nothing.
  const bool checks_only = mapping.starts_with("CRYPT-VERITY") || mapping.starts_with("CRYPT-INTEGRITY");
  if (mapping.starts_with("CRYPT-") && !checks_only) return VolumeState::On;
  const auto slaves = files.names(device + "/slaves");
  if (!slaves || slaves->empty()) return VolumeState::Off;
  VolumeState worst = VolumeState::On;
  for (const auto& slave : *slaves) {
    const auto state = state_of(files, one_word(files.read(device + "/slaves/" + slave + "/dev", 64)), depth + 1);
    if (state == VolumeState::Off || worst == VolumeState::On) worst = state;
  }
  return worst;
}

bool removable(const RootFiles& files, const std::string& number) {
  for (const auto flag : {"/removable", "/../removable"})  // a partition's disk says it
    if (one_word(files.read("/sys/dev/block/" + number + flag, 64)) == "1") return true;
  return false;
}

// File systems of several devices have a number of their own; the device they name has the block device's.
std::string block_number(const RootFiles& files, const MountedVolume& volume) {
  if (!volume.number.starts_with("0:")) return volume.number;
  if (!volume.device.starts_with("/dev/")) return {};
  const auto name = volume.device.substr(volume.device.rfind('/') + 1);
  if (const auto plain = one_word(files.read("/sys/class/block/" + name + "/dev", 64)); !plain.empty()) return plain;
  const auto devices = files.names("/sys/class/block");  // /dev/mapper/NAME
  if (!devices) return {};
  for (const auto& device : *devices)
    if (one_word(files.read("/sys/class/block/" + device + "/dm/name", 4096)) == name)
      return one_word(files.read("/sys/class/block/" + device + "/dev", 64));
  return {};
}

}  // namespace

std::vector<MountedVolume> parse_mountinfo(std::string_view text) {
  std::vector<MountedVolume> out;
  for (const auto line : lines(text)) {
    if (out.size() == volume_limit) break;
    const auto words = split(line.substr(0, 8192), ' ');
    const auto dash = std::find(words.begin(), words.end(), "-");
    if (dash - words.begin() < 6 || words.end() - dash < 3) continue;
    const std::string_view place = words[4], kind = dash[1], device = dash[2];
    const bool on_disk = device.starts_with("/dev/") && !device.starts_with("/dev/loop");
    if (boots(place) || kind == "squashfs" || kind == "iso9660" || (!on_disk && kind != "zfs" && place != "/"))
      continue;
    out.push_back({std::string(words[2]), std::string(place), std::string(kind), std::string(device)});
  }
  return out;
}

Result<DiskEncryption> disk_encryption(const RootFiles& files) {
  if (in_container(files)) return Error{Error::Kind::Unsupported, "a container's disks are its host's"};
  const auto text = files.read("/proc/self/mountinfo", std::size_t{4} << 20);
  if (!text) return text.error();
  DiskEncryption out{{}, "dm_crypt"};
  std::set<std::pair<std::string, VolumeRole>> seen;
  for (const auto& volume : parse_mountinfo(*text)) {
    const std::string number = block_number(files, volume);
    VolumeRole role = volume.place == "/" ? VolumeRole::System : VolumeRole::Data;
    if (!number.empty() && removable(files, number)) role = VolumeRole::Removable;
    if (!number.empty() && !seen.emplace(number, role).second) continue;
    out.volumes.push_back({role, state_of(files, number, 0)});
  }
  if (out.volumes.empty()) return Error{Error::Kind::NotCollected, "no volume of this machine was recognised"};
  return out;
}

}  // namespace kenshin
