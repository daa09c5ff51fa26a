#include "probes/host/login.h"

#include <array>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::array<std::string_view, 5> managers = {"gdm", "gdm3", "lightdm", "sddm", "lxdm"};

std::string_view display_manager(const RootFiles& files, const Processes& processes) {
  for (const auto name : managers) {
    if (processes.runs({name}) == Answer::Yes) return name;
    for (const auto folder : {"/usr/sbin/", "/usr/bin/"})
      if (const auto there = files.exists(folder + std::string(name)); there && *there) return name;
  }
  return {};
}

bool is_true(std::string_view value) { return lower_ascii(value) == "true" || value == "1"; }

// Error: a file of settings that is there could not be read.
Result<bool> manager_logs_in(const RootFiles& files) {
  for (const auto path : {"/etc/gdm3/daemon.conf", "/etc/gdm3/custom.conf", "/etc/gdm/custom.conf"}) {
    const auto text = files.read(path);
    if (!text && text.error().kind != Error::Kind::Absent) return text.error();
    if (text && (is_true(ini_value(*text, "daemon", "AutomaticLoginEnable")) ||
                 is_true(ini_value(*text, "daemon", "TimedLoginEnable"))))
      return true;
  }
  const auto lightdm = files.read_with_parts("/etc/lightdm/lightdm.conf", "/etc/lightdm/lightdm.conf.d", ".conf");
  if (!lightdm) return lightdm.error();
  const auto sddm = files.read_with_parts("/etc/sddm.conf", "/etc/sddm.conf.d", ".conf");
  if (!sddm) return sddm.error();
  return !ini_value(*lightdm, "", "autologin-user").empty() || !ini_value(*sddm, "Autologin", "User").empty();
}

bool console_logs_in(const RootFiles& files) {
  const auto units = files.names("/etc/systemd/system");
  if (!units) return false;
  for (const auto& unit : *units) {
    if (unit.find("getty@") == std::string::npos || !unit.ends_with(".service.d")) continue;
    const auto text = files.parts("/etc/systemd/system/" + unit, ".conf");
    if (!text) continue;
    const auto command = ini_value(*text, "Service", "ExecStart");
    if (command.find("--autologin") != std::string::npos || command.find(" -a ") != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::string ini_value(std::string_view text, std::string_view section, std::string_view key) {
  std::string_view within, value;
  for (const auto whole : lines(text)) {
    const auto line = trim(whole);
    if (line.starts_with('[') && line.ends_with(']')) within = line.substr(1, line.size() - 2);
    const auto equals = line.find('=');
    if (equals == std::string_view::npos || (!section.empty() && within != section)) continue;
    if (trim(line.substr(0, equals)) == key) value = trim(line.substr(equals + 1));
  }
  return std::string(value);
}

Result<AutomaticLogin> automatic_login(const RootFiles& files, const Processes& processes) {
  if (console_logs_in(files)) return AutomaticLogin{Answer::Yes, "getty"};
  const auto manager = display_manager(files, processes);
  if (manager.empty()) return Error{Error::Kind::Unsupported, "no display manager here"};
  const auto enabled = manager_logs_in(files);
  if (!enabled) return enabled.error();
  if (*enabled) return AutomaticLogin{Answer::Yes, "display_manager"};
  return AutomaticLogin{manager == "lxdm" ? Answer::Unknown : Answer::No, "display_manager"};
}

Result<ScreenLock> screen_lock(const RootFiles& files, const Processes& processes) {
  if (display_manager(files, processes).empty()) return Error{Error::Kind::Unsupported, "no display manager here"};
  return Error{Error::Kind::NotCollected, "each user's own setting"};
}

}  // namespace kenshin
