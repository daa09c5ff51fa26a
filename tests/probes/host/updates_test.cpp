// What a Debian family system tells of its updates without root, on root folders of our own making.
#include "probes/host/updates.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include "tests/probes/host/temporary_root.h"

namespace kenshin {
namespace {

// apt and dpkg log in local time; these tests read it as the time of Japan.
class InJapan : public testing::Test {
 protected:
  void SetUp() override {
    if (const char* before = std::getenv("TZ")) before_ = before;
    ::setenv("TZ", "JST-9", 1);
    ::tzset();
  }
  void TearDown() override {
    if (before_.empty()) ::unsetenv("TZ");
    else ::setenv("TZ", before_.c_str(), 1);
    ::tzset();
  }

 private:
  std::string before_;
};
using Logs = InJapan;

// An InRelease file as apt stores it: a clear-signed message.
std::string in_release(std::string_view label, std::string_view codename, std::string_view date,
                       std::string_view valid_until) {
  std::string out = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nOrigin: Debian\nLabel: ";
  out += std::string(label) + "\nSuite: oldstable\nCodename: " + std::string(codename) + "\nDate: " + std::string(date);
  if (!valid_until.empty()) out += "\nValid-Until: " + std::string(valid_until);
  return out + "\nSHA256:\n 00 1 main/binary-amd64/Packages\nDate: Thu, 01 Jan 1970 00:00:00 UTC\n";
}

constexpr const char* security_list = "/var/lib/apt/lists/mirror_dists_bookworm-security_InRelease";
constexpr const char* main_list = "/var/lib/apt/lists/mirror_dists_bookworm_InRelease";

TEST(ReleaseDate, IsReadInUtcOnly) {
  EXPECT_EQ(*parse_release_date("Sat, 21 Nov 2026 00:53:02 UTC"), instant("2026-11-21T00:53:02Z"));
  EXPECT_EQ(*parse_release_date("Sun,  1 Nov 2026 9:05:00 +0000"), instant("2026-11-01T09:05:00Z"));
  for (const auto* bad : {"", "Sat, 21 Nov 2026 00:53:02", "Sat, 21 Nov 2026 00:53:02 JST",
                          "Sat, 31 Feb 2026 00:00:00 UTC", "Sat, 21 Foo 2026 00:53:02 UTC", "21 Nov 2026 00:53:02 UTC"})
    EXPECT_FALSE(parse_release_date(bad)) << bad;
}

TEST(LastListRefresh, TrustsTheSignedDateOfTheSecurityArchive) {
  TemporaryRoot root;
  root.write(security_list, in_release("Debian-Security", "bookworm-security", "Sat, 21 Nov 2026 00:53:02 UTC",
                                       "Sat, 28 Nov 2026 00:53:02 UTC"));
  root.write(main_list, in_release("Debian", "bookworm", "Sat, 12 Sep 2026 09:00:00 UTC", ""));
  root.write("/var/lib/apt/lists/partial/.x", "");
  const auto check = last_list_refresh(RootFiles(root.path()));
  ASSERT_TRUE(check) << check.error().detail;
  EXPECT_EQ(check->at, instant("2026-11-21T00:53:02Z"));
  EXPECT_EQ(check->valid_until, instant("2026-11-28T00:53:02Z"));
  EXPECT_EQ(check->basis, "inrelease");
}

TEST(LastListRefresh, AnAttemptAloneProvesNothing) {
  TemporaryRoot root;
  root.write("/var/lib/apt/lists/partial/.x", "").touch("/var/lib/apt/lists/partial", instant("2026-11-22T00:00:00Z"));
  const auto check = last_list_refresh(RootFiles(root.path()));
  ASSERT_FALSE(check);
  EXPECT_EQ(check.error(), (Error{Error::Kind::Absent, "no package lists; last attempt 2026-11-22T00:00:00Z"}));
}

TEST(LastListRefresh, TheStampOfALaterSuccessCounts) {
  TemporaryRoot root;
  root.write(security_list, in_release("Debian-Security", "bookworm-security", "Sat, 21 Nov 2026 00:53:02 UTC", ""));
  constexpr const char* stamp = "/var/lib/apt/periodic/update-success-stamp";
  root.write(stamp, "").touch(stamp, instant("2026-11-22T06:00:00Z"));
  const auto later = last_list_refresh(RootFiles(root.path()));
  ASSERT_TRUE(later);
  EXPECT_EQ(later->basis, "update_success_stamp");
  EXPECT_EQ(later->at, instant("2026-11-22T06:00:00Z"));
  root.touch(stamp, instant("2026-11-01T06:00:00Z"));
  EXPECT_EQ(last_list_refresh(RootFiles(root.path()))->basis, "inrelease");
}

constexpr const char* history =
    "\nStart-Date: 2026-11-20  06:12:30\nCommandline: /usr/bin/unattended-upgrade\n"
    "Upgrade: openssl:amd64 (3.0.16, 3.0.17)\nEnd-Date: 2026-11-20  06:12:44\n"
    "\nStart-Date: 2026-11-21  10:00:00\nCommandline: apt-get install sl\nInstall: sl:amd64 (5.02)\n"
    "End-Date: 2026-11-21  10:00:02\n"
    "\nStart-Date: 2026-11-22  11:00:00\nUpgrade: bash:amd64 (5.2-1, 5.2-2)\n"
    "Error: Sub-process /usr/bin/dpkg returned an error code (1)\nEnd-Date: 2026-11-22  11:00:05\n";

TEST_F(Logs, AnInstallOrAFailedUpgradeIsNoUpgrade) {
  EXPECT_EQ(last_upgrade_in_history(history), instant("2026-11-19T21:12:44Z"));
  EXPECT_EQ(last_upgrade_in_history(""), std::nullopt);
  EXPECT_EQ(last_upgrade_in_history("Upgrade: x\nEnd-Date: yesterday\n"), std::nullopt);
}

TEST_F(Logs, DpkgMustSayThatTheUpgradedPackageIsInstalled) {
  constexpr const char* log =
      "2026-11-20 06:12:40 upgrade openssl:amd64 3.0.16 3.0.17\n"
      "2026-11-20 06:12:44 status installed openssl:amd64 3.0.17\n"
      "2026-11-21 10:00:01 install sl:amd64 <none> 5.02\n"
      "2026-11-21 10:00:02 status installed sl:amd64 5.02\n"
      "2026-11-22 11:00:00 upgrade bash:amd64 5.2-1 5.2-2\n"
      "2026-11-22 11:00:01 status half-configured bash:amd64 5.2-2\n";
  EXPECT_EQ(last_upgrade_in_dpkg_log(log), instant("2026-11-19T21:12:44Z"));
}

TEST_F(Logs, NoUpgradeInThemIsNotTold) {
  TemporaryRoot root;
  const auto none = last_upgrade(RootFiles(root.path()));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, Error::Kind::NotCollected);
  root.write("/var/log/apt/history.log", history);
  root.write("/var/log/dpkg.log.1",
             "2026-11-21 09:00:00 upgrade a:amd64 1 2\n2026-11-21 09:00:01 status installed a:amd64 2\n");
  const auto found = last_upgrade(RootFiles(root.path()));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->basis, "dpkg_log");
  EXPECT_EQ(found->at, instant("2026-11-21T00:00:01Z"));
}

TEST(AptConf, ReadsBothSpellingsListsAndComments) {
  AptConf conf;
  parse_apt_conf(R"(// a comment; with "quotes"
APT::Periodic::Update-Package-Lists "1";
APT { Periodic { Unattended-Upgrade "0"; }; };  # more
/* APT::Periodic::Enable "0"; */
apt::periodic::unattended-upgrade "1";
Unattended-Upgrade::Origins-Pattern { "origin=Debian,label=Debian"; "origin=Debian,label=Debian-Security"; };
Unattended-Upgrade::Allowed-Origins:: "x";
)",
                 conf);
  EXPECT_TRUE(conf.understood);
  EXPECT_EQ(conf.last("apt::periodic::update-package-lists"), "1");
  EXPECT_EQ(conf.last("apt::periodic::unattended-upgrade"), "1");
  EXPECT_EQ(conf.last("apt::periodic::enable"), "");
  EXPECT_EQ(conf.values["unattended-upgrade::origins-pattern"].size(), 2U);
  EXPECT_EQ(conf.values["unattended-upgrade::allowed-origins"].size(), 1U);
}

TEST(AptConf, SaysWhatItDoesNotUnderstand) {
  for (const auto* odd : {"#clear APT::Periodic;", "APT { Periodic \"1\";", "};", "A \"unclosed", "/* unclosed"}) {
    AptConf conf;
    parse_apt_conf(odd, conf);
    EXPECT_FALSE(conf.understood) << odd;
  }
}

// A machine that upgrades itself: settings, package, timer and an origin with security updates.
struct SelfUpdating {
  TemporaryRoot root;
  InstalledPackages packages = {{"apt", "2.6"}, {"unattended-upgrades", "2.9"}};
  SelfUpdating() {
    root.write("/etc/apt/apt.conf.d/20auto-upgrades",
               "APT::Periodic::Update-Package-Lists \"1\";\nAPT::Periodic::Unattended-Upgrade \"1\";\n");
    root.write("/etc/apt/apt.conf.d/50unattended-upgrades",
               "Unattended-Upgrade::Origins-Pattern { \"origin=Debian,label=Debian-Security\"; };\n");
    root.write("/etc/systemd/system/timers.target.wants/apt-daily-upgrade.timer", "");
  }
  Result<UpdatesAuto> seen() const {
    const RootFiles files(root.path());
    const auto conf = apt_configuration(files);
    return conf ? automatic_updates(files, *conf, packages) : conf.error();
  }
};

TEST(AutomaticUpdates, NeedSettingsPackageTimerAndSecurityArchive) {
  SelfUpdating all;
  ASSERT_TRUE(all.seen()) << all.seen().error().detail;
  EXPECT_EQ(all.seen()->mode, "automatic");

  SelfUpdating no_package;
  no_package.packages.erase("unattended-upgrades");
  EXPECT_EQ(no_package.seen()->mode, "off");

  SelfUpdating no_timer;
  std::filesystem::remove(no_timer.root.path("/etc/systemd/system/timers.target.wants/apt-daily-upgrade.timer"));
  EXPECT_EQ(no_timer.seen()->mode, "off");
  no_timer.root.write("/etc/cron.daily/apt-compat", "");
  EXPECT_EQ(no_timer.seen()->mode, "automatic");

  SelfUpdating disabled;
  disabled.root.write("/etc/apt/apt.conf.d/99local", "APT::Periodic::Enable \"0\";");
  EXPECT_EQ(disabled.seen()->mode, "off");

  SelfUpdating announced;
  announced.root.write("/etc/apt/apt.conf.d/99local", "APT::Periodic::Unattended-Upgrade \"0\";");
  announced.packages.emplace("apticron", "1");
  EXPECT_EQ(announced.seen()->mode, "notify");
}

TEST(AutomaticUpdates, ContradictionsAreNotJudgedHere) {
  SelfUpdating no_security;
  no_security.root.write("/etc/apt/apt.conf.d/50unattended-upgrades",
                         "Unattended-Upgrade::Origins-Pattern { \"origin=Debian,label=Debian\"; };\n");
  ASSERT_FALSE(no_security.seen());
  EXPECT_EQ(no_security.seen().error().kind, Error::Kind::Failed);

  SelfUpdating no_lists;
  no_lists.root.write("/etc/apt/apt.conf", "APT::Periodic::Update-Package-Lists \"0\";");
  ASSERT_FALSE(no_lists.seen());

  SelfUpdating cleared;
  cleared.root.write("/etc/apt/apt.conf.d/99local", "#clear Unattended-Upgrade::Origins-Pattern;");
  ASSERT_FALSE(cleared.seen());
}

}  // namespace
}  // namespace kenshin
