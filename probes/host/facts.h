// What is known of a terminal or server: the facts of kenshin.host-facts/1. A fact that is not `ok` there becomes an
// Error of the observation: absent, denied, error, unsupported, not_collected.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/tls/facts.h"

namespace kenshin {

// Where the facts come from and how good they are. Always present for a host that was read.
struct HostCollection {
  static constexpr std::string_view name = "host.collection";
  Instant collected_at;
  std::string collector, collector_version;
  bool elevated = false;
  std::string label;
  std::string id;
  bool container = false;
  std::string nonce = {};      // copied from the request; empty: none
  std::string signed_by = {};  // SHA-256 of the public key whose signature was found good; empty: none was checked
  friend bool operator==(const HostCollection&, const HostCollection&) = default;
};

struct OsIdentity {
  static constexpr std::string_view name = "os.identity";
  std::string family;             // "windows", "linux", "macos"
  std::string id;                 // os-release ID ("debian"), "windows", "macos"
  std::string version;            // VERSION_ID ("12"), macOS "15.7.1"; empty for Windows
  std::string pretty;             // for people
  std::string edition;            // "Professional", "Home", "Enterprise" ...; empty for Linux
  std::string type;               // "Client", "Server"; empty where unknown
  std::optional<int> build, ubr;  // Windows: 26100, 4349
  std::optional<std::string> kernel;
  friend bool operator==(const OsIdentity&, const OsIdentity&) = default;
};

struct OsExtendedSupport {
  static constexpr std::string_view name = "os.extended_support";
  std::optional<int> commercial_year;  // ESU year that is active, nothing: none
  Answer consumer = Answer::Unknown;
  friend bool operator==(const OsExtendedSupport&, const OsExtendedSupport&) = default;
};

struct UpdatesLastCheck {
  static constexpr std::string_view name = "updates.last_check";
  Instant at;
  std::optional<Instant> valid_until;  // of the signed list (Debian Release file)
  std::string basis;                   // "apt_lists", "wua", "inrelease" ...
  friend bool operator==(const UpdatesLastCheck&, const UpdatesLastCheck&) = default;
};

struct UpdatesLastOsUpdate {  // the last *cumulative* (Windows) or package (Linux) update that succeeded
  static constexpr std::string_view name = "updates.last_os_update";
  Instant at;
  std::string kb;
  std::string basis;
  friend bool operator==(const UpdatesLastOsUpdate&, const UpdatesLastOsUpdate&) = default;
};

struct UpdatesPending {
  static constexpr std::string_view name = "updates.pending";
  int installed = 0;  // packages in the database; 0 means it could not be read, never "up to date"
  int total = 0;
  int security = 0;
  int held = 0;                 // of the total, held back by the owner
  bool security_known = false;  // the source tells security updates from others
  friend bool operator==(const UpdatesPending&, const UpdatesPending&) = default;
};

struct UpdatesAuto {
  static constexpr std::string_view name = "updates.auto";
  std::string mode;  // "automatic", "notify", "off", "managed"
  std::optional<Instant> paused_until;
  bool managed = false;
  friend bool operator==(const UpdatesAuto&, const UpdatesAuto&) = default;
};

struct RebootRequired {
  static constexpr std::string_view name = "reboot.required";
  bool required = false;
  std::optional<Instant> since;
  std::string basis;
  friend bool operator==(const RebootRequired&, const RebootRequired&) = default;
};

enum class SignatureState { Unknown, Current, Outdated, NotApplicable };

struct AntivirusProduct {
  std::string id, product;            // id of the product table, or "" ; JSON key of product: "name"
  std::vector<std::string> evidence;  // "wsc", "service", "process", "socket", "package"
  Answer active = Answer::Unknown;
  Answer realtime = Answer::Unknown;
  SignatureState signature_state = SignatureState::Unknown;
  std::optional<Instant> signature_at;
  std::string signature_basis;
  friend bool operator==(const AntivirusProduct&, const AntivirusProduct&) = default;
};
struct AntivirusProducts {
  static constexpr std::string_view name = "av.products";
  std::vector<AntivirusProduct> products;
  friend bool operator==(const AntivirusProducts&, const AntivirusProducts&) = default;
};

}  // namespace kenshin
