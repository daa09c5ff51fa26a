// What protects a Linux machine beside its updates, on root folders of our own making.
#include <gtest/gtest.h>

#include "probes/host/accounts.h"
#include "probes/host/disks.h"
#include "probes/host/firewall.h"
#include "probes/host/login.h"
#include "probes/host/logs.h"
#include "probes/host/ports.h"
#include "tests/probes/host/temporary_root.h"

namespace kenshin {
namespace {

// A machine where process 1 is seen, and these run.
struct Machine {
  TemporaryRoot root;
  explicit Machine(const std::vector<std::string>& processes = {}) {
    root.write("/proc/1/comm", "systemd\n");
    int number = 100;
    for (const auto& name : processes) root.write("/proc/" + std::to_string(++number) + "/comm", name + "\n");
  }
  RootFiles files() const { return RootFiles(root.path()); }
  Processes processes() const { return running_processes(files()); }
};

Error::Kind kind(const Error& error) { return error.kind; }

TEST(Processes, AreNotDeniedWhereOthersMayBeHidden) {
  Machine machine({"rsyslogd"});
  EXPECT_EQ(machine.processes().runs({"chronyd", "rsyslogd"}), Answer::Yes);
  EXPECT_EQ(machine.processes().runs({"chronyd"}), Answer::No);
  std::filesystem::remove_all(machine.root.path("/proc/1"));
  EXPECT_EQ(machine.processes().runs({"chronyd"}), Answer::Unknown);
}

TEST(LinuxFirewall, IsOnByWhoKeepsItAndElseNotTold) {
  const auto of = [](const Machine& m) { return firewall(m.files(), m.processes()); };
  EXPECT_EQ(of(Machine({"firewalld"}))->basis, "firewalld");
  Machine ufw;
  ufw.root.write("/etc/ufw/ufw.conf", "# ufw\nENABLED=yes\nLOGLEVEL=low\n").write("/run/systemd/system/.keep", "");
  EXPECT_EQ(kind(of(ufw).error()), Error::Kind::Denied) << "switched on, and nothing starts it";
  ufw.root.write("/etc/systemd/system/multi-user.target.wants/ufw.service", "");
  EXPECT_EQ(of(ufw)->profiles, (std::vector<FirewallProfile>{{FirewallScope::All, Answer::Yes}}));
  ufw.root.write("/etc/ufw/ufw.conf", "ENABLED=no\n");
  EXPECT_EQ(kind(of(ufw).error()), Error::Kind::Denied);
  Machine contained;
  contained.root.write("/.dockerenv", "");
  EXPECT_EQ(kind(of(contained).error()), Error::Kind::Unsupported);
}

// "/" on a logical volume within LUKS, data on a bare partition, a stick.
struct Disks : Machine {
  Disks() {
    root.write("/proc/self/mountinfo",
               "25 1 253:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw\n"
               "26 25 8:1 / /boot rw shared:2 - ext4 /dev/sda1 rw\n"
               "27 25 0:21 / /proc rw - proc proc rw\n"
               "28 25 8:17 / /srv rw shared:3 - xfs /dev/sdb1 rw\n"
               "29 25 8:17 / /srv/again rw shared:3 - xfs /dev/sdb1 rw\n"
               "30 25 8:33 / /media/stick rw - vfat /dev/sdc1 rw\n");
    device("253:1", "LVM-abc").write("/sys/dev/block/253:1/slaves/dm-0/dev", "253:0\n");
    device("253:0", "CRYPT-LUKS2-0123-crypt").write("/sys/dev/block/253:0/slaves/sda2/dev", "8:2\n");
    device("8:2", "");
    device("8:17", "");
    device("8:33", "").write("/sys/dev/block/8:33/removable", "1\n");
  }
  TemporaryRoot& device(const std::string& number, const std::string& uuid) {
    root.write("/sys/dev/block/" + number + "/dev", number + "\n");
    if (!uuid.empty()) root.write("/sys/dev/block/" + number + "/dm/uuid", uuid + "\n");
    return root;
  }
};

TEST(DiskEncryption, FollowsEveryVolumeDownToItsDisk) {
  const auto seen = disk_encryption(Disks().files());
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->volumes, (std::vector<DiskVolume>{{VolumeRole::System, VolumeState::On},
                                                    {VolumeRole::Data, VolumeState::Off},
                                                    {VolumeRole::Removable, VolumeState::Off}}));
}

TEST(DiskEncryption, OnePlainDiskBelowAVolumeIsEnoughForOff) {
  Disks striped;
  striped.root.write("/sys/dev/block/253:1/slaves/sdd/dev", "8:48\n");
  striped.device("8:48", "");
  EXPECT_EQ(disk_encryption(striped.files())->volumes[0].state, VolumeState::Off);
}

TEST(DiskEncryption, WhatIsNotSeenIsUnknown) {
  Machine bare;
  EXPECT_EQ(kind(disk_encryption(bare.files()).error()), Error::Kind::Absent);
  bare.root.write("/proc/self/mountinfo", "25 1 0:30 / / rw - zfs tank/root rw\nnonsense\n1 2 3 4 5 6 -\n");
  EXPECT_EQ(disk_encryption(bare.files())->volumes,
            (std::vector<DiskVolume>{{VolumeRole::System, VolumeState::Unknown}}));
  bare.root.write("/proc/self/mountinfo", "27 25 0:21 / /proc rw - proc proc rw\n");
  EXPECT_EQ(kind(disk_encryption(bare.files()).error()), Error::Kind::NotCollected);
}

TEST(DiskEncryption, FindsTheDeviceOfAFileSystemWithItsOwnNumber) {
  Disks btrfs;
  btrfs.root.write("/proc/self/mountinfo", "25 1 0:30 /@ / rw - btrfs /dev/mapper/cryptroot rw\n");
  btrfs.root.write("/sys/class/block/dm-0/dev", "253:0\n").write("/sys/class/block/dm-0/dm/name", "cryptroot\n");
  EXPECT_EQ(disk_encryption(btrfs.files())->volumes, (std::vector<DiskVolume>{{VolumeRole::System, VolumeState::On}}));
}

constexpr std::string_view passwd =
    "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/:/usr/sbin/nologin\nward:x:1000:1000::/home/ward:/bin/bash\n"
    "nurse:x:1001:1001::/home/nurse:/bin/zsh\nold:x:1002:27::/home/old:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n"
    "robot:x:1003:1003::/:/bin/false\nbroken line\n";

std::string record(std::string_view at) {
  std::string out(292, '\0');
  const auto seconds = static_cast<std::uint32_t>(instant(at).time_since_epoch().count());
  out.replace(0, 4, reinterpret_cast<const char*>(&seconds), 4);
  return out;
}

struct Accounts : Machine {
  Accounts() {
    root.write("/etc/passwd", passwd).write("/etc/group", "root:x:0:\nsudo:x:27:nurse\nusers:x:100:ward\n");
  }
  Accounts& logins(const std::string& ward, const std::string& nurse, const std::string& old) {
    root.write("/var/log/lastlog", std::string(292 * 1000, '\0') + ward + nurse + old);
    return *this;
  }
  LocalAccounts seen() const { return *local_accounts(files(), instant("2026-11-22T00:00:00Z")); }
};

TEST(LocalAccounts, AreCountedByShellAndGroup) {
  const auto seen = Accounts().seen();
  EXPECT_EQ(seen.enabled, 4);
  EXPECT_EQ(seen.privileged, 3);  // root, a member of sudo, one whose own group is sudo
  EXPECT_EQ(seen.stale, std::nullopt);
  EXPECT_EQ(seen.blank_password, std::nullopt);
}

TEST(LocalAccounts, AreStaleByTheirLastLoginAndNeverByItsAbsence) {
  const std::string fresh = record("2026-11-20T00:00:00Z"), old = record("2026-01-01T00:00:00Z"), none(292, '\0');
  EXPECT_EQ(Accounts().logins(fresh, fresh, fresh).seen().stale, 0);
  EXPECT_EQ(Accounts().logins(fresh, none, old).seen().stale, 1);
  EXPECT_EQ(Accounts().logins(fresh, none, fresh).seen().stale, std::nullopt);
}

TEST(LocalAccounts, HaveBlankPasswordsWhereShadowIsReadable) {
  Accounts open;
  open.root.write("/etc/shadow", "root:*:1:::::\nward::1:::::\nnurse:$y$x:1:::::\nrobot::1:::::\n");
  EXPECT_EQ(open.seen().blank_password, 1);
}

TEST(AutomaticLogin, IsReadFromTheDisplayManagerAndTheConsole) {
  const auto of = [](const Machine& m) { return automatic_login(m.files(), m.processes()); };
  EXPECT_EQ(kind(of(Machine()).error()), Error::Kind::Unsupported);
  EXPECT_EQ(of(Machine({"gdm3"}))->enabled, Answer::No);
  Machine gdm({"gdm3"});
  gdm.root.write("/etc/gdm3/daemon.conf", "[daemon]\n#AutomaticLoginEnable = true\nAutomaticLoginEnable = True\n");
  EXPECT_EQ(of(gdm)->enabled, Answer::Yes);
  Machine lightdm({"lightdm"});
  lightdm.root.write("/etc/lightdm/lightdm.conf.d/10.conf", "[Seat:*]\nautologin-user=ward\n");
  EXPECT_EQ(of(lightdm)->enabled, Answer::Yes);
  Machine sddm({"sddm"});
  sddm.root.write("/etc/sddm.conf", "[Autologin]\nUser=\n[Users]\nUser=x\n");
  EXPECT_EQ(of(sddm)->enabled, Answer::No);
  Machine console;
  console.root.write("/etc/systemd/system/getty@tty1.service.d/override.conf",
                     "[Service]\nExecStart=\nExecStart=-/sbin/agetty --autologin ward %I\n");
  EXPECT_EQ(of(console)->basis, "getty");
  EXPECT_EQ(kind(screen_lock(console.files(), console.processes()).error()), Error::Kind::Unsupported);
  EXPECT_EQ(kind(screen_lock(sddm.files(), sddm.processes()).error()), Error::Kind::NotCollected);
}

TEST(SystemLogs, OfAJournalReachBackToItsOldestArchive) {
  Machine machine({"systemd-journal"});
  // 0x00063a2f1b2c4000 microseconds
  machine.root.write("/var/log/journal/abc/system@0123-0000000000000001-00063a2f1b2c4000.journal", "")
      .write("/var/log/journal/abc/system@0123-0000000000000009-00063f0000000000.journal", "")
      .write("/var/log/journal/abc/system.journal", "")
      .write("/etc/systemd/journald.conf", "[Journal]\n#Storage=auto\nMaxRetentionSec=6month\n");
  const auto seen = system_logs(machine.files(), machine.processes());
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->service, LogService::Running);
  EXPECT_EQ(seen->basis, "journald");
  EXPECT_EQ(seen->oldest, Instant{std::chrono::seconds{0x00063a2f1b2c4000LL / 1'000'000}});
  EXPECT_EQ(seen->retention_days, 180);
  EXPECT_EQ(seen->forwarded, Answer::No);
  EXPECT_EQ(seen->writable_by_everyone, Answer::No);
}

TEST(SystemLogs, OfAVolatileJournalSaySo) {
  Machine machine({"systemd-journal"});
  machine.root.write("/etc/systemd/journald.conf.d/a.conf", "[Journal]\nStorage=volatile\n")
      .write("/var/log/journal/abc/system.journal", "");
  const auto seen = system_logs(machine.files(), machine.processes());
  EXPECT_EQ(seen->basis, "journald_volatile");
  EXPECT_EQ(seen->oldest, std::nullopt);
}

TEST(SystemLogs, OfRsyslogAreRotatedAndForwarded) {
  Machine machine({"rsyslogd"});
  machine.root.write("/etc/rsyslog.conf", "# *.* @@commented.example\n*.* action(type=\"omfile\")\n")
      .write("/etc/logrotate.d/rsyslog", "/var/log/syslog\n{\n\trotate 4\n\tweekly\n}\n")
      .write("/var/log/syslog", "")
      .write("/var/log/syslog.4.gz", "")
      .touch("/var/log/syslog.4.gz", instant("2026-10-25T00:00:00Z"));
  auto seen = system_logs(machine.files(), machine.processes());
  EXPECT_EQ(seen->basis, "syslog");
  EXPECT_EQ(seen->oldest, instant("2026-10-25T00:00:00Z"));
  EXPECT_EQ(seen->retention_days, 28);
  EXPECT_EQ(seen->forwarded, Answer::No);
  machine.root.write("/etc/rsyslog.d/far.conf", "*.*  @@log.example:6514\n");
  std::filesystem::permissions(machine.root.path("/var/log/syslog"), std::filesystem::perms(0666));
  seen = system_logs(machine.files(), machine.processes());
  EXPECT_EQ(seen->forwarded, Answer::Yes);
  EXPECT_EQ(seen->writable_by_everyone, Answer::Yes);
}

TEST(SystemLogs, AreStoppedOnlyWhereEveryProcessIsSeen) {
  Machine machine;
  EXPECT_EQ(system_logs(machine.files(), machine.processes())->service, LogService::Unknown) << "another may log";
  machine.root.write("/run/systemd/system/.keep", "");
  EXPECT_EQ(system_logs(machine.files(), machine.processes())->service, LogService::Stopped);
  EXPECT_EQ(system_logs(machine.files(), machine.processes())->writable_by_everyone, Answer::Unknown);
  std::filesystem::remove_all(machine.root.path("/proc/1"));
  EXPECT_EQ(system_logs(machine.files(), machine.processes())->service, LogService::Unknown);
  machine.root.write("/.dockerenv", "");
  EXPECT_EQ(kind(system_logs(machine.files(), machine.processes()).error()), Error::Kind::Unsupported);
}

TEST(SystemLogs, OnlyAnArchivedJournalsNameHasATime) {
  for (const auto* name : {"system.journal", "system@1.journal", "user-1000@a-b-00063a2f1b2c4000.journal",
                           "system@a-b-00063a2f1b2c40.journal", "system@a-b-ffffffffffffffff.journal", "system@"})
    EXPECT_FALSE(first_record(name)) << name;
}

TEST(ClockSync, BelievesTheKernelAndTheServiceThatSetIt) {
  const auto of = [](const Machine& m, Answer kernel) { return clock_sync(m.files(), m.processes(), kernel); };
  EXPECT_EQ(of(Machine(), Answer::Yes)->synchronized, Answer::Yes);
  EXPECT_EQ(of(Machine(), Answer::No)->synchronized, Answer::No);
  EXPECT_EQ(kind(of(Machine(), Answer::Unknown).error()), Error::Kind::NotCollected);
  EXPECT_EQ(of(Machine({"chronyd"}), Answer::Unknown)->synchronized, Answer::Unknown);
  EXPECT_EQ(kind(of(Machine({"vmtoolsd"}), Answer::No).error()), Error::Kind::NotCollected);
  Machine timesyncd;
  timesyncd.root.write("/run/systemd/timesync/synchronized", "");
  EXPECT_EQ(of(timesyncd, Answer::No)->basis, "timesyncd");
}

TEST(ListeningPorts, KeepTheWidestScopeAndLeaveClientsOut) {
  Machine machine;
  const std::string head = "  sl  local_address rem_address   st\n";
  machine.root.write("/proc/net/tcp",
                     head +
                         "   0: 0100007F:0016 00000000:0000 0A x\n   1: 00000000:0016 00000000:0000 0A x\n"
                         "   2: 0A01A8C0:0050 00000000:0000 0A x\n   3: 0100007F:1F90 0100007F:9999 01 x\n"
                         "   4: 0100007F:0277 00000000:0000 0A x\n   5: broken\n");
  machine.root.write("/proc/net/tcp6", head +
                                           "   0: 00000000000000000000000000000000:01BB 0:0 0A x\n"
                                           "   1: 00000000000000000000000001000000:0BB8 0:0 0A x\n"
                                           "   2: 0000000000000000FFFF00000100000A:0BB9 0:0 0A x\n");
  machine.root.write("/proc/net/udp",
                     head + "   0: 00000000:0044 00000000:0000 07 x\n   1: 00000000:9C40 00000000:0000 07 x\n");
  const auto seen = listening_ports(machine.files());
  ASSERT_TRUE(seen);
  using enum ListeningScope;
  EXPECT_EQ(seen->ports, (std::vector<ListeningPort>{{PortProtocol::Tcp, 22, Any},
                                                     {PortProtocol::Tcp, 80, Private},
                                                     {PortProtocol::Tcp, 443, Any},
                                                     {PortProtocol::Tcp, 631, Loopback},
                                                     {PortProtocol::Tcp, 3000, Loopback},
                                                     {PortProtocol::Tcp, 3001, Private},
                                                     {PortProtocol::Udp, 68, Any}}));
  EXPECT_EQ(kind(listening_ports(Machine().files()).error()), Error::Kind::Absent);
}

}  // namespace
}  // namespace kenshin
