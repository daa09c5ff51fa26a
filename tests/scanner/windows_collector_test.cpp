// kenshin-collect.exe under wine, and what kenshin makes of its file: what the registry tells has a verdict, all that
// wine cannot answer is "could not tell" with wine's own code.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "probes/base/json_fields.h"
#include "tests/lab/process.h"

namespace kenshin {
namespace {

namespace fs = std::filesystem;

const std::string program = SOURCE_DIR "/build/windows/probes/host/collectors/windows/kenshin-collect.exe";

// Windows 11 24H2 Pro that lets anybody in, with a product's service that is not running.
constexpr std::string_view seed = R"(REGEDIT4

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion]
"CurrentBuildNumber"="26100"
"CurrentBuild"="26100"
"UBR"=dword:00001b00
"EditionID"="Professional"
"InstallationType"="Client"
"DisplayVersion"="24H2"

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon]
"AutoAdminLogon"="1"
"DefaultUserName"="reception"
"DefaultPassword"="opensesame"

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Zoom]
"DisplayName"="Zoom Workplace"
"DisplayVersion"="6.2.1"

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Diary]
"DisplayName"="Somebody's Diary"
"DisplayVersion"="1"
)";

class Wine {
 public:
  Wine() {
    lab::write_file(folder_.path("seed.reg"), std::string(seed));
    run("wineboot -i");
    run("regedit " + folder_.path("seed.reg"));
    run("sc create ekrn binPath= C:\\\\none.exe");
  }
  ~Wine() { run("wineboot -k"); }
  Wine(const Wine&) = delete;
  Wine& operator=(const Wine&) = delete;

  lab::Ran run(const std::string& words) const {
    return lab::run({"sh", "-c",
                     "WINEPREFIX=" + folder_.path("prefix") + " WINEDEBUG=-all WINEARCH=win64 DISPLAY= HOME=" +
                         folder_.path("home") + " timeout 90 wine " + words + " 2>/dev/null"});
  }
  std::string path(const std::string& name) const { return folder_.path(name); }

 private:
  const lab::Folder folder_;
};

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Json parsed(const std::string& path) {
  const auto read = parse_json(content(path), path);
  EXPECT_TRUE(read) << path;
  return read ? *read : Json();
}

TEST(WindowsCollector, TellsWhatWineKnowsAndNothingMore) {
  if (const char* all = std::getenv("KENSHIN_ALL"); !all || std::string(all) != "1") GTEST_SKIP() << "--all";
  ASSERT_TRUE(fs::exists(program)) << "cmake --preset windows && cmake --build --preset windows";
  EXPECT_LT(fs::file_size(program), 400'000U);
  const Wine wine;
  fs::create_directories(wine.path("share"));
  const auto ran = wine.run(program + " --out Z:" + wine.path("share") + " --label desk-1 --nonce abc");
  ASSERT_EQ(ran.status, 0) << ran.output;
  std::string file;
  for (const auto& entry : fs::directory_iterator(wine.path("share"))) file = entry.path();
  ASSERT_TRUE(fs::path(file).filename().string().starts_with("desk-1-")) << file;
  const std::string text = content(file);
  for (const auto* secret : {"reception", "opensesame", "Diary"}) EXPECT_EQ(text.find(secret), std::string::npos);

  const Json facts = parsed(file)["facts"];
  EXPECT_EQ(facts["os.identity"]["value"]["build"], 26100);
  EXPECT_EQ(facts["login.automatic"]["value"]["enabled"], "yes");
  EXPECT_EQ(facts["software.products"]["value"][0]["id"], "zoom");
  for (const auto* untold : {"updates.last_os_update", "updates.pending", "disk.encryption", "firewall"}) {
    EXPECT_EQ(facts[untold]["status"], "error") << untold;
    EXPECT_TRUE(facts[untold]["code"].get<std::string>().starts_with("0x")) << untold;
  }

  const std::string out = wine.path("report");
  const auto scanned =
      lab::run({"sh", "-c", BINARY_DIR "/kenshin scan --lang en --facts " + file + " --out " + out + " 2>&1"});
  ASSERT_TRUE(fs::exists(out + "/result.json")) << scanned.output;
  std::map<std::string, std::string> verdicts;
  const Json result = parsed(out + "/result.json");
  for (const auto& finding : result["findings"])
    if (finding["criterion"].get<std::string>().starts_with("host."))
      verdicts[finding["criterion"]] = finding["verdict"];
  EXPECT_EQ(verdicts["host.os.supported"], "not_met") << "24H2 Pro ended on 2026-10-13";
  EXPECT_EQ(verdicts["host.login.automatic"], "not_met");
  for (const auto* untold : {"host.updates.current", "host.updates.pending_security", "host.updates.last_check",
                             "host.reboot", "host.disk", "host.lock"})
    EXPECT_EQ(verdicts[untold], "unknown") << untold;
  for (const auto& [criterion, verdict] : verdicts) {
    const bool is_answered = criterion == "host.ports" || criterion == "host.updates.automatic";  // sockets, policies
    EXPECT_TRUE(verdict != "met" || is_answered) << criterion << " by accident";
    const bool is_told = criterion == "host.os.supported" || criterion == "host.login.automatic";
    EXPECT_EQ(verdict == "not_met", is_told) << criterion << " by accident";
  }
}

}  // namespace
}  // namespace kenshin
