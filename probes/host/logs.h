// How a Linux machine keeps its logs, and whether its clock is right: journald.conf(5), logrotate(8), rsyslog.conf(5),
// the names of archived journals, the kernel's own word on its clock.
#pragma once

#include <optional>
#include <string_view>

#include "probes/host/processes.h"
#include "probes/host/protection_facts.h"

namespace kenshin {

// The settings of journald.conf that matter here.
struct JournalConf {
  bool persistent = true;  // Storage= is neither "volatile" nor "none"
  std::optional<int> retention_days;
};
JournalConf parse_journald_conf(std::string_view);
// The first record of an archived journal, by its name: "system@SEQNUM-ID-REALTIME.journal", microseconds in
// hexadecimal.
std::optional<Instant> first_record(std::string_view journal_name);
// "rotate" times the period of /etc/logrotate.d/rsyslog.
std::optional<int> logrotate_days(std::string_view);
// A line that sends messages to another machine: "*.* @HOST", "@@HOST", omfwd, omrelp.
bool rsyslog_forwards(std::string_view);

// oldest: the first record of the oldest archived journal, or the last one of the oldest rotated log. forwarded: No
// only where all settings were read and no known shipper runs. Unsupported: a container, whose host keeps its log.
Result<SystemLogs> system_logs(const RootFiles&, const Processes&);

// `kernel`: what the kernel says of its clock, Unknown where it was not asked.
Result<ClockSync> clock_sync(const RootFiles&, const Processes&, Answer kernel);
Answer kernel_clock_synchronized();  // adjtimex(2), which changes nothing

}  // namespace kenshin
