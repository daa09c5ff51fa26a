// This machine's facts, on root folders of our own making; and once on the machine the tests run on.
#include "probes/host/this_host.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <thread>

#include "probes/host/clamav.h"
#include "probes/host/host_facts.h"
#include "probes/host/os_release.h"
#include "probes/host/reboot.h"
#include "tests/probes/host/temporary_root.h"

namespace kenshin {
namespace {

const Observation* named(const std::vector<Observation>& all, std::string_view name) {
  for (const auto& o : all)
    if (o.name == name) return &o;
  return nullptr;
}

Session at(std::string_view now) {
  Session session;
  session.now = [when = instant(now)] { return when; };
  return session;
}

std::string stanza(std::string_view name, std::string_view version, std::string_view status = "install ok installed") {
  return "Package: " + std::string(name) + "\nStatus: " + std::string(status) + "\nVersion: " + std::string(version) +
         "\nDescription: test\n more of it\n\n";
}

TEST(OsRelease, UnderstandsQuotesAsAShellDoes) {
  const auto os =
      parse_os_release("# comment\nPRETTY_NAME=\"A \\\"quoted\\\" name\"\nID='debian'\nVERSION_ID=12\r\nnonsense\n");
  EXPECT_EQ(os.pretty, "A \"quoted\" name");
  EXPECT_EQ(os.id, "debian");
  EXPECT_EQ(os.version, "12");
  EXPECT_EQ(parse_os_release("").id, "linux");
}

TEST(DpkgStatus, CountsOnlyWhatIsInstalled) {
  const auto packages = parse_dpkg_status(stanza("a", "1") + stanza("b", "2", "deinstall ok config-files") +
                                          stanza("c", "3", "hold ok installed"));
  EXPECT_EQ(packages, (InstalledPackages{{"a", "1"}, {"c", "3"}}));
}

TEST(DpkgStatus, SortsVersionsByNumber) {
  EXPECT_TRUE(version_before("6.1.0-9-amd64", "6.1.0-28-amd64"));
  EXPECT_TRUE(version_before("6.1.119-1", "6.1.123-1"));
  EXPECT_TRUE(version_before("1.0~rc1", "1.0"));
  EXPECT_FALSE(version_before("6.1.0-28", "6.1.0-28"));
  EXPECT_FALSE(version_before("6.10", "6.9"));
  EXPECT_FALSE(version_before("6.1.0-028", "6.1.0-28"));
}

// A machine that runs kernel 6.1.0-28 of Debian.
struct Booted {
  TemporaryRoot root;
  InstalledPackages packages = {{"linux-image-6.1.0-28-amd64", "6.1.119-1"}, {"linux-image-amd64", "6.1.119-1"}};
  Booted() {
    root.write("/proc/sys/kernel/osrelease", "6.1.0-28-amd64\n");
    root.write("/proc/version", "Linux version 6.1.0-28-amd64 (x@y) (gcc) #1 SMP Debian 6.1.119-1 (2024-11-22)\n");
  }
  Result<RebootRequired> seen() const { return reboot_required(RootFiles(root.path()), packages); }
};

TEST(Reboot, AbsenceOfTheFlagProvesNothingAlone) {
  Booted silent;
  ASSERT_FALSE(silent.seen());
  EXPECT_EQ(silent.seen().error().kind, Error::Kind::NotCollected);
  silent.packages.emplace("unattended-upgrades", "2.9");
  ASSERT_TRUE(silent.seen());
  EXPECT_FALSE(silent.seen()->required);
}

TEST(Reboot, TheFlagSaysSinceWhen) {
  Booted flagged;
  flagged.root.write("/run/reboot-required", "").touch("/run/reboot-required", instant("2026-11-12T00:00:00Z"));
  ASSERT_TRUE(flagged.seen());
  EXPECT_TRUE(flagged.seen()->required);
  EXPECT_EQ(flagged.seen()->since, instant("2026-11-12T00:00:00Z"));
}

TEST(Reboot, ANewerKernelOfTheSameFlavourIsEnough) {
  Booted other_flavour;
  other_flavour.packages.emplace("unattended-upgrades", "2.9");
  other_flavour.packages.emplace("linux-image-6.1.0-40-cloud-amd64", "6.1.150-1");
  EXPECT_FALSE(other_flavour.seen()->required);
  other_flavour.packages.emplace("linux-image-6.1.0-40-amd64", "6.1.150-1");
  EXPECT_TRUE(other_flavour.seen()->required);

  Booted same_name;  // Debian keeps the name and raises the version where the ABI stays
  same_name.packages["linux-image-6.1.0-28-amd64"] = "6.1.128-1";
  ASSERT_TRUE(same_name.seen());
  EXPECT_TRUE(same_name.seen()->required);
}

TEST(Reboot, AContainerOrAForeignKernelIsNotJudged) {
  Booted foreign;
  foreign.root.write("/proc/sys/kernel/osrelease", "6.18.44-micro\n");
  EXPECT_EQ(foreign.seen().error().kind, Error::Kind::Unsupported);
  Booted contained;
  contained.root.write("/.dockerenv", "").write("/run/reboot-required", "");
  EXPECT_EQ(contained.seen().error().kind, Error::Kind::Unsupported);
}

// The first two texts were written by sigtool 1.4.6 and clamd 1.4.6.
TEST(Clamav, ReadsTheHeaderOfADatabase) {
  const auto database = parse_clamav_header(
      "ClamAV-VDB:22 Nov 2026 17-43 +0000:27900:1:216:7aaeaed3f0458bfd7b5f427ba345e051:X:kenshin:1795369399      ");
  ASSERT_TRUE(database) << database.error().detail;
  EXPECT_EQ(*database, (ClamavDatabase{27900, instant("2026-11-22T17:43:19Z")}));
  for (const auto* bad : {"", "ClamAV-VDB:x", "ClamAV-VDB:t:1:1:1:m:d:b:", "ClamAV-VDB:t:1:1:1:m:d:b:99999999999999999",
                          "ClamAV-VDB:t:-1:1:1:m:d:b:1795369399"})
    EXPECT_FALSE(parse_clamav_header(bad)) << bad;
}

TEST(Clamav, AnEngineWithoutADatedDatabaseIsOfUnknownAge) {
  const auto dated = parse_clamd_version("ClamAV 1.4.6/27900/Sun Nov 22 17:43:19 2026");
  ASSERT_TRUE(dated);
  ASSERT_TRUE(dated->database);
  EXPECT_EQ(dated->database->version, 27900);
  const auto bare = parse_clamd_version("ClamAV 1.4.6");
  ASSERT_TRUE(bare);
  EXPECT_FALSE(bare->database);
  EXPECT_FALSE(parse_clamd_version("SSH-2.0-x"));
}

// A clamd that answers each question once, or closes without a word.
class ScriptedClamd {
 public:
  ScriptedClamd(const std::string& path, std::vector<std::string> answers) : answers_(std::move(answers)) {
    listener_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    EXPECT_EQ(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listener_, 4), 0);
    thread_ = std::thread([this] {
      for (const auto& answer : answers_) {
        const int peer = ::accept(listener_, nullptr, nullptr);
        char question[64];
        if (::recv(peer, question, sizeof question, 0) > 0) {
          EXPECT_EQ(::send(peer, answer.data(), answer.size(), MSG_NOSIGNAL), static_cast<ssize_t>(answer.size()));
        }
        ::close(peer);
      }
    });
  }
  ~ScriptedClamd() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

 private:
  int listener_ = -1;
  std::vector<std::string> answers_;
  std::thread thread_;
};

std::string zero_ended(std::string_view text) { return std::string(text) + '\0'; }

// A server with clamd, an on-access scanner and a database of 20 November.
struct Protected {
  TemporaryRoot root;
  InstalledPackages packages = {{"clamav", "1.4"}, {"clamav-daemon", "1.4"}};
  Protected() {
    root.write("/etc/clamav/clamd.conf", "# clamd\nLocalSocket /run/clamd.ctl\nOnAccessIncludePath /srv\n");
    root.write("/run/.keep", "").write("/proc/1/comm", "systemd\n").write("/proc/77/comm", "clamonacc\n");
    root.write("/var/lib/clamav/daily.cld",
               "ClamAV-VDB:20 Nov 2026 09-00 +0000:27898:1:90:m:d:b:1795165200" + std::string(400, ' '));
  }
  AntivirusProduct seen(std::vector<std::string> answers) const {
    const ScriptedClamd clamd(root.path("/run/clamd.ctl"), std::move(answers));
    return only(std::chrono::seconds(5));
  }
  AntivirusProduct only(std::chrono::milliseconds timeout = std::chrono::seconds(5)) const {
    const auto found = antivirus_products(RootFiles(root.path()), packages, timeout);
    EXPECT_TRUE(found && found->products.size() == 1);
    return found && !found->products.empty() ? found->products[0] : AntivirusProduct{};
  }
};

TEST(Clamav, IsActiveWhenItAnswersAndRealTimeWhenItWatches) {
  const auto clamav = Protected().seen({zero_ended("PONG"), zero_ended("ClamAV 1.4.6/27900/Sun Nov 22 17:43:19 2026")});
  EXPECT_EQ(clamav.active, Answer::Yes);
  EXPECT_EQ(clamav.realtime, Answer::Yes);
  EXPECT_EQ(clamav.signature_basis, "clamd");
  EXPECT_EQ(clamav.evidence, (std::vector<std::string>{"package", "socket", "process"}));
}

TEST(Clamav, WithoutAWatcherIsNotRealTime) {
  Protected idle;
  idle.root.write("/proc/77/comm", "sh\n");
  EXPECT_EQ(idle.seen({zero_ended("PONG"), zero_ended("ClamAV 1.4.6")}).realtime, Answer::No);
  Protected no_paths;
  no_paths.root.write("/etc/clamav/clamd.conf", "LocalSocket /run/clamd.ctl\n");
  EXPECT_EQ(no_paths.seen({zero_ended("PONG"), zero_ended("ClamAV 1.4.6")}).realtime, Answer::No);
  Protected hidden;  // other users' processes are hidden from us
  std::filesystem::remove_all(hidden.root.path("/proc/1"));
  std::filesystem::remove_all(hidden.root.path("/proc/77"));
  hidden.root.write("/proc/90/comm", "sh\n");
  EXPECT_EQ(hidden.seen({zero_ended("PONG"), zero_ended("ClamAV 1.4.6")}).realtime, Answer::Unknown);
}

TEST(Clamav, WhatTheEngineHasLoadedCountsNotTheFile) {
  const auto clamav = Protected().seen({zero_ended("PONG"), zero_ended("ClamAV 1.4.6")});
  EXPECT_EQ(clamav.active, Answer::Yes);
  EXPECT_EQ(clamav.signature_at, std::nullopt);
}

TEST(Clamav, IsOffOnlyWhereNobodyAnswers) {
  const auto off = Protected().only();
  EXPECT_EQ(off.active, Answer::No);
  EXPECT_EQ(off.realtime, Answer::No);
  EXPECT_EQ(off.signature_at, instant("2026-11-20T09:00:00Z"));
  EXPECT_EQ(off.signature_basis, "database_header");
  EXPECT_EQ(Protected().seen({"PO"}).active, Answer::Unknown);                     // closed before its answer ended
  EXPECT_EQ(Protected().seen({zero_ended("SSH-2.0-x")}).active, Answer::Unknown);  // somebody else
}

TEST(Clamav, APackageAloneIsNoProof) {
  Protected package_only;
  package_only.packages.erase("clamav-daemon");
  const auto clamav = package_only.only();
  EXPECT_EQ(clamav.active, Answer::Unknown);
  EXPECT_EQ(clamav.evidence, (std::vector<std::string>{"package"}));
}

TEST(Clamav, NoneInstalledIsNotToldForOthersMayBeThere) {
  const auto found = antivirus_products(RootFiles("/nonexistent"), {{"apt", "2"}}, std::chrono::seconds(1));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, Error::Kind::NotCollected);
}

TEST(RootFiles, DeniedIsNotAbsent) {
  TemporaryRoot root;
  root.write("/etc/os-release", "ID=debian\n");
  const RootFiles files(root.path());
  EXPECT_EQ(files.read("/etc/nothing").error().kind, Error::Kind::Absent);
  EXPECT_EQ(files.read("/etc/os-release/x").error().kind, Error::Kind::Absent);
  EXPECT_EQ(files.read("/etc").error().kind, Error::Kind::Failed);
  EXPECT_EQ(files.read("/etc/os-release", 3).error().kind, Error::Kind::Failed);
  std::filesystem::permissions(root.path("/etc/os-release"), std::filesystem::perms(0));
  const auto as_nobody = [&] {
    if (::geteuid() == 0 && ::setresuid(65534, 65534, 65534) != 0) std::_Exit(2);
    const auto text = files.read("/etc/os-release");
    std::_Exit(!text && text.error().kind == Error::Kind::Denied ? 0 : 1);
  };
  EXPECT_EXIT(as_nobody(), testing::ExitedWithCode(0), "");
}

TEST(ThisHost, TellsWhatItSeesAndWhyItDoesNot) {
  TemporaryRoot root;
  root.write("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
  root.write("/etc/hostname", "yoyaku\n").write("/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
  root.write("/var/lib/dpkg/status", stanza("apt", "2.6"));
  Session session = at("2026-11-22T05:00:00Z");
  const auto seen = look_at_host({root.path(), "/nonexistent/kenshin-apt-facts"}, "", session);

  const auto* collection = fact_of<HostCollection>(seen.front());
  ASSERT_TRUE(collection);
  EXPECT_EQ(collection->label, "yoyaku");
  EXPECT_EQ(collection->id.size(), 64U);
  EXPECT_EQ(collection->id.find("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(fact_of<OsIdentity>(*named(seen, "os.identity"))->version, "12");
  const std::pair<const char*, Error::Kind> reasons[] = {{"updates.last_check", Error::Kind::Absent},
                                                         {"updates.last_os_update", Error::Kind::NotCollected},
                                                         {"updates.pending", Error::Kind::Unsupported},
                                                         {"av.products", Error::Kind::NotCollected}};
  for (const auto& [name, kind] : reasons) {
    ASSERT_TRUE(named(seen, name)) << name;
    ASSERT_FALSE(named(seen, name)->fact) << name;
    EXPECT_EQ(named(seen, name)->fact.error().kind, kind) << name;
  }
  EXPECT_EQ(fact_of<UpdatesAuto>(*named(seen, "updates.auto"))->mode, "off");
}

TEST(ThisHost, ListsThatExpiredTellNothingOfSecurity) {
#if !__has_include(<apt-pkg/init.h>)
  GTEST_SKIP() << "libapt-pkg-dev is not installed";
#endif
  TemporaryRoot root;
  const std::string list = "/var/lib/apt/lists/a.example_x_dists_stable-security_";
  root.write("/var/lib/dpkg/status", stanza("bash", "5.2-1").insert(0, "Architecture: amd64\n"));
  root.write("/var/lib/dpkg/arch", "amd64\n")
      .write("/etc/apt/sources.list", "deb http://a.example/x stable-security main\n");
  root.write("/etc/apt/preferences.d/.keep", "").write("/var/cache/apt/archives/partial/.keep", "");
  root.write("/var/lib/apt/lists/partial/.keep", "");
  root.write(list + "Release",
             "Origin: Debian\nLabel: Debian-Security\nSuite: stable-security\nCodename: stable-security\n"
             "Date: Sat, 21 Nov 2026 00:53:02 UTC\nValid-Until: Sat, 28 Nov 2026 00:53:02 UTC\n");
  root.write(list + "main_binary-amd64_Packages",
             "Package: bash\nVersion: 5.2-1\nArchitecture: amd64\nFilename: a/b.deb\nSize: 1\nDescription: test\n\n");
  const auto known = [&](std::string_view now) {
    Session session = at(now);
    const auto seen = look_at_host({root.path(), BINARY_DIR "/kenshin-apt-facts"}, "", session);
    const auto* pending = named(seen, "updates.pending");
    EXPECT_TRUE(pending->fact) << pending->fact.error().detail;
    return pending->fact && fact_of<UpdatesPending>(*pending)->security_known;
  };
  EXPECT_TRUE(known("2026-11-27T00:00:00Z"));
  EXPECT_FALSE(known("2026-11-29T00:00:00Z"));
}

TEST(ThisHost, OfThisMachineReadsBackTheSame) {
  Session session = at("2026-11-22T05:00:00Z");
  const auto seen = observe_this_host({Target{TargetKind::Host, "試験機", 0}, ""}, session);
  const auto again = read_host_facts(write_host_facts(seen), "host.json");
  ASSERT_TRUE(again) << again.error().detail;
  ASSERT_EQ(again->size(), seen.size());
  for (const auto& o : seen) {
    ASSERT_TRUE(named(*again, o.name)) << o.name;
    EXPECT_EQ(*named(*again, o.name), o) << o.name;
  }
  const auto document = read_host_facts(write_host_facts(this_host_facts("試験機", session)), "host.json");
  ASSERT_TRUE(document) << document.error().detail;
  EXPECT_EQ(document->front().target.name, "試験機");
}

}  // namespace
}  // namespace kenshin
