// The shell collectors, run as a stranger's machine would run them: from standard input, without root, under dash and
// under busybox. What they print must be read without complaint, and say what kenshin itself says.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "probes/host/child_program.h"
#include "probes/host/host_facts.h"
#include "probes/host/os_release.h"
#include "probes/host/pending_updates.h"
#include "probes/host/this_host.h"
#include "tests/probes/host/temporary_root.h"

namespace kenshin {
namespace {

std::string collector_text(const std::string& name) {
  std::ifstream in(SOURCE_DIR "/probes/host/collectors/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const Observation* named(const std::vector<Observation>& all, std::string_view name) {
  for (const auto& o : all)
    if (o.name == name) return &o;
  return nullptr;
}
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

// What the script prints under that shell, as the user nobody.
// Programs of `path` are found before the system's own.
std::string run_collector(const std::string& shell, const std::string& script,
                          const std::vector<std::string>& arguments, const std::string& path = "") {
  TemporaryRoot place;
  std::string text = collector_text(script);
  if (!path.empty()) {
    const auto at = text.find("\nPATH=");
    EXPECT_NE(at, std::string::npos) << script;
    text.insert(at + 6, path + ":");
  }
  place.write("/collector.sh", text);
  std::string command = shell + " -s --";
  for (const auto& argument : arguments) command += " " + quoted(argument);
  const std::vector<std::string> words = {"-c", command + " < " + place.path("/collector.sh")};
  const auto output = run_program("/bin/sh", words, std::chrono::seconds(60), std::size_t{1} << 20);
  EXPECT_TRUE(output) << output.error().detail;
  if (!output) return {};
  EXPECT_EQ(output->exit_status, 0) << output->printed;
  return output->printed;
}
std::vector<Observation> read_back(const std::string& printed) {
  auto read = read_host_facts(printed, "collected.json");
  EXPECT_TRUE(read) << read.error().detail << "\n" << printed;
  return read ? *read : std::vector<Observation>{};
}

class LinuxCollector : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const std::string shell(GetParam());
    if (shell.starts_with("busybox") && !std::filesystem::exists("/bin/busybox"))
      GTEST_SKIP() << "busybox is not installed";
  }
  std::vector<Observation> seen(std::vector<std::string> arguments = {}) const {
    return read_back(run_collector(GetParam(), "kenshin-collect-linux.sh", arguments));
  }
  std::vector<Observation> of(const TemporaryRoot& root) const { return seen({"--root", root.path()}); }
};
INSTANTIATE_TEST_SUITE_P(Shells, LinuxCollector, testing::Values("dash", "busybox sh"),
                         [](const auto& shell) { return shell.index == 0 ? "Dash" : "Busybox"; });

TEST_P(LinuxCollector, SaysOfThisMachineWhatKenshinSays) {
  const auto facts = seen({"--label", "受付\"1\""});
  ASSERT_FALSE(facts.empty());
  const auto* collection = fact_of<HostCollection>(facts.front());
  EXPECT_EQ(collection->label, "受付\"1\"");
  EXPECT_FALSE(collection->elevated);
  Session session;
  session.now = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
  const auto ours = look_at_host({"/", BINARY_DIR "/kenshin-apt-facts"}, "x", session);
  EXPECT_EQ(collection->id, fact_of<HostCollection>(ours.front())->id);
  for (const auto* name :
       {"os.identity", "updates.last_check", "updates.last_os_update", "updates.pending", "updates.auto",
        "reboot.required", "firewall", "disk.encryption", "login.automatic", "accounts.local", "ids.products"}) {
    const auto *a = named(facts, name), *b = named(ours, name);
    ASSERT_TRUE(a && b) << name;
    if (a->fact && b->fact) {
      EXPECT_TRUE(*a->fact == *b->fact || std::string(name) == "accounts.local") << name;  // shadow: we may be root
    }
  }
}

TEST_P(LinuxCollector, SaysSomethingOfEveryFactOrWhyNot) {
  const auto facts = seen();
  for (const auto* name :
       {"os.identity",       "os.extended_support", "updates.last_check", "updates.last_os_update", "updates.pending",
        "updates.auto",      "reboot.required",     "av.products",        "software.products",      "firewall",
        "disk.encryption",   "lock.screen",         "login.automatic",    "accounts.local",         "logs.system",
        "clock.sync",        "ids.products",        "network.listening",  "residue.files",          "residue.features",
        "terminal.other_use"}) {
    ASSERT_TRUE(named(facts, name)) << name;
    if (!named(facts, name)->fact) {
      EXPECT_FALSE(named(facts, name)->fact.error().detail.empty()) << name;
    }
  }
  EXPECT_EQ(named(facts, "host.unknown_fact"), nullptr);
}

TEST_P(LinuxCollector, EscapesWhateverTheMachineIsCalled) {
  TemporaryRoot root;
  root.write("/etc/os-release",
             "ID='deb'\nVERSION_ID=12\nPRETTY_NAME=\"A \\\"quoted\\\" \\$name \\\\ \xe3\x81\x82 \xf0\x9f\x98\x80 "
             "\xff\xc0\x80 \x01\"\n");
  root.write("/etc/hostname", "caf\xe9\t\"x\"");
  const auto facts = of(root);
  ASSERT_FALSE(facts.empty());
  EXPECT_EQ(fact_of<HostCollection>(facts.front())->label, "caf\xef\xbf\xbd \"x\"");
  const auto* os = fact_of<OsIdentity>(*named(facts, "os.identity"));
  ASSERT_TRUE(os);
  EXPECT_EQ(os->id, "deb");
  EXPECT_EQ(os->version, "12");
  EXPECT_TRUE(os->pretty.starts_with("A \"quoted\" $name \\ あ 😀 \xef\xbf\xbd")) << os->pretty;
}

TEST_P(LinuxCollector, TakesAnEmptyDatabaseForNoAnswer) {
  TemporaryRoot root;
  root.write("/etc/os-release", "ID=x\n");
  for (const auto* database : {"/var/lib/dpkg/status", "/lib/apk/db/installed", "/var/lib/pacman/local/ALPM_DB_VERSION",
                               "/var/lib/rpm/.keep"}) {
    TemporaryRoot bare;
    bare.write("/etc/os-release", "ID=x\n").write(database, "");
    const auto facts = of(bare);
    ASSERT_TRUE(named(facts, "updates.pending")) << database;
    EXPECT_FALSE(named(facts, "updates.pending")->fact) << database;
  }
  EXPECT_EQ(named(of(root), "updates.pending")->fact.error().kind, Error::Kind::Unsupported);
}

// The same root, told by the script and by kenshin.
TEST_P(LinuxCollector, SaysOfAServerWhatKenshinSays) {
  TemporaryRoot root;
  root.write("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n").write("/etc/hostname", "yoyaku\n");
  root.write("/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
  root.write("/var/lib/dpkg/status", "Package: apt\nStatus: install ok installed\nVersion: 2\n\n");
  root.write(
      "/var/lib/apt/lists/a_InRelease",
      "Label: Debian-Security\nDate: Sat, 21 Nov 2026 00:53:02 UTC\nValid-Until: Sat, 28 Nov 2026 00:53:02 UTC\n");
  root.write("/var/lib/apt/lists/b_Release", "Label: Debian\nDate: Sun, 22 Nov 2026 00:53:02 UTC\n");
  root.write("/var/log/apt/history.log",
             "\nStart-Date: 2026-11-02  10:00:00\nUpgrade: a (1, 2)\nEnd-Date: 2026-11-02  10:00:30\n\nStart-Date: "
             "2026-11-03  10:00:00\nUpgrade: b (1, 2)\nError: x\nEnd-Date: 2026-11-03  10:00:30\n");
  root.write("/proc/1/comm", "systemd\n")
      .write("/proc/7/comm", "systemd-journal\n")
      .write("/proc/8/comm", "rsyslogd\n");
  root.write("/proc/self/mountinfo",
             "25 1 253:1 / / rw - ext4 /dev/mapper/vg-root rw\n26 25 8:1 / /boot rw - ext4 /dev/sda1 rw\n"
             "28 25 8:17 / /srv rw - xfs /dev/sdb1 rw\n29 25 8:17 / /srv/x rw - xfs /dev/sdb1 rw\n"
             "30 25 8:33 / /media rw - vfat /dev/sdc1 rw\n27 25 0:21 / /proc rw - proc proc rw\n");
  root.write("/sys/dev/block/253:1/dm/uuid", "LVM-a\n").write("/sys/dev/block/253:1/slaves/dm-0/dev", "253:0\n");
  root.write("/sys/dev/block/253:0/dm/uuid", "CRYPT-LUKS2-x\n").write("/sys/dev/block/8:17/dev", "8:17\n");
  root.write("/sys/dev/block/8:33/removable", "1\n");
  std::string lastlog(292 * 1002, '\0');
  lastlog[292 * 1000] = lastlog[292 * 1001] = 'x';
  root.write("/etc/passwd",
             "root:x:0:0::/:/bin/sh\nward:x:1000:1000::/:/bin/sh\nnurse::1001:27::/:/bin/zsh\nsys:x:5:5::/:/bin/"
             "sh\nno:x:1002:1::/:/usr/sbin/nologin\n");
  root.write("/etc/group", "sudo:x:27:ward\nroot:x:0:\n").write("/var/log/lastlog", lastlog);
  root.write("/var/log/journal/abc/system@0123-0000000000000001-00063a2f1b2c4000.journal", "");
  root.write("/etc/systemd/journald.conf", "[Journal]\nMaxRetentionSec=2 weeks\n");
  root.write("/etc/rsyslog.conf", "#*.* @@no.example\n*.* @log.example\n");
  root.write("/proc/net/tcp",
             "  sl  local_address rem_address\n   0: 0100007F:0016 00000000:0000 0A x\n   1: 00000000:0050 "
             "00000000:0000 0A x\n   2: "
             "0A01A8C0:0051 00000000:0000 0A x\n");
  root.write("/proc/net/tcp6",
             "  sl  local_address rem_address\n   0: 00000000000000000000000001000000:0BB8 0:0 0A x\n   1: "
             "0000000000000000FFFF00000100000A:0BB9 0:0 0A x\n");
  root.write("/proc/net/udp",
             "  sl  local_address rem_address\n   0: 00000000:0044 00000000:0000 07 x\n   1: 00000000:9C40 "
             "00000000:0000 07 x\n");
  root.write("/usr/sbin/sddm", "").write("/etc/sddm.conf", "[Autologin]\nUser=ward\n");
  Session session;
  session.now = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
  const auto ours = look_at_host({root.path(), "/nonexistent"}, "", session);
  const auto facts = of(root);
  for (const auto* name : {"os.identity", "updates.last_check", "updates.last_os_update", "disk.encryption",
                           "accounts.local", "logs.system", "network.listening", "login.automatic"}) {
    const auto *a = named(facts, name), *b = named(ours, name);
    ASSERT_TRUE(a && b) << name;
    ASSERT_TRUE(a->fact) << name << ": " << a->fact.error().detail;
    ASSERT_TRUE(b->fact) << name << ": " << b->fact.error().detail;
    EXPECT_TRUE(*a->fact == *b->fact) << name;
  }
  for (const auto* name : {"firewall", "reboot.required", "clock.sync", "lock.screen"}) {
    const auto *a = named(facts, name), *b = named(ours, name);
    ASSERT_TRUE(a && b) << name;
    ASSERT_FALSE(a->fact) << name;
    ASSERT_FALSE(b->fact) << name;
    EXPECT_EQ(a->fact.error().kind, b->fact.error().kind) << name;
  }
}

TEST_P(LinuxCollector, MayNotReadWhatIsDenied) {
  TemporaryRoot root;
  root.write("/etc/os-release", "ID=debian\n").write("/etc/passwd", "root:x:0:0::/:/bin/sh\n");
  std::filesystem::permissions(root.path("/etc/os-release"), std::filesystem::perms(0));
  std::filesystem::permissions(root.path("/etc/passwd"), std::filesystem::perms(0));
  const auto facts = of(root);
  if (fact_of<HostCollection>(facts.front())->elevated) GTEST_SKIP() << "this container cannot change its user";
  for (const auto* name : {"os.identity", "accounts.local"}) {
    ASSERT_FALSE(named(facts, name)->fact) << name;
    EXPECT_EQ(named(facts, name)->fact.error().kind, Error::Kind::Denied) << name;
  }
}

// Commands of macOS, played by scripts that print samples of ours.
struct Mac {
  TemporaryRoot root;
  Mac() {
    command("sw_vers", "case $1 in -productVersion) echo 15.7.1 ;; -buildVersion) echo 24G231 ;; esac");
    command("uname", "echo 24.6.0");
    command("ioreg", "echo '  \"IOPlatformUUID\" = \"00000000-0000-0000-0000-000000000001\"'");
    command("defaults", R"(case "$*" in
  *SoftwareUpdate\ LastSuccessfulDate) echo '2026-11-20 03:04:05 +0000' ;;
  *SoftwareUpdate\ LastUpdatesAvailable) echo 2 ;;
  *SoftwareUpdate\ Auto*|*SoftwareUpdate\ Critical*) echo 1 ;;
  *xprotect*CFBundleShortVersionString) echo 5322 ;;
  *Safari.app*) echo 18.6 ;;
  *zoom.us.app*) echo '6.6.0 (64511)' ;;
  *screensaver\ idleTime) echo 300 ;;
  *) echo "The domain/default pair of ($2, $3) does not exist" >&2; exit 1 ;;
esac)");
    command("pkgutil", "echo com.apple.pkg.A; echo com.apple.pkg.B");
    command("plutil", R"(cat <<'END'
<?xml version="1.0"?>
<plist version="1.0"><array>
	<dict>
		<key>date</key>
		<date>2026-09-30T01:02:03Z</date>
		<key>displayName</key>
		<string>macOS 15.7.1</string>
	</dict>
	<dict>
		<key>date</key>
		<date>2026-11-18T09:00:00Z</date>
		<key>displayName</key>
		<string>XProtectPlistConfigData</string>
	</dict>
</array></plist>
END)");
    command("systemextensionsctl", R"(cat <<'END'
1 extension(s)
--- com.apple.system_extension.endpoint_security
enabled	active	teamID	bundleID (version)	name	[state]
*	*	X9E956P446	com.crowdstrike.falcon.Agent (7.20/200)	Falcon Sensor	[activated enabled]
		ABCDE12345	com.sophos.endpoint.scanextension (1.0/1)	Sophos	[terminated waiting to uninstall on reboot]
END)");
    command("socketfilterfw", "echo 'Firewall is enabled. (State = 1)'");
    command("fdesetup", "echo 'FileVault is On.'");
    command("sysadminctl", "echo '2026-11-22 10:00:00.000 sysadminctl[1:2] screenLock delay is 5 seconds' >&2");
    command("dscl",
            "case $2 in -list) echo 'ward 501'; echo 'nurse 502'; echo '_www 70'; echo 'root 0' ;; "
            "-read) echo 'GroupMembership: root ward' ;; esac");
    command("netstat", R"(case "$*" in
  *tcp) echo 'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)'
    echo 'tcp4       0      0  *.22                   *.*                    LISTEN'
    echo 'tcp6       0      0  ::1.631                *.*                    LISTEN'
    echo 'tcp4       0      0  192.168.1.5.5000       *.*                    LISTEN'
    echo 'tcp4       0      0  *.9200                 *.*                    LISTEN'
    echo 'tcp4       0      0  10.0.0.2.50000         192.0.2.1.443          ESTABLISHED' ;;
  *udp) echo 'udp4       0      0  *.5353                 *.*                   '; echo 'udp4       0      0  *.61234   *.*' ;;
  *) echo 'Destination Gateway Flags Netif'; echo 'default 192.168.1.1 UGScg en0'; echo 'default 10.0.0.1 UGScIg utun3' ;;
esac)");
  }
  Mac& command(const std::string& name, const std::string& body) {
    root.write("/bin/" + name, "#!/bin/sh\n" + body + "\n");
    std::filesystem::permissions(root.path("/bin/" + name), std::filesystem::perms(0755));
    return *this;
  }
  Mac& without(const std::string& name) {
    std::filesystem::remove(root.path("/bin/" + name));
    return *this;
  }
  std::vector<Observation> seen(const std::vector<std::string>& arguments = {}) const {
    return read_back(run_collector("dash", "kenshin-collect-macos.sh", arguments, root.path("/bin")));
  }
};

template <class F>
F fact_in(const std::vector<Observation>& all) {
  const auto* o = named(all, F::name);
  EXPECT_TRUE(o && o->fact) << F::name << ": " << (o && !o->fact ? o->fact.error().detail : "");
  return o && o->fact ? *fact_of<F>(*o) : F{};
}

TEST(MacCollector, ReadsWhatMacosPrints) {
  const auto facts = Mac().seen({"--label", "院長のMac", "--nonce", "abc"});
  ASSERT_FALSE(facts.empty());
  const auto* collection = fact_of<HostCollection>(facts.front());
  EXPECT_EQ(collection->label, "院長のMac");
  EXPECT_EQ(collection->nonce, "abc");
  EXPECT_EQ(collection->id.size(), 64U);
  EXPECT_EQ(fact_in<OsIdentity>(facts).version, "15.7.1");
  EXPECT_EQ(fact_in<UpdatesLastCheck>(facts).at, instant("2026-11-20T03:04:05Z"));
  EXPECT_EQ(fact_in<UpdatesLastOsUpdate>(facts).at, instant("2026-09-30T01:02:03Z"));
  EXPECT_EQ(fact_in<UpdatesPending>(facts), (UpdatesPending{2, 2, 0, 0, false}));
  EXPECT_EQ(fact_in<UpdatesAuto>(facts).mode, "automatic");
  const auto products = fact_in<AntivirusProducts>(facts).products;
  ASSERT_EQ(products.size(), 3U);
  EXPECT_EQ(products[0].id, "xprotect");
  EXPECT_EQ(products[0].signature_at, instant("2026-11-18T09:00:00Z"));
  EXPECT_EQ(products[1].active, Answer::Yes);
  EXPECT_EQ(products[2].active, Answer::No);
  EXPECT_EQ(fact_in<SensorProducts>(facts).products.size(), 1U);
  EXPECT_EQ(fact_in<HostFirewall>(facts).profiles[0].enabled, Answer::Yes);
  EXPECT_EQ(fact_in<DiskEncryption>(facts).volumes, (std::vector<DiskVolume>{{VolumeRole::System, VolumeState::On}}));
  EXPECT_EQ(fact_in<ScreenLock>(facts).after_seconds, 305);
  EXPECT_EQ(fact_in<AutomaticLogin>(facts).enabled, Answer::No);
  EXPECT_EQ(fact_in<LocalAccounts>(facts).enabled, 2);
  EXPECT_EQ(fact_in<LocalAccounts>(facts).privileged, 1);
  using enum ListeningScope;
  EXPECT_EQ(fact_in<SoftwareProducts>(facts).products.size(), 2U);
  EXPECT_EQ(fact_in<ListeningPorts>(facts).ports, (std::vector<ListeningPort>{{PortProtocol::Tcp, 22, Any},
                                                                              {PortProtocol::Tcp, 631, Loopback},
                                                                              {PortProtocol::Tcp, 5000, Private},
                                                                              {PortProtocol::Tcp, 9200, Any},
                                                                              {PortProtocol::Udp, 5353, Any}}));
  EXPECT_EQ(fact_in<OtherUse>(facts).networks, 2);
}

TEST(MacCollector, TellsOffFromNotTold) {
  Mac off;
  off.command("socketfilterfw", "echo 'Firewall is disabled. (State = 0)'")
      .command("fdesetup", "echo 'FileVault is Off.'");
  off.command("sysadminctl", "echo 'screenLock is off' >&2");
  auto facts = off.seen();
  EXPECT_EQ(fact_in<HostFirewall>(facts).profiles[0].enabled, Answer::No);
  EXPECT_EQ(fact_in<DiskEncryption>(facts).volumes[0].state, VolumeState::Off);
  EXPECT_EQ(fact_in<ScreenLock>(facts).enabled, Answer::No);

  Mac silent;
  silent.command("socketfilterfw", "echo 'Operation not permitted'; exit 1").without("fdesetup").without("sysadminctl");
  silent.command("defaults", "echo 'Could not parse: Operation not permitted' >&2; exit 1")
      .without("dscl")
      .without("plutil");
  silent.without("systemextensionsctl");
  facts = silent.seen();
  for (const auto* name :
       {"firewall", "disk.encryption", "lock.screen", "login.automatic", "accounts.local", "updates.last_check",
        "updates.pending", "updates.last_os_update", "updates.auto", "av.products"})
    EXPECT_FALSE(named(facts, name)->fact) << name;
  EXPECT_EQ(named(facts, "login.automatic")->fact.error().kind, Error::Kind::Denied);
}

TEST(MacCollector, NamesNobody) {
  Mac mac;
  mac.command("defaults", "case \"$*\" in *autoLoginUser) echo ward ;; *) echo 'does not exist' >&2; exit 1 ;; esac");
  const auto printed = run_collector("dash", "kenshin-collect-macos.sh", {}, mac.root.path("/bin"));
  EXPECT_EQ(printed.find("ward"), std::string::npos);
  EXPECT_EQ(fact_in<AutomaticLogin>(read_back(printed)).enabled, Answer::Yes);
  EXPECT_EQ(named(read_back(printed), "residue.files")->fact.error().kind, Error::Kind::NotCollected);
}

TEST_P(LinuxCollector, NamesAptsLogWhereDpkgsTellsOfTheSameMoment) {
  TemporaryRoot root;
  root.write("/var/lib/dpkg/status", "Package: a\nStatus: install ok installed\nVersion: 2\nArchitecture: all\n\n");
  root.write("/var/log/apt/history.log",
             "Start-Date: 2026-11-20  03:04:00\nUpgrade: a:all (1, 2)\nEnd-Date: 2026-11-20  03:04:05\n");
  root.write("/var/log/dpkg.log",
             "2026-11-20 03:04:01 upgrade a:all 1 2\n2026-11-20 03:04:05 status installed a:all 2\n");
  EXPECT_EQ(fact_in<UpdatesLastOsUpdate>(of(root)).basis, "apt_history");
}

TEST(Collectors, WriteStringsByTheSameWords) {
  const auto words = [](const std::string& script) {
    const auto text = collector_text(script);
    return text.substr(text.find("json() {"), text.find("put() {") - text.find("json() {"));
  };
  EXPECT_EQ(words("kenshin-collect-linux.sh"), words("kenshin-collect-macos.sh"));
}

}  // namespace
}  // namespace kenshin
