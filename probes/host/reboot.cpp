#include "probes/host/reboot.h"

#include <algorithm>
#include <array>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::string_view flag_file = "/run/reboot-required";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "6.1.0-28-cloud-amd64" → "cloud-amd64": the parts that begin with a letter.
std::string flavour(std::string_view release) {
  std::string out;
  for (const auto part : split(release, '-'))
    if (!part.empty() && !is_digit(part.front())) out += (out.empty() ? "" : "-") + std::string(part);
  return out;
}

// The version of the running kernel's package, which Debian writes into /proc/version: "... Debian 6.1.119-1 (2024...".
std::string_view running_version(std::string_view proc_version) {
  constexpr std::string_view before = " Debian ";
  const auto at = proc_version.find(before);
  if (at == std::string_view::npos) return {};
  proc_version.remove_prefix(at + before.size());
  return proc_version.substr(0, proc_version.find(' '));
}

bool newer_kernel_installed(std::string_view running, const InstalledPackages& packages) {
  constexpr std::string_view prefix = "linux-image-";
  return std::any_of(packages.begin(), packages.end(), [&](const auto& package) {
    std::string_view release = package.first;
    if (!release.starts_with(prefix)) return false;
    release.remove_prefix(prefix.size());
    if (release.starts_with("unsigned-")) release.remove_prefix(9);
    return !release.empty() && is_digit(release.front()) && flavour(release) == flavour(running) &&
           version_before(running, release);
  });
}

}  // namespace

bool in_container(const RootFiles& files) {
  for (const auto sign : {"/.dockerenv", "/run/.containerenv", "/run/systemd/container"})
    if (const auto there = files.exists(sign); there && *there) return true;
  const auto groups = files.read("/proc/1/cgroup", 65536);
  if (!groups) return false;
  for (const auto sign : {"/docker", "/kubepods", "/lxc", "/containerd"})
    if (groups->find(sign) != std::string::npos) return true;
  return false;
}

Result<RebootRequired> reboot_required(const RootFiles& files, const InstalledPackages& packages) {
  constexpr std::array<std::string_view, 3> writers = {"unattended-upgrades", "update-notifier-common",
                                                       "reboot-notifier"};
  if (in_container(files)) return Error{Error::Kind::Unsupported, "a container runs the kernel of its host"};
  const auto flagged = files.exists(flag_file);
  if (!flagged) return flagged.error();
  if (*flagged) {
    const auto since = files.changed(flag_file);
    return RebootRequired{true, since ? std::optional(*since) : std::nullopt, "reboot_required_file"};
  }
  const auto release = files.read("/proc/sys/kernel/osrelease", 4096);
  if (!release) return release.error();
  const std::string running(trim(*release));
  auto package = packages.find("linux-image-" + running);
  if (package == packages.end()) package = packages.find("linux-image-unsigned-" + running);
  if (package == packages.end())
    return Error{Error::Kind::Unsupported, "the running kernel " + one_line(running, 60) + " belongs to no package"};
  const auto version = files.read("/proc/version", 4096);
  const std::string_view booted = version ? running_version(*version) : std::string_view{};
  if (newer_kernel_installed(running, packages) || (!booted.empty() && version_before(booted, package->second)))
    return RebootRequired{true, std::nullopt, "kernel_package"};
  const bool written =
      std::any_of(writers.begin(), writers.end(), [&](auto writer) { return packages.find(writer) != packages.end(); });
  if (!written)
    return Error{Error::Kind::NotCollected, "the newest kernel runs, but nothing here notes what else needs a restart"};
  return RebootRequired{false, std::nullopt, "reboot_required_file"};
}

}  // namespace kenshin
