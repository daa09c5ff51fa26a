#include "probes/host/updates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <set>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::string_view lists = "/var/lib/apt/lists";
constexpr std::string_view success_stamp = "/var/lib/apt/periodic/update-success-stamp";

int number(std::string_view digits) {
  int value = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc{} && end == digits.data() + digits.size() ? value : -1;
}

// "YYYY-MM-DD  hh:mm:ss" in the machine's own time zone, as apt and dpkg write their logs.
std::optional<Instant> local_time(std::string_view text) {
  text = trim(text);
  if (text.size() < 19) return std::nullopt;
  const auto day = parse_day(text.substr(0, 10));
  const auto clock = split(trim(text.substr(10)).substr(0, 8), ':');
  if (!day || clock.size() != 3) return std::nullopt;
  const int h = number(clock[0]), m = number(clock[1]), s = number(clock[2]);
  if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 60) return std::nullopt;
  const std::chrono::year_month_day date{*day};
  std::tm parts{};
  parts.tm_year = static_cast<int>(date.year()) - 1900;
  parts.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  parts.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
  parts.tm_hour = h, parts.tm_min = m, parts.tm_sec = s, parts.tm_isdst = -1;
  const std::time_t seconds = std::mktime(&parts);
  if (seconds == -1) return std::nullopt;
  return Instant{std::chrono::seconds{seconds}};
}

}  // namespace

bool ReleaseFile::security() const {
  return label == "Debian-Security" || suite.ends_with("-security") || codename.ends_with("-security");
}

Result<Instant> parse_release_date(std::string_view text) {
  constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Error malformed{Error::Kind::Malformed, "not a date of a Release file: " + one_line(text, 60)};
  std::vector<std::string_view> words;
  for (const auto word : split(trim(text), ' '))
    if (!word.empty()) words.push_back(word);
  if (words.size() != 6) return malformed;
  const bool utc = words[5] == "UTC" || words[5] == "GMT" || words[5] == "+0000" || words[5] == "Z";
  const auto month = std::find(months.begin(), months.end(), words[2]);
  const int day = number(words[1]), year = number(words[3]);
  if (!utc || month == months.end() || day < 1 || day > 31 || year < 1970 || year > 9999) return malformed;
  std::string rfc3339 = std::to_string(year) + "-";
  const auto two = [](auto value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  rfc3339 += two(month - months.begin() + 1) + "-" + two(day) + "T" + (words[4].size() == 7 ? "0" : "");
  const auto parsed = parse_instant(rfc3339 + std::string(words[4]) + "Z");
  return parsed ? parsed : Result<Instant>(malformed);
}

ReleaseFile parse_release_file(std::string_view head) {
  ReleaseFile out;
  for (const auto line : lines(head)) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view key = line.substr(0, colon), value = trim(line.substr(colon + 1));
    const auto date = [&]() -> std::optional<Instant> {
      const auto parsed = parse_release_date(value);
      return parsed ? std::optional<Instant>(*parsed) : std::nullopt;
    };
    if (key == "Origin") out.origin = one_line(value);
    else if (key == "Label") out.label = one_line(value);
    else if (key == "Suite") out.suite = one_line(value);
    else if (key == "Codename") out.codename = one_line(value);
    else if (key == "Date") out.date = date();
    else if (key == "Valid-Until") out.valid_until = date();
    else if (key == "MD5Sum" || key == "SHA256") break;
  }
  return out;
}

Result<UpdatesLastCheck> last_list_refresh(const RootFiles& files) {
  const auto names = files.names(lists);
  if (!names) return names.error();
  std::optional<UpdatesLastCheck> security, other;
  std::optional<Error> unreadable;
  for (const auto& name : *names) {
    if (!name.ends_with("_InRelease") && !name.ends_with("_Release")) continue;
    const auto head = files.head(std::string(lists) + "/" + name, 16384);
    if (!head) {
      unreadable = head.error();
      continue;
    }
    const ReleaseFile release = parse_release_file(*head);
    if (!release.date) continue;
    const UpdatesLastCheck check{*release.date, release.valid_until, "inrelease"};
    auto& kept = release.security() ? security : other;
    const bool better = !kept || (release.security() ? check.at < kept->at : check.at > kept->at);
    if (better) kept = check;
  }
  if (!security && unreadable) return *unreadable;
  std::optional<UpdatesLastCheck> best = security ? security : other;
  if (!best) {
    const auto attempt = files.changed(std::string(lists) + "/partial");
    return Error{Error::Kind::Absent, "no package lists" + (attempt ? "; last attempt " + to_text(*attempt) : "")};
  }
  if (const auto stamp = files.changed(success_stamp); stamp && *stamp > best->at)
    best = UpdatesLastCheck{*stamp, best->valid_until, "update_success_stamp"};
  return *best;
}

std::optional<Instant> last_upgrade_in_history(std::string_view log) {
  std::optional<Instant> last;
  bool upgraded = false, failed = false;
  for (const auto line : kenshin::lines(log)) {
    if (line.starts_with("Start-Date:")) upgraded = failed = false;
    else if (line.starts_with("Upgrade:")) upgraded = true;
    else if (line.starts_with("Error:")) failed = true;
    else if (line.starts_with("End-Date:") && upgraded && !failed)
      if (const auto at = local_time(line.substr(9)); at && (!last || *at > *last)) last = at;
  }
  return last;
}

std::optional<Instant> last_upgrade_in_dpkg_log(std::string_view log) {
  std::optional<Instant> last;
  std::set<std::string, std::less<>> begun;  // upgrades that have not ended yet
  for (const auto line : kenshin::lines(log)) {
    const auto words = split(line.substr(0, 512), ' ');
    if (words.size() >= 4 && words[2] == "upgrade" && begun.size() < 10'000) begun.emplace(words[3]);
    if (words.size() < 5 || words[2] != "status" || words[3] != "installed") continue;
    const auto ended = begun.find(words[4]);
    if (ended == begun.end()) continue;
    begun.erase(ended);
    if (const auto at = local_time(line.substr(0, 19)); at && (!last || *at > *last)) last = at;
  }
  return last;
}

Result<UpdatesLastOsUpdate> last_upgrade(const RootFiles& files) {
  struct Log {
    std::string_view path, basis;
    std::optional<Instant> (*last)(std::string_view);
  };
  constexpr std::array<Log, 4> logs = {{{"/var/log/apt/history.log", "apt_history", last_upgrade_in_history},
                                        {"/var/log/apt/history.log.1", "apt_history", last_upgrade_in_history},
                                        {"/var/log/dpkg.log", "dpkg_log", last_upgrade_in_dpkg_log},
                                        {"/var/log/dpkg.log.1", "dpkg_log", last_upgrade_in_dpkg_log}}};
  std::optional<UpdatesLastOsUpdate> best;
  std::optional<Error> unreadable;
  for (const auto& log : logs) {
    const auto text = files.read(log.path, std::size_t{32} << 20);
    if (!text && text.error().kind != Error::Kind::Absent) unreadable = text.error();
    if (!text) continue;
    const auto at = log.last(*text);
    if (at && (!best || *at > best->at)) best = UpdatesLastOsUpdate{*at, "", std::string(log.basis)};
  }
  if (best) return *best;
  if (unreadable) return *unreadable;
  return Error{Error::Kind::NotCollected, "no upgrade in the logs of apt and dpkg; compressed older ones are not read"};
}

namespace {

bool is_on(std::string_view value) { return !value.empty() && value != "0" && lower_ascii(value) != "false"; }

bool any_installed(const InstalledPackages& packages, std::span<const std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](auto name) { return packages.find(name) != packages.end(); });
}

bool names_security(const AptConf& conf) {
  for (const auto list : {"unattended-upgrade::origins-pattern", "unattended-upgrade::allowed-origins"}) {
    const auto at = conf.values.find(std::string_view(list));
    if (at == conf.values.end()) continue;
    for (const auto& pattern : at->second)
      if (lower_ascii(pattern).find("security") != std::string::npos) return true;
  }
  return false;
}

// Whether something starts apt's daily upgrade: systemd's timer, or cron where there is no systemd.
Result<bool> upgrade_is_scheduled(const RootFiles& files) {
  const auto masked = files.exists("/etc/systemd/system/apt-daily-upgrade.timer");
  const auto timer = files.exists("/etc/systemd/system/timers.target.wants/apt-daily-upgrade.timer");
  const auto cron = files.exists("/etc/cron.daily/apt-compat");
  const auto systemd = files.exists("/run/systemd/system");
  for (const auto* answer : {&masked, &timer, &cron, &systemd})
    if (!*answer) return answer->error();
  if (*masked) return Error{Error::Kind::Failed, "apt-daily-upgrade.timer is replaced or masked by this machine's own"};
  return *timer || (*cron && !*systemd);
}

}  // namespace

Result<UpdatesAuto> automatic_updates(const RootFiles& files, const AptConf& conf, const InstalledPackages& packages) {
  constexpr std::array<std::string_view, 5> announcers = {"update-notifier", "update-notifier-common", "apticron",
                                                          "gnome-software", "plasma-discover"};
  constexpr std::array<std::string_view, 2> others = {"cron-apt", "landscape-client"};
  const auto mode = [](std::string_view word) { return UpdatesAuto{std::string(word), std::nullopt, false}; };
  if (!conf.understood) return Error{Error::Kind::Failed, "apt's configuration is not understood"};
  const bool enabled = conf.last("apt::periodic::enable") != "0";
  const bool refreshed = enabled && is_on(conf.last("apt::periodic::update-package-lists"));
  const bool wanted = enabled && is_on(conf.last("apt::periodic::unattended-upgrade"));
  const bool installed = packages.find("unattended-upgrades") != packages.end();
  if (wanted && installed) {
    const auto scheduled = upgrade_is_scheduled(files);
    if (!scheduled) return scheduled.error();
    if (!*scheduled) return mode("off");
    if (!refreshed) return Error{Error::Kind::Failed, "upgrades are automatic, but apt's settings refresh no lists"};
    if (!names_security(conf))
      return Error{Error::Kind::Failed, "upgrades are automatic, but their settings name no security archive"};
    return mode("automatic");
  }
  if (any_installed(packages, others))
    return Error{Error::Kind::NotCollected, "a program whose settings are not read may install updates"};
  return mode(any_installed(packages, announcers) ? "notify" : "off");
}

}  // namespace kenshin
