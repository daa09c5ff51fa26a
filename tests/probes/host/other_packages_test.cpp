// Package systems other than dpkg's, as they are: rpm with dnf and zypper, pacman, each with a repository that the test
// makes. Debian has all of them; where a package is missing the test is skipped. The same answers come from the shell
// collector and from kenshin, which starts it.
#include "probes/host/other_packages.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <set>

#include "probes/host/child_program.h"
#include "probes/host/this_host.h"
#include "tests/probes/host/temporary_root.h"

namespace kenshin {
namespace {

bool there_is(std::string_view program) {
  for (const std::string folder : {"/usr/bin/", "/usr/sbin/"})
    if (std::filesystem::exists(folder + std::string(program))) return true;
  return false;
}

// Runs as the tests' own user, in the root folder; HOME is there, so that rpm of Debian keeps its database below it.
void shell(TemporaryRoot& root, const std::string& commands) {
  root.write("/steps.sh",
             "set -e\ncd '" + root.path() + "'\nexport HOME=\"$PWD/home\" LC_ALL=C\nmkdir -p home\n" + commands);
  const std::string command = "sh '" + root.path("/steps.sh") + "' >'" + root.path("/steps.log") + "' 2>&1";
  const int code = std::system(command.c_str());
  std::ifstream log(root.path("/steps.log"));
  ASSERT_EQ(code, 0) << std::string{std::istreambuf_iterator<char>(log), {}};
}

void program(TemporaryRoot& root, const std::string& name, const std::string& runs) {
  root.write("/programs/" + name, "#!/bin/sh\nHOME='" + root.path("/home") + "' exec /usr/bin/" + runs + " \"$@\"\n");
  ::chmod(root.path("/programs/" + name).c_str(), 0755);
}

const Observation* named(const std::vector<Observation>& all, std::string_view name) {
  for (const auto& o : all)
    if (o.name == name) return &o;
  return nullptr;
}
std::vector<Observation> seen(const TemporaryRoot& root) {
  return facts_of_other_packages(root.path(), root.path("/programs"), {TargetKind::Host, "server", 0}, Instant{});
}
UpdatesPending pending(const TemporaryRoot& root) {
  const auto all = seen(root);
  const auto* found = named(all, "updates.pending");
  const auto* fact = found ? fact_of<UpdatesPending>(*found) : nullptr;
  EXPECT_TRUE(fact) << (found ? found->fact.error().detail : "no such fact");
  return fact ? *fact : UpdatesPending{};
}
std::string why_no(const TemporaryRoot& root, std::string_view name) {
  const auto all = seen(root);
  const auto* found = named(all, name);
  EXPECT_TRUE(found && !found->fact) << name;
  return found && !found->fact ? found->fact.error().detail : "";
}

// alpha, beta and gamma 1.0 are installed. The repository brings 1.1, a security update of alpha, and 1.2, for which
// only alpha and beta have advisories.
class Rpm : public testing::Test {
 protected:
  void SetUp() override {
    for (const auto* name : {"rpmbuild", "createrepo_c", "modifyrepo_c", "dnf", "zypper"})
      if (!there_is(name)) GTEST_SKIP() << name << " is not installed";
    turn_ = ::open((std::filesystem::temp_directory_path() / "kenshin-test-of-dnf").c_str(),
                   O_CREAT | O_RDWR | O_CLOEXEC, 0666);
    ASSERT_EQ(::flock(turn_, LOCK_EX), 0);
    root_.write("/updateinfo.xml", R"(<updates>
<update from="t" status="stable" type="security" version="1"><id>EXAMPLE-1</id><title>t</title><severity>Important</severity>
 <issued date="2026-11-01 00:00:00"/><pkglist><collection short="x"><name>x</name>
 <package name="alpha" version="1.1" release="1" epoch="0" arch="noarch"><filename>alpha-1.1-1.noarch.rpm</filename></package></collection></pkglist></update>
<update from="t" status="stable" type="bugfix" version="1"><id>EXAMPLE-2</id><title>t</title>
 <issued date="2026-11-02 00:00:00"/><pkglist><collection short="x"><name>x</name>
 <package name="alpha" version="1.2" release="1" epoch="0" arch="noarch"><filename>alpha-1.2-1.noarch.rpm</filename></package>
 <package name="beta" version="1.2" release="1" epoch="0" arch="noarch"><filename>beta-1.2-1.noarch.rpm</filename></package></collection></pkglist></update>
</updates>
)");
    root_.write("/etc/yum.repos.d/example.repo",
                "[example]\nname=e\nbaseurl=file://" + root_.path("/repository") + "\nenabled=1\ngpgcheck=0\n");
    root_.write("/etc/zypp/repos.d/example.repo", "[example]\nname=e\nbaseurl=dir:" + root_.path("/repository") +
                                                      "\nenabled=1\ngpgcheck=0\nautorefresh=0\n");
    root_.write("/etc/dnf/dnf.conf", "[main]\n");
    root_.write("/var/lib/rpm/.keep", "");
    // zypper looks for the database below its root, dnf where rpm's macro says.
    root_.write("/home/.rpmmacros", "%_dbpath " + root_.path("/var/lib/rpm") + "\n");
    shell(root_, R"(
mkdir -p repository work
make() {
  printf 'Name: %s\nVersion: %s\nRelease: 1\nSummary: t\nLicense: none\nBuildArch: noarch\n%%description\nt\n%%files\n' $1 $2 >$1.spec
  rpmbuild -bb --define "_topdir $PWD/work" $1.spec
}
for name in alpha beta gamma; do
  make $name 1.0
  rpm --dbpath "$PWD/var/lib/rpm" -i --nodeps --justdb work/RPMS/noarch/$name-1.0-1.noarch.rpm
  for version in 1.1 1.2; do make $name $version; mv work/RPMS/noarch/$name-$version-1.noarch.rpm repository/; done
done
createrepo_c repository
modifyrepo_c updateinfo.xml repository/repodata
)");
    program(root_, "rpm", "rpm");
  }
  void with_dnf() {
    const std::string dnf = "dnf -c " + root_.path("/etc/dnf/dnf.conf") +
                            " --setopt=reposdir=" + root_.path("/etc/yum.repos.d") + " --releasever=1";
    program(root_, "dnf", dnf);
    shell(root_, dnf + " --setopt=cachedir=$PWD/var/cache/dnf --setopt=logdir=$PWD/home makecache\nchmod -R a+rX .");
  }
  void with_zypper() {
    const std::string zypper = "zypper --root " + root_.path();
    program(root_, "zypper", zypper);
    // libzypp joins its root and rpm's path.
    shell(root_, "mkdir -p \".$PWD/var/lib\"\ncp -a var/lib/rpm \".$PWD/var/lib/\"\n" + zypper +
                     " --no-gpg-checks --non-interactive refresh\n" + zypper +
                     " --non-interactive list-updates\nchmod -R a+rX .");
  }
  static std::set<std::string> logs_of_dnf() {
    std::set<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator("/var/tmp"))
      if (entry.path().filename().string().starts_with("dnf-")) out.insert(entry.path());
    return out;
  }
  void TearDown() override { ::close(turn_); }
  TemporaryRoot root_;
  int turn_ =
      -1;  // one test at a time: dnf keeps one folder of logs for each user, which goes with the first collector
};

TEST_F(Rpm, DnfTellsWhatWaitsAndThatNotEveryClassIsKnown) {
  with_dnf();
  const auto before = logs_of_dnf();
  const auto found = pending(root_);
  EXPECT_EQ(found.installed, 3);
  EXPECT_EQ(found.total, 3);
  EXPECT_EQ(found.security, 1) << "a later version that no advisory calls a security update holds the earlier one's";
  EXPECT_FALSE(found.security_known) << "nothing says what gamma's update is for";
  const auto all = seen(root_);
  EXPECT_TRUE(named(all, "updates.last_check")->fact) << named(all, "updates.last_check")->fact.error().detail;
  EXPECT_EQ(logs_of_dnf(), before) << "dnf's own log is left behind";
}

TEST_F(Rpm, DnfKnowsEveryClassWhereAdvisoriesTellIt) {
  with_dnf();
  shell(root_, "rpm --dbpath \"$PWD/var/lib/rpm\" -e --justdb gamma\nchmod -R a+rX .");
  const auto found = pending(root_);
  EXPECT_EQ(found.total, 2);
  EXPECT_EQ(found.security, 1);
  EXPECT_TRUE(found.security_known);
}

TEST_F(Rpm, DnfWithoutTheListsOfARepositoryTellsNothing) {
  with_dnf();
  // Configured so, dnf itself says that nothing waits, and ends with 0.
  root_.write("/etc/yum.repos.d/other.repo",
              "[other]\nname=o\nbaseurl=file:///nonexistent\nenabled=1\nskip_if_unavailable=1\n");
  EXPECT_NE(why_no(root_, "updates.pending").find("lists of one repository"), std::string::npos);
  EXPECT_NE(why_no(root_, "updates.last_check"), "");
}

TEST_F(Rpm, AnEmptyDatabaseIsNoFullyUpdatedSystem) {
  with_dnf();
  shell(root_, "rpm --dbpath \"$PWD/var/lib/rpm\" -e --justdb alpha beta gamma\nchmod -R a+rX .");
  EXPECT_NE(why_no(root_, "updates.pending").find("0 packages installed"), std::string::npos);
}

TEST_F(Rpm, NewerDnfIsNotGuessedAt) {
  program(root_, "dnf", "echo dnf5 version 5.2.6 #");
  EXPECT_NE(why_no(root_, "updates.pending").find("dnf 4"), std::string::npos);
}

TEST_F(Rpm, ZypperCountsPatches) {
  with_zypper();
  const auto found = pending(root_);
  EXPECT_EQ(found.installed, 3);
  EXPECT_EQ(found.total, 3);
  EXPECT_EQ(found.security, 1);
  EXPECT_TRUE(found.security_known);
}

TEST_F(Rpm, ZypperThatSkipsARepositoryTellsNothing) {
  with_zypper();
  shell(root_, "rm -rf var/cache/zypp/solv");  // nobody may not make it anew; zypper then says that nothing waits
  EXPECT_NE(why_no(root_, "updates.pending").find("zypper did not answer"), std::string::npos);
}

TEST_F(Rpm, ZypperWithoutAdvisoriesDoesNotKnowTheClass) {
  shell(root_, "createrepo_c repository");
  with_zypper();
  const auto found = pending(root_);
  EXPECT_EQ(found.total, 3);
  EXPECT_EQ(found.security, 0);
  EXPECT_FALSE(found.security_known);
}

TEST_F(Rpm, KernelThatIsOlderThanTheNewestNeedsARestart) {
  root_.write("/proc/sys/kernel/osrelease", "5.14.0-503.el9.x86_64\n").write("/proc/1/cgroup", "0::/init.scope\n");
  program(root_, "rpm", "printf '5.14.0-503.el9.x86_64\\n5.14.0-70.el9.x86_64\\n5.14.0-570.el9.x86_64\\n' #");
  const auto all = seen(root_);
  const auto* fact = fact_of<RebootRequired>(*named(all, "reboot.required"));
  ASSERT_TRUE(fact) << named(all, "reboot.required")->fact.error().detail;
  EXPECT_TRUE(fact->required);
  program(root_, "rpm", "printf '5.14.0-503.el9.x86_64\\n5.14.0-70.el9.x86_64\\n' #");
  EXPECT_NE(why_no(root_, "reboot.required").find("newest kernel runs"), std::string::npos);
}

TEST(Pacman, CountsWhatWaitsWithoutClasses) {
  if (!there_is("pacman")) GTEST_SKIP() << "pacman is not installed";
  TemporaryRoot root;
  root.write("/etc/pacman.conf",
             "[options]\nArchitecture = auto\n[example]\nSigLevel = Never\nServer = file:///nonexistent\n");
  const auto package = [](const std::string& name, const std::string& version) {
    return "%NAME%\n" + name + "\n\n%VERSION%\n" + version + "\n\n%ARCH%\nany\n\n%INSTALLDATE%\n1\n\n";
  };
  root.write("/var/lib/pacman/local/ALPM_DB_VERSION", "9\n");
  for (const std::string name : {"alpha", "beta"}) {
    root.write("/var/lib/pacman/local/" + name + "-1.0-1/desc", package(name, "1.0-1"));
    root.write("/var/lib/pacman/local/" + name + "-1.0-1/files", "%FILES%\n");
  }
  const auto offered = [](const std::string& name, const std::string& version) {
    return "%FILENAME%\n" + name + "-" + version + "-any.pkg.tar.gz\n\n%NAME%\n" + name + "\n\n%VERSION%\n" + version +
           "\n\n%CSIZE%\n1\n\n%ISIZE%\n1\n\n%ARCH%\nany\n\n";
  };
  root.write("/offer/alpha-1.1-1/desc", offered("alpha", "1.1-1"))
      .write("/offer/beta-1.0-1/desc", offered("beta", "1.0-1"));
  shell(root, "mkdir -p var/lib/pacman/sync\ncd offer\ntar -czf ../var/lib/pacman/sync/example.db *\n");
  program(root, "pacman",
          "pacman --config " + root.path("/etc/pacman.conf") + " --dbpath " + root.path("/var/lib/pacman"));
  const auto found = pending(root);
  EXPECT_EQ(found.installed, 2);
  EXPECT_EQ(found.total, 1);
  EXPECT_FALSE(found.security_known);
  // Up to date: pacman ends with 1 and prints nothing.
  root.write("/var/lib/pacman/local/alpha-1.1-1/desc", package("alpha", "1.1-1"))
      .write("/var/lib/pacman/local/alpha-1.1-1/files", "%FILES%\n");
  std::filesystem::remove_all(root.path("/var/lib/pacman/local/alpha-1.0-1"));
  EXPECT_EQ(pending(root).total, 0);
}

TEST(OtherPackages, AMachineWithNoPackageSystemSaysSo) {
  TemporaryRoot root;
  for (const auto* name : {"updates.last_check", "updates.pending"})
    EXPECT_NE(why_no(root, name).find("no package system"), std::string::npos) << name;
  Session session;
  session.now = [] { return instant("2026-11-22T00:00:00Z"); };
  const auto all = look_at_host({root.path(), ""}, "server", session);
  EXPECT_NE(named(all, "updates.pending")->fact.error().detail.find("no package system"), std::string::npos);
  EXPECT_TRUE(named(all, "av.products"));
}

}  // namespace
}  // namespace kenshin
