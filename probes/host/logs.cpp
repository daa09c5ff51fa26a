#include "probes/host/logs.h"

#include <sys/timex.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

#include "probes/base/text.h"
#include "probes/host/reboot.h"

namespace kenshin {

namespace {

template <class Number>
std::optional<Number> number(std::string_view digits, int base = 10) {
  Number value{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// systemd.time(7), as far as one number with one unit of a day or more goes.
std::optional<int> days_of(std::string_view text) {
  struct Unit {
    std::string_view name;
    int days;
  };
  constexpr std::array<Unit, 12> units = {{{"d", 1},
                                           {"day", 1},
                                           {"days", 1},
                                           {"w", 7},
                                           {"week", 7},
                                           {"weeks", 7},
                                           {"M", 30},
                                           {"month", 30},
                                           {"months", 30},
                                           {"y", 365},
                                           {"year", 365},
                                           {"years", 365}}};
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto count = number<int>(text.substr(0, digits));
  const auto unit =
      std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.name == trim(text.substr(digits)); });
  if (!count || *count <= 0 || *count > 100'000 || unit == units.end()) return std::nullopt;
  return *count * unit->days;
}

void keep_older(std::optional<Instant>& oldest, std::optional<Instant> at) {
  if (at && (!oldest || *at < *oldest)) oldest = at;
}

std::optional<Instant> oldest_journal(const RootFiles& files) {
  std::optional<Instant> oldest;
  const auto machines = files.names("/var/log/journal");
  if (!machines) return oldest;
  for (const auto& machine : *machines)
    if (const auto journals = files.names("/var/log/journal/" + machine))
      for (const auto& journal : *journals) keep_older(oldest, first_record(journal));
  return oldest;
}

// The last record of the oldest rotated log: there are records at least as old.
std::optional<Instant> oldest_rotated(const RootFiles& files) {
  constexpr std::array<std::string_view, 4> logs = {"syslog", "messages", "auth.log", "secure"};
  std::optional<Instant> oldest;
  const auto names = files.names("/var/log");
  if (!names) return oldest;
  for (const auto& name : *names) {
    const bool rotated = std::any_of(logs.begin(), logs.end(), [&](auto log) {
      return name.size() > log.size() && name.starts_with(log) && (name[log.size()] == '.' || name[log.size()] == '-');
    });
    if (!rotated) continue;
    if (const auto at = files.changed("/var/log/" + name)) keep_older(oldest, *at);
  }
  return oldest;
}

// Where systemd runs its journal would; elsewhere a program whose name is not known here may keep the log.
LogService service_of(const RootFiles& files, const Processes& processes) {
  const auto systemd = files.exists("/run/systemd/system");
  switch (processes.runs({"systemd-journald", "rsyslogd", "syslog-ng", "syslogd"})) {
    case Answer::Yes: return LogService::Running;
    case Answer::No: return systemd && *systemd ? LogService::Stopped : LogService::Unknown;
    default: return LogService::Unknown;
  }
}

Answer forwarded(const RootFiles& files, const Processes& processes) {
  if (const auto upload = files.exists("/etc/systemd/system/multi-user.target.wants/systemd-journal-upload.service");
      upload && *upload)
    return Answer::Yes;
  if (processes.runs({"fluent-bit", "filebeat", "vector", "promtail", "alloy", "td-agent", "fluentd", "splunkd",
                      "otelcol", "amazon-cloudwatch-agent", "google_cloud_ops_agent", "google_osconfig_agent"}) ==
      Answer::Yes)
    return Answer::Yes;
  const auto rsyslog = files.read_with_parts("/etc/rsyslog.conf", "/etc/rsyslog.d", ".conf");
  const bool runs = processes.runs({"rsyslogd"}) == Answer::Yes;
  if (rsyslog && runs && rsyslog_forwards(*rsyslog)) return Answer::Yes;
  const bool others = processes.runs({"syslog-ng", "syslogd"}) != Answer::No;  // their settings are not read
  return rsyslog && processes.all && !others ? Answer::No : Answer::Unknown;
}

Answer writable_by_everyone(const RootFiles& files) {
  if (!files.writable_by_everyone("/var/log")) return Answer::Unknown;
  for (const auto path : {"/var/log", "/var/log/syslog", "/var/log/messages", "/var/log/auth.log", "/var/log/secure",
                          "/var/log/audit", "/var/log/journal"})
    if (const auto open = files.writable_by_everyone(path); open && *open) return Answer::Yes;
  return Answer::No;
}

}  // namespace

JournalConf parse_journald_conf(std::string_view text) {
  JournalConf out;
  for (const auto whole : lines(text)) {
    const auto line = trim(whole);
    if (line.starts_with("Storage=")) out.persistent = line != "Storage=volatile" && line != "Storage=none";
    else if (line.starts_with("MaxRetentionSec=")) out.retention_days = days_of(trim(line.substr(16)));
  }
  return out;
}

std::optional<Instant> first_record(std::string_view name) {
  const auto end = name.find(".journal");
  const auto last = name.rfind('-', end);
  if (!name.starts_with("system@") || end == std::string_view::npos || last == std::string_view::npos)
    return std::nullopt;
  const auto digits = name.substr(last + 1, end - last - 1);
  const auto microseconds = number<std::int64_t>(digits, 16);
  constexpr std::int64_t year_10000 = 253'402'300'800;
  if (digits.size() != 16 || !microseconds || *microseconds <= 0 || *microseconds / 1'000'000 >= year_10000)
    return std::nullopt;
  return Instant{std::chrono::seconds{*microseconds / 1'000'000}};
}

std::optional<int> logrotate_days(std::string_view text) {
  int rotations = 0, period = 0;
  for (const auto whole : lines(text)) {
    const auto line = trim(whole);
    if (line.starts_with("rotate ")) rotations = number<int>(trim(line.substr(7))).value_or(0);
    else if (line == "daily") period = 1;
    else if (line == "weekly") period = 7;
    else if (line == "monthly") period = 30;
  }
  if (rotations <= 0 || rotations > 100'000 || period == 0) return std::nullopt;
  return rotations * period;
}

bool rsyslog_forwards(std::string_view text) {
  for (const auto whole : lines(text)) {
    const auto line = trim(whole.substr(0, whole.find('#')));
    if (line.find("omfwd") != std::string_view::npos || line.find("omrelp") != std::string_view::npos) return true;
    const auto at = line.find('@');
    const bool action = at != std::string_view::npos && at > 0 && (line[at - 1] == ' ' || line[at - 1] == '\t');
    const auto host = action ? line.substr(at + (line.substr(at).starts_with("@@") ? 2 : 1)) : std::string_view{};
    if (!host.empty() && host.front() != ' ' && host.front() != '\t') return true;
  }
  return false;
}

Result<SystemLogs> system_logs(const RootFiles& files, const Processes& processes) {
  if (in_container(files)) return Error{Error::Kind::Unsupported, "a container's log is kept by its host"};
  SystemLogs out;
  out.service = service_of(files, processes);
  out.basis = "syslog";
  const auto settings = files.read_with_parts("/etc/systemd/journald.conf", "/etc/systemd/journald.conf.d", ".conf");
  const JournalConf conf = parse_journald_conf(settings ? *settings : std::string_view{});
  if (processes.runs({"systemd-journald"}) == Answer::Yes) {
    const auto folder = files.exists("/var/log/journal");
    out.basis = folder && *folder && conf.persistent ? "journald" : "journald_volatile";
    out.retention_days = conf.retention_days;
    if (out.basis == "journald") out.oldest = oldest_journal(files);
  }
  if (const auto rotated = oldest_rotated(files)) {
    keep_older(out.oldest, rotated);
    if (out.basis != "journald") out.basis = "syslog";
  }
  if (out.basis == "syslog")
    if (const auto rules = files.read("/etc/logrotate.d/rsyslog")) out.retention_days = logrotate_days(*rules);
  out.forwarded = forwarded(files, processes);
  out.writable_by_everyone = writable_by_everyone(files);
  return out;
}

Answer kernel_clock_synchronized() {
  timex asked{};
  const int state = ::adjtimex(&asked);
  if (state < 0) return Answer::Unknown;
  return state == TIME_ERROR ? Answer::No : Answer::Yes;
}

Result<ClockSync> clock_sync(const RootFiles& files, const Processes& processes, Answer kernel) {
  const auto stamp = files.exists("/run/systemd/timesync/synchronized");
  if (stamp && *stamp) return ClockSync{Answer::Yes, "timesyncd"};
  if (kernel == Answer::Yes) return ClockSync{Answer::Yes, "kernel"};
  if (in_container(files)) return Error{Error::Kind::Unsupported, "a container's clock is its host's"};
  // A virtual machine's tools may set the clock without telling the kernel that it is right.
  const auto tools = processes.runs({"vmtoolsd", "VBoxService"});
  if (kernel == Answer::No && tools == Answer::No) return ClockSync{Answer::No, "kernel"};
  if (processes.runs({"chronyd", "ntpd", "ntpsec", "openntpd", "systemd-timesyncd"}) == Answer::Yes)
    return ClockSync{Answer::Unknown, "process"};
  return Error{Error::Kind::NotCollected, "nothing on this machine tells"};
}

}  // namespace kenshin
