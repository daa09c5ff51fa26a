// ClamAV on a Linux host: what is installed, how old its signatures are, whether its engine answers and whether it
// looks at files as they are opened. A package, a database or a process alone never counts as active protection.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "probes/facts.h"
#include "probes/host/dpkg_status.h"
#include "probes/host/root_files.h"

namespace kenshin {

// The text that opens a database (.cvd, .cld, .cud), 512 bytes:
// ClamAV-VDB:TIME:VERSION:SIGNATURES:LEVEL:MD5:DSIG:BUILDER:EPOCH.
struct ClamavDatabase {
  int version = 0;
  Instant built;  // from the header; a file's own time says when it was copied
  friend bool operator==(const ClamavDatabase&, const ClamavDatabase&) = default;
};
Result<ClamavDatabase> parse_clamav_header(std::string_view);

// clamd's answer to VERSION: "ClamAV 1.4.6/27900/Sun Nov 22 17:43:19 2026". Without a dated database it names the
// engine alone, and `database` stays empty. The time is the machine's local one.
struct ClamdVersion {
  std::string engine;
  std::optional<ClamavDatabase> database;
};
Result<ClamdVersion> parse_clamd_version(std::string_view);

// The settings of clamd.conf that matter here: "Name value" a line.
struct ClamdConf {
  std::string local_socket, database_directory = "/var/lib/clamav";
  bool on_access_paths = false;  // OnAccessIncludePath or OnAccessMountPath is set
};
ClamdConf parse_clamd_conf(std::string_view);

// One question (PING, VERSION) over clamd's local socket; its answer without the final zero byte. Refused and Absent:
// nobody answers there; Denied: this user may not ask; Timeout.
Result<std::string> ask_clamd(const std::string& socket_path, std::string_view question,
                              std::chrono::milliseconds timeout);

// ClamAV; NotCollected where it is not installed (other products: agents.h).
// active: Yes only after PONG, No where its daemon is installed and does not answer. realtime: Yes only if clamonacc
// runs beside it with paths to watch.
Result<AntivirusProducts> antivirus_products(const RootFiles&, const InstalledPackages&,
                                             std::chrono::milliseconds timeout);

}  // namespace kenshin
