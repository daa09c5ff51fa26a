#include "probes/host/firewall.h"

#include "probes/base/text.h"
#include "probes/host/reboot.h"

namespace kenshin {

namespace {

bool ufw_is_on(const RootFiles& files) {
  const auto conf = files.read("/etc/ufw/ufw.conf");
  if (!conf) return false;
  bool enabled = false;
  for (const auto line : lines(*conf))
    if (const auto setting = lower_ascii(trim(line)); setting.starts_with("enabled="))
      enabled = setting == "enabled=yes";
  const auto wanted = files.exists("/etc/systemd/system/multi-user.target.wants/ufw.service");
  const auto systemd = files.exists("/run/systemd/system");
  return enabled && ((wanted && *wanted) || (systemd && !*systemd));
}

HostFirewall on(std::string_view basis) { return {{{FirewallScope::All, Answer::Yes}}, std::string(basis)}; }

}  // namespace

Result<HostFirewall> firewall(const RootFiles& files, const Processes& processes) {
  if (processes.runs({"firewalld"}) == Answer::Yes) return on("firewalld");
  if (ufw_is_on(files)) return on("ufw");
  if (in_container(files)) return Error{Error::Kind::Unsupported, "a container's packets are filtered by its host"};
  return Error{Error::Kind::Denied, "the rules are readable to root alone; neither firewalld nor ufw is on"};
}

}  // namespace kenshin
