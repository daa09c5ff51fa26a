// Waiting updates on a root of our own making, counted by the real kenshin-apt-facts and the real libapt-pkg.
#include "probes/host/pending_updates.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probes/host/child_program.h"
#include "tests/probes/host/temporary_root.h"

namespace kenshin {
namespace {

constexpr const char* apt_facts = BINARY_DIR "/kenshin-apt-facts";

std::string installed(std::string_view name, std::string_view version, std::string_view selection = "install") {
  return "Package: " + std::string(name) + "\nStatus: " + std::string(selection) +
         " ok installed\nMaintainer: nobody\nArchitecture: amd64\nVersion: " + std::string(version) +
         "\nDescription: test\n\n";
}
std::string offered(std::string_view name, std::string_view version) {
  return "Package: " + std::string(name) + "\nVersion: " + std::string(version) +
         "\nArchitecture: amd64\nMaintainer: nobody\nFilename: a/" + std::string(name) +
         ".deb\nSize: 1\nSHA256: " + std::string(64, '0') + "\nDescription: test\n\n";
}
std::string release(std::string_view label, std::string_view suite, std::string_view codename) {
  return "Origin: Debian\nLabel: " + std::string(label) + "\nSuite: " + std::string(suite) +
         "\nCodename: " + std::string(codename) +
         "\nDate: Sat, 21 Nov 2026 00:53:02 UTC\nArchitectures: amd64\nComponents: main\n";
}

// Two archives, main and security, and what is installed. The mirror's name has nothing of "security" in it.
class AptRoot : public testing::Test {
 protected:
  void SetUp() override {
#if __has_include(<apt-pkg/init.h>)
    ASSERT_TRUE(std::filesystem::exists(apt_facts)) << "build the target kenshin-apt-facts";
#else
    GTEST_SKIP() << "libapt-pkg-dev is not installed";
#endif
    root.write("/var/lib/dpkg/arch", "amd64\n");
    root.write("/etc/apt/sources.list",
               "deb http://a.example/x stable-security main\ndeb http://a.example/x stable main\n");
    root.write("/etc/apt/preferences.d/.keep", "").write("/var/lib/apt/lists/partial/.keep", "");
    root.write("/var/cache/apt/archives/partial/.keep", "");
    root.write(lists + "stable-security_Release", release("Debian-Security", "stable-security", "stable-security"));
    root.write(lists + "stable_Release", release("Debian", "stable", "stable"));
    root.write(security, "").write(main, "");
  }
  Result<UpdatesPending> pending() const { return pending_updates(apt_facts, root.path()); }

  TemporaryRoot root;
  const std::string lists = "/var/lib/apt/lists/a.example_x_dists_";
  const std::string security = lists + "stable-security_main_binary-amd64_Packages";
  const std::string main = lists + "stable_main_binary-amd64_Packages";
  const std::string status = "/var/lib/dpkg/status";
};

TEST_F(AptRoot, CountsASecurityFixThatANewerPointReleaseHides) {
  root.write(status, installed("openssl", "3.0.16-1") + installed("bash", "5.2-1"));
  root.write(security, offered("openssl", "3.0.17-1"));
  root.write(main, offered("openssl", "3.0.18-1") + offered("bash", "5.2-1"));
  const auto seen = pending();
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(*seen, (UpdatesPending{2, 1, 1, 0, true}));
}

TEST_F(AptRoot, TellsSecurityUpdatesFromOthersAndCountsHeldOnes) {
  root.write(status, installed("held", "1.0", "hold") + installed("bash", "5.2-1"));
  root.write(security, offered("held", "1.1"));
  root.write(main, offered("bash", "5.2-2"));
  const auto seen = pending();
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(*seen, (UpdatesPending{2, 2, 1, 1, true}));
}

// What differs from apt's own answers, and why: apt names the suite of the candidate, behind which a point release
// hides the security fix; its simulated upgrade leaves out what is held.
TEST_F(AptRoot, CountsWhatAptListsAndTheFixThatItDoesNotName) {
  root.write(status, installed("openssl", "3.0.16-1") + installed("held", "1.0", "hold") + installed("bash", "5.2-1") +
                         installed("dash", "1"));
  root.write(security, offered("openssl", "3.0.17-1") + offered("held", "1.1"));
  root.write(main, offered("openssl", "3.0.18-1") + offered("bash", "5.2-2") + offered("dash", "1"));
  const auto apt = [&](const std::string& program, std::vector<std::string> words) {
    words.insert(words.end(), {"-o", "Dir=" + root.path()});
    for (const char* setting : {"APT::Architecture=amd64", "Dir::Cache::pkgcache=", "Dir::Cache::srcpkgcache=",
                                "Debug::NoLocking=1", "Dir::Bin::dpkg=/usr/bin/dpkg"})
      words.insert(words.end(), {"-o", setting});
    const auto output = run_program("/usr/bin/" + program, words, std::chrono::seconds(20), std::size_t{1} << 20);
    EXPECT_TRUE(output && output->exit_status == 0) << program;
    return output ? output->printed : std::string();
  };
  const auto times = [](const std::string& text, std::string_view word) {
    int count = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
    return count;
  };
  const std::string listed = apt("apt", {"list", "--upgradable"});
  const std::string simulated = apt("apt-get", {"-s", "upgrade"});
  const auto seen = pending();
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->total, times(listed, "upgradable from")) << listed;
  EXPECT_EQ(seen->total - seen->held, times(simulated, "\nInst ")) << simulated;
  EXPECT_EQ(seen->security, times(listed, "/stable-security") + 1) << listed;
}

TEST_F(AptRoot, AnUpToDateSystemHasNothingPending) {
  root.write(status, installed("bash", "5.2-2"));
  root.write(security, offered("bash", "5.2-1"));
  root.write(main, offered("bash", "5.2-2"));
  const auto seen = pending();
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(*seen, (UpdatesPending{1, 0, 0, 0, true}));
}

TEST_F(AptRoot, WithoutAnIndexSecurityIsNotKnown) {
  root.write(status, installed("bash", "5.2-1"));
  std::filesystem::remove(root.path(security));
  const auto seen = pending();
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_FALSE(seen->security_known);
}

TEST_F(AptRoot, AnEmptyDatabaseIsNotUpToDate) {
  root.write(status, "");
  const auto seen = pending();
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().kind, Error::Kind::Failed);
}

TEST_F(AptRoot, ItsConfigurationIsNotLoaded) {
  root.write(status, installed("bash", "5.2-1"));
  root.write(main, offered("bash", "5.2-2"));
  root.write("/etc/apt/apt.conf", "Dir::State::status \"/nowhere\";\nDir::Bin::dpkg \"/bin/false\";\n");
  root.write("/etc/apt/apt.conf.d/00x", "Dir::State::lists \"/nowhere\";\n");
  const auto seen = pending();
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->total, 1);
}

TEST(AptFacts, ThatContradictThemselvesAreRefused) {
  EXPECT_TRUE(parse_apt_facts(R"({"installed":3,"total":2,"security":1,"held":0,"security_known":true})"));
  for (const auto* bad : {"", "{}", R"({"installed":3,"total":2,"security":3,"held":0,"security_known":true})",
                          R"({"installed":0,"total":0,"security":0,"held":0,"security_known":true})",
                          R"({"installed":3,"total":-1,"security":-2,"held":0,"security_known":true})"}) {
    const auto seen = parse_apt_facts(bad);
    ASSERT_FALSE(seen) << bad;
    EXPECT_EQ(seen.error().kind, Error::Kind::Failed) << bad;
  }
}

TEST(AptFacts, WithoutTheProgramSayWhatToInstall) {
  const auto seen = pending_updates("/nonexistent/kenshin-apt-facts", "/");
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().kind, Error::Kind::Unsupported);
  EXPECT_NE(seen.error().detail.find("libapt-pkg-dev"), std::string::npos);
}

const std::string shell = "/bin/sh";
Result<ChildOutput> run(const std::string& script, int milliseconds = 10'000, std::size_t limit = 10'000) {
  return run_program(shell, std::vector<std::string>{"-c", script}, std::chrono::milliseconds(milliseconds), limit);
}

TEST(ChildProgram, GetsACleanEnvironment) {
  ::setenv("KENSHIN_SECRET", "x", 1);
  const auto seen = run("echo \"${KENSHIN_SECRET-none} $(pwd) $LC_ALL\"; ls /proc/self/fd | wc -l; exit 7");
  ::unsetenv("KENSHIN_SECRET");
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->printed, "none / C\n4\n");  // 0, 1, 2 and the folder that ls reads
  EXPECT_EQ(seen->exit_status, 7);
}

TEST(ChildProgram, IsNotRoot) {
  const auto seen = run("id -u");
  ASSERT_TRUE(seen);
  EXPECT_NE(seen->printed, "0\n");
}

TEST(ChildProgram, LeavesNoChildrenBehind) {
  TemporaryRoot root;
  ASSERT_EQ(::mkfifo(root.path("/alive").c_str(), 0666), 0);
  std::filesystem::permissions(root.path("/alive"), std::filesystem::perms(0666));
  EXPECT_FALSE(run("sh -c 'exec 3<>" + root.path("/alive") + "; sleep 60' & exit 0", 200));
  // A pipe that nobody reads cannot be opened for writing: the child is gone, or about to be.
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  int writer = 0;
  while ((writer = ::open(root.path("/alive").c_str(), O_WRONLY | O_NONBLOCK)) >= 0 &&
         std::chrono::steady_clock::now() < end)
    ::close(writer);
  EXPECT_LT(writer, 0);
}

TEST(ChildProgram, IsEndedAtTheDeadlineAndAtTheLimit) {
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(run("sleep 60", 200).error().detail, "no answer before the deadline");
  EXPECT_EQ(run("exec >&-; sleep 60", 200).error().detail, "no answer before the deadline");
  EXPECT_EQ(run("sleep 60 & exit 0", 200).error().detail, "no answer before the deadline");
  EXPECT_EQ(run("while :; do echo xxxxxxxxxxxxxxxx; done").error().detail, "printed more than 10000 bytes");
  EXPECT_EQ(run("kill -9 $$").error().detail, "ended by signal 9");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
}

}  // namespace
}  // namespace kenshin
