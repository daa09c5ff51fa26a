// How a Debian family system keeps itself up to date, as far as anybody may read without root: the signed package
// lists, the logs of the last upgrade, the settings for automatic updates.
#pragma once

#include <optional>
#include <string_view>

#include "probes/facts.h"
#include "probes/host/apt_conf.h"
#include "probes/host/dpkg_status.h"
#include "probes/host/root_files.h"

namespace kenshin {

// The fields of a Release or InRelease file that tell what it is and how fresh (Debian repository format).
struct ReleaseFile {
  std::string origin, label, suite, codename;
  std::optional<Instant> date, valid_until;
  bool security() const;  // by label, suite or codename; never by host name
};
ReleaseFile parse_release_file(std::string_view head);

// The date APT's Release files use: "Sat, 21 Nov 2026 00:53:02 UTC".
Result<Instant> parse_release_date(std::string_view);

// What proves the lists fresh: the signed date of the security archive's list (of several, the oldest; without one, the
// newest of the others), or a later update-success-stamp. An attempt alone proves nothing. Absent: no lists.
Result<UpdatesLastCheck> last_list_refresh(const RootFiles&);

// The last upgrade of any package that ended well, from /var/log/apt/history.log and /var/log/dpkg.log with their first
// rotation. NotCollected where these hold none: older logs are compressed and stay unread.
Result<UpdatesLastOsUpdate> last_upgrade(const RootFiles&);
std::optional<Instant> last_upgrade_in_history(std::string_view apt_history_log);  // local times
std::optional<Instant> last_upgrade_in_dpkg_log(std::string_view dpkg_log);

// "automatic" only where the settings, the package, its timer and an archive with security updates are all there;
// "notify" where updates are only announced; "off" where nothing asks for them. Failed where the settings contradict.
Result<UpdatesAuto> automatic_updates(const RootFiles&, const AptConf&, const InstalledPackages&);

}  // namespace kenshin
