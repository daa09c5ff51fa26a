// The accounts people may log in with on a Linux machine, counted and never named: passwd(5), group(5), lastlog(8).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/host/protection_facts.h"
#include "probes/host/root_files.h"

namespace kenshin {

// root, and those from UID_MIN on, that have a shell.
struct PersonAccount {
  std::string user;
  unsigned number = 0, group = 0;
  bool blank_password = false;  // by passwd itself
};
std::vector<PersonAccount> parse_passwd(std::string_view, unsigned least_number);

// The last login of that user number in /var/log/lastlog: nothing where it has no record.
std::optional<Instant> last_login(std::string_view lastlog_record);

// privileged: user number 0 and the members of sudo, wheel, admin and root; who else sudoers names is root's to read.
// stale: last login over 90 days before `now`, root left out; nothing where none is stale and somebody has no record.
// blank_password: nothing where shadow may not be read and passwd shows none.
Result<LocalAccounts> local_accounts(const RootFiles&, Instant now);

}  // namespace kenshin
