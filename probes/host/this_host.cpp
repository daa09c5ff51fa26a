#include "probes/host/this_host.h"

#include <unistd.h>

#include <algorithm>
#include <iterator>

#include "probes/base/bytes.h"
#include "probes/base/crypto.h"
#include "probes/base/text.h"
#include "probes/host/accounts.h"
#include "probes/host/agents.h"
#include "probes/host/apt_conf.h"
#include "probes/host/clamav.h"
#include "probes/host/disks.h"
#include "probes/host/dpkg_status.h"
#include "probes/host/firewall.h"
#include "probes/host/login.h"
#include "probes/host/logs.h"
#include "probes/host/os_release.h"
#include "probes/host/other_packages.h"
#include "probes/host/pending_updates.h"
#include "probes/host/ports.h"
#include "probes/host/reboot.h"
#include "probes/host/root_files.h"
#include "probes/host/updates.h"

namespace kenshin {

namespace {

constexpr std::chrono::milliseconds clamd_timeout{2000};

// machine-id(5) asks that it be hashed with something of the application's own before it leaves the machine.
std::string hashed_machine_id(const RootFiles& files) {
  const auto id = files.read("/etc/machine-id", 256);
  if (!id || trim(*id).empty()) return {};
  const std::string salted = "kenshin.host-facts/1 host.id " + std::string(trim(*id));
  return sha256_hex(bytes_of(salted));
}

std::string host_name(const RootFiles& files) {
  for (const auto path : {"/proc/sys/kernel/hostname", "/etc/hostname"})
    if (const auto name = files.read(path, 4096); name && !trim(*name).empty()) return one_line(trim(*name), 100);
  return "this-host";
}

Result<UpdatesPending> pending_here(const HostPlace& place, const Result<InstalledPackages>& packages,
                                    const Result<UpdatesLastCheck>& check, Instant now) {
  if (!packages) return packages.error();
  auto pending = pending_updates(place.apt_facts, place.root);
  const bool stale = !check || (check->valid_until && *check->valid_until < now);
  if (pending && stale) pending->security_known = false;  // lists that are too old, or of unknown age, tell nothing
  return pending;
}

Result<UpdatesAuto> auto_here(const RootFiles& files, const Result<InstalledPackages>& packages) {
  if (!packages) return packages.error();
  if (in_container(files)) return Error{Error::Kind::Unsupported, "a container is updated with its image"};
  const auto conf = apt_configuration(files);
  if (!conf) return conf.error();
  return automatic_updates(files, *conf, *packages);
}

Result<AntivirusProducts> antivirus_here(const RootFiles& files, const Result<InstalledPackages>& packages,
                                         const Processes& processes) {
  if (!packages) return packages.error();
  auto found = antivirus_products(files, *packages, clamd_timeout);
  auto others = antivirus_agents(shipped_product_table(), *packages, processes);
  if (others.empty()) return found;
  if (!found && found.error().kind != Error::Kind::NotCollected) return found;
  if (found) others.insert(others.begin(), found->products.begin(), found->products.end());
  return AntivirusProducts{std::move(others)};
}

}  // namespace

std::vector<Observation> look_at_host(const HostPlace& place, std::string_view label, Session& session) {
  const RootFiles files(place.root);
  const Instant now = session.now();
  const std::string name = label.empty() ? host_name(files) : std::string(label);
  const Target target{TargetKind::Host, name, 0};
  const auto packages = installed_packages(files);

  std::vector<Observation> out;
  const auto add = [&]<class F>(Result<F> seen) { out.push_back(observed<F>(target, "", now, 0, std::move(seen))); };
  add(Result<HostCollection>(HostCollection{now, "kenshin host", KENSHIN_VERSION, ::geteuid() == 0, name,
                                            hashed_machine_id(files), in_container(files)}));
  add(os_identity(files));
  const Processes processes = running_processes(files);
  if (!packages && packages.error().kind == Error::Kind::Absent) {
    auto others = facts_of_other_packages(place.root, place.programs, target, now);
    std::move(others.begin(), others.end(), std::back_inserter(out));
  } else {
    const auto check = packages ? last_list_refresh(files) : packages.error();
    add(check);
    add(packages ? last_upgrade(files) : packages.error());
    add(pending_here(place, packages, check, now));
    add(auto_here(files, packages));
    add(packages ? reboot_required(files, *packages) : packages.error());
    add(antivirus_here(files, packages, processes));
    add(packages ? sensors(shipped_product_table(), *packages, processes) : packages.error());
  }
  add(firewall(files, processes));
  add(disk_encryption(files));
  add(screen_lock(files, processes));
  add(automatic_login(files, processes));
  add(local_accounts(files, now));
  add(system_logs(files, processes));
  add(clock_sync(files, processes, place.kernel_clock));
  add(listening_ports(files));
  return out;
}

namespace {
HostPlace this_place() { return {"/", "", kernel_clock_synchronized()}; }
}  // namespace

std::vector<Observation> observe_this_host(const Asked& asked, Session& session) {
  return look_at_host(this_place(), asked.target.name, session);
}

std::vector<Observation> this_host_facts(std::string_view label, Session& session) {
  return look_at_host(this_place(), label, session);
}

}  // namespace kenshin
