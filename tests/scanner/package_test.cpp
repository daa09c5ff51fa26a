// The .deb that CPack makes of this build. Runs under `tests/run --all`.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

#include "tests/lab/process.h"

namespace kenshin {
namespace {

TEST(Package, HoldsWhatAnInstalledKenshinNeeds) {
  const char* all = std::getenv("KENSHIN_ALL");
  if (all == nullptr || std::string_view(all) != "1") GTEST_SKIP() << "builds a package: tests/run --all";
  const lab::Folder folder;
  const auto made = lab::run({"sh", "-c",
                              "cpack --config " BINARY_DIR "/CPackConfig.cmake -G DEB -B " + folder.path("deb") + " >" +
                                  folder.path("log") + " 2>&1 || { cat " + folder.path("log") + "; exit 1; }"});
  ASSERT_EQ(made.status, 0) << made.output;
  const auto shell = [&](const std::string& command) {
    return lab::run({"sh", "-c", "cd " + folder.path("deb") + " && " + command}).output;
  };
  const std::string files = shell("dpkg-deb -c *.deb");
  for (const auto file : {"./usr/bin/kenshin\n", "./usr/libexec/kenshin/kenshin-apt-facts\n",
                          "./usr/lib/systemd/system/kenshin@.timer\n", "./usr/share/doc/kenshin/user-guide.md\n"})
    EXPECT_NE(files.find(file), std::string::npos) << file;
  const std::string needs = shell("dpkg-deb -f *.deb Depends");
  for (const auto package : {"libssl3", "libsqlite3-0", "libunbound8", "ca-certificates"})
    EXPECT_NE(needs.find(package), std::string::npos) << needs;
  shell("dpkg-deb -x *.deb root");
  EXPECT_EQ(shell("root/usr/bin/kenshin --version"), "kenshin " KENSHIN_VERSION "\n");
}

}  // namespace
}  // namespace kenshin
