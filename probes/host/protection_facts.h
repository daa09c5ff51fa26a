// What protects a terminal or server beside its updates and its antivirus: settings, accounts, logs, sensors, what
// consultations left behind. Facts of kenshin.host-facts/1, the same members there and in kenshin.facts/1. A count that
// is nothing could not be told. No user names, serials, file names or command lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/tls/facts.h"

namespace kenshin {

enum class SoftwareKind { Other, Browser, Runtime, ConsultationClient };
enum class SoftwareUpdates { Unknown, Automatic, Manual, Off };

struct InstalledSoftware {
  std::string id, product, version;  // "edge", "Microsoft Edge", "142.0.1"; JSON key of product: "name"
  SoftwareKind kind = SoftwareKind::Other;
  SoftwareUpdates updates = SoftwareUpdates::Unknown;
  friend bool operator==(const InstalledSoftware&, const InstalledSoftware&) = default;
};
struct SoftwareProducts {
  static constexpr std::string_view name = "software.products";
  std::vector<InstalledSoftware> products;
  friend bool operator==(const SoftwareProducts&, const SoftwareProducts&) = default;
};

enum class FirewallScope { All, Domain, Private, Public };
struct FirewallProfile {
  FirewallScope scope = FirewallScope::All;  // JSON key: "name"
  Answer enabled = Answer::Unknown;
  friend bool operator==(const FirewallProfile&, const FirewallProfile&) = default;
};
struct HostFirewall {
  static constexpr std::string_view name = "firewall";
  std::vector<FirewallProfile> profiles;
  std::string basis;  // "netfw", "nftables" ...
  friend bool operator==(const HostFirewall&, const HostFirewall&) = default;
};

enum class VolumeRole { System, Data, Removable };
enum class VolumeState { Unknown, On, Off, Suspended, Encrypting, Decrypting, Locked };
struct DiskVolume {
  VolumeRole role = VolumeRole::System;
  VolumeState state = VolumeState::Unknown;
  friend bool operator==(const DiskVolume&, const DiskVolume&) = default;
};
struct DiskEncryption {
  static constexpr std::string_view name = "disk.encryption";
  std::vector<DiskVolume> volumes;
  std::string basis;
  friend bool operator==(const DiskEncryption&, const DiskEncryption&) = default;
};

struct ScreenLock {
  static constexpr std::string_view name = "lock.screen";
  Answer enabled = Answer::Unknown;
  std::optional<int> after_seconds;
  Answer password = Answer::Unknown;  // asked to come back
  std::string basis;
  friend bool operator==(const ScreenLock&, const ScreenLock&) = default;
};

struct AutomaticLogin {
  static constexpr std::string_view name = "login.automatic";
  Answer enabled = Answer::Unknown;
  std::string basis;
  friend bool operator==(const AutomaticLogin&, const AutomaticLogin&) = default;
};

struct LocalAccounts {
  static constexpr std::string_view name = "accounts.local";
  std::optional<int> enabled, privileged, stale, blank_password;
  int stale_days = 0;  // "stale": not used for so long
  friend bool operator==(const LocalAccounts&, const LocalAccounts&) = default;
};

enum class LogService { Unknown, Running, Stopped };
struct SystemLogs {
  static constexpr std::string_view name = "logs.system";
  LogService service = LogService::Unknown;
  std::optional<Instant> oldest;  // record that is still there
  std::optional<int> retention_days;
  Answer forwarded = Answer::Unknown;
  Answer writable_by_everyone = Answer::Unknown;
  std::string basis;
  friend bool operator==(const SystemLogs&, const SystemLogs&) = default;
};

struct ClockSync {
  static constexpr std::string_view name = "clock.sync";
  Answer synchronized = Answer::Unknown;
  std::string basis;
  friend bool operator==(const ClockSync&, const ClockSync&) = default;
};

enum class SensorKind { Ids, Edr, Audit };
struct Sensor {
  std::string id, product;  // id of the product table, or ""; JSON key of product: "name"
  SensorKind kind = SensorKind::Ids;
  std::vector<std::string> evidence;  // "process", "service", "package" ...
  Answer active = Answer::Unknown;
  friend bool operator==(const Sensor&, const Sensor&) = default;
};
struct SensorProducts {  // intrusion detection, EDR, audit
  static constexpr std::string_view name = "ids.products";
  std::vector<Sensor> products;
  friend bool operator==(const SensorProducts&, const SensorProducts&) = default;
};

enum class PortProtocol { Tcp, Udp };
enum class ListeningScope { Loopback, Private, Any };
struct ListeningPort {
  PortProtocol protocol = PortProtocol::Tcp;
  int port = 0;
  ListeningScope scope = ListeningScope::Any;
  friend bool operator==(const ListeningPort&, const ListeningPort&) = default;
};
struct ListeningPorts {
  static constexpr std::string_view name = "network.listening";
  std::vector<ListeningPort> ports;
  friend bool operator==(const ListeningPorts&, const ListeningPorts&) = default;
};

struct ResidueFiles {  // counts by pattern, only where the user asked for them
  static constexpr std::string_view name = "residue.files";
  std::optional<int> recordings, downloads, screenshots;
  friend bool operator==(const ResidueFiles&, const ResidueFiles&) = default;
};

struct ResidueFeatures {  // of the system, that keep or copy what was on the screen
  static constexpr std::string_view name = "residue.features";
  Answer recall = Answer::Unknown, downloads_backed_up = Answer::Unknown, game_capture = Answer::Unknown,
         cloud_clipboard = Answer::Unknown, browser_sync = Answer::Unknown;
  friend bool operator==(const ResidueFeatures&, const ResidueFeatures&) = default;
};

struct LastPowerOff {  // the shutdown before the present start: from then until that start the machine was off
  static constexpr std::string_view name = "power.last_off";
  Instant from, to;
  friend bool operator==(const LastPowerOff&, const LastPowerOff&) = default;
};

struct OtherUse {
  static constexpr std::string_view name = "terminal.other_use";
  Answer ehr_client = Answer::Unknown;
  std::optional<int> networks;  // that it is connected to
  friend bool operator==(const OtherUse&, const OtherUse&) = default;
};

}  // namespace kenshin
