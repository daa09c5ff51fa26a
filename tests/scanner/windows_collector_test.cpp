// kenshin-collect.exe under wine, and what kenshin makes of its file: what the registry tells has a verdict, all that
// wine cannot answer is "could not tell" with wine's own code.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>

#include "probes/base/json_fields.h"
#include "tests/lab/process.h"

namespace kenshin {
namespace {

namespace fs = std::filesystem;

const std::string built = SOURCE_DIR "/build/windows/";
const std::string program = built + "probes/host/collectors/windows/kenshin-collect.exe";

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

// The classes that tests/lab/windows/stand_in.cpp serves. The system's own entries name wine's.
constexpr std::string_view stand_ins = R"(REGEDIT4

[HKEY_LOCAL_MACHINE\SOFTWARE\Classes\CLSID\{17072F7B-9ABE-4A74-A261-1EB76B55107A}\InprocServer32]
@="C:\\windows\\system32\\wscapi.dll"
"ThreadingModel"="Both"

[HKEY_LOCAL_MACHINE\SOFTWARE\Classes\CLSID\{4CB43D7F-7EEE-4906-8698-60DA1C38F2FE}\InprocServer32]
@="C:\\windows\\system32\\wscapi.dll"
"ThreadingModel"="Both"

[HKEY_LOCAL_MACHINE\SOFTWARE\Classes\CLSID\{BFE18E9C-6D87-4450-B37C-E02F0B373803}\InprocServer32]
@="C:\\windows\\system32\\wscapi.dll"
"ThreadingModel"="Both"
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

  // `settings`: words of the environment, before the command.
  std::vector<std::string> command(const std::string& words, const std::string& settings = "") const {
    return {"sh", "-c",
            "WINEPREFIX=" + folder_.path("prefix") + " WINEDEBUG=-all WINEARCH=win64 DISPLAY= LC_ALL=C.UTF-8 HOME=" +
                folder_.path("home") + " " + settings + " timeout 90 wine " + words + " 2>/dev/null"};
  }
  lab::Ran run(const std::string& words, const std::string& settings = "") const {
    return lab::run(command(words, settings));
  }
  void with_stand_ins() const {
    fs::copy_file(built + "tests/lab/windows/stand-in.dll", path("prefix/drive_c/windows/system32/wscapi.dll"),
                  fs::copy_options::overwrite_existing);
    lab::write_file(path("stand-ins.reg"), std::string(stand_ins));
    run("regedit " + path("stand-ins.reg"));
  }
  std::string path(const std::string& name) const { return folder_.path(name); }

  // The file that the collector writes, parsed.
  std::string collected(const std::string& label, const std::string& settings = "") const {
    fs::create_directories(path(label));
    const auto ran = run(program + " --out Z:" + path(label) + " --label " + label + " --nonce abc", settings);
    EXPECT_EQ(ran.status, 0) << ran.output;
    for (const auto& entry : fs::directory_iterator(path(label))) return entry.path();
    ADD_FAILURE() << "no file";
    return {};
  }

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

class WindowsCollector : public testing::Test {
 protected:
  void SetUp() override {
    if (const char* all = std::getenv("KENSHIN_ALL"); !all || std::string(all) != "1") GTEST_SKIP() << "--all";
    ASSERT_TRUE(fs::exists(program)) << "cmake --preset windows && cmake --build --preset windows";
    wine_ = std::make_unique<Wine>();
  }
  const Wine& wine() const { return *wine_; }

 private:
  std::unique_ptr<Wine> wine_;
};

TEST_F(WindowsCollector, TellsWhatWineKnowsAndNothingMore) {
  EXPECT_LT(fs::file_size(program), 400'000U);
  const std::string file = wine().collected("desk-1");
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

  const std::string out = wine().path("report");
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

// What a PC answers that has Security Center and Update Agent, ours in their place.
TEST_F(WindowsCollector, ReadsSecurityCenterAndUpdateAgent) {
  wine().with_stand_ins();
  const std::string security = "0FA1201D-4330-4FA8-8AE9-B877473B6441",
                    definitions = "E0789628-CE08-4437-BE74-2495B842F43B";
  const auto settings =
      "STANDIN_PRODUCTS='ウイルスバスター クラウド|1|0;Windows Defender|0|1' "
      "STANDIN_CHECKED=2026-11-20 STANDIN_HISTORY='"
      "Security Intelligence Update for Microsoft Defender Antivirus - KB2267602|2026-11-21|2;"
      "2026-11 Cumulative Update for Windows 11 Version 24H2 for x64-based Systems (KB5068861)|2026-11-12|4;"
      "2026-10 x64 ベース システム用 Windows 11 Version 24H2 の累積更新プログラム (KB5066835)|2026-10-15|2;"
      "2026-09 Cumulative Update for Windows 11 Version 24H2 for x64-based Systems (KB5065426)|2026-09-10|2' "
      "STANDIN_UPDATES='" +
      security + "|Critical|0|0|0;" + security + "||1|1|0;" + security + "||1|0|0;" + definitions +
      "||0|0|0;CD5FFD1E-E932-4E3A-BF74-18BF0B1BBD83||0|0|1'";
  const Json facts = parsed(wine().collected("desk-2", settings))["facts"];

  const Json& products = facts["av.products"]["value"];
  ASSERT_EQ(products.size(), 3U) << facts["av.products"].dump();
  EXPECT_EQ(products[0]["name"], "ウイルスバスター クラウド");
  EXPECT_EQ(products[0]["active"], false);
  EXPECT_EQ(products[0]["signature"]["state"], "outdated");
  EXPECT_EQ(products[1]["name"], "Windows Defender");
  EXPECT_EQ(products[1]["active"], true);
  EXPECT_EQ(products[2]["id"], "eset");
  EXPECT_EQ(products[2]["active"], false) << "its service is there and stands still";
  EXPECT_EQ(facts["updates.last_check"]["value"]["at"], "2026-11-20T03:00:00Z");
  const Json& last = facts["updates.last_os_update"];
  EXPECT_EQ(last["value"]["kb"], "KB5066835") << last.dump() << ": neither definitions nor what failed";
  EXPECT_EQ(last["value"]["at"], "2026-10-15T03:00:00Z");
  const Json& pending = facts["updates.pending"]["value"];
  EXPECT_EQ(pending["installed"], 2) << facts["updates.pending"].dump();
  EXPECT_EQ(pending["total"], 3) << "what waits for a restart counts, definitions do not";
  EXPECT_EQ(pending["security"], 2);
  EXPECT_EQ(pending["held"], 1);

  // An agent that will not stay offline is asked nothing more.
  const Json online = parsed(wine().collected("desk-3", settings + " STANDIN_ONLINE=1"))["facts"];
  EXPECT_EQ(online["updates.pending"]["status"], "error");
  EXPECT_EQ(online["updates.pending"]["at"], "put_Online");
  EXPECT_EQ(online["updates.pending"]["code"], "0x80004001");
  // A list that is empty is no answer, and not "nothing waits".
  const Json empty = parsed(wine().collected("desk-4"))["facts"];
  EXPECT_EQ(empty["updates.pending"]["status"], "error");
  EXPECT_EQ(empty["updates.last_os_update"]["status"], "error");
  EXPECT_EQ(empty["updates.last_check"]["status"], "absent");
}

TEST_F(WindowsCollector, SeesAProductsProcessAndService) {
  fs::copy_file(built + "tests/lab/windows/idle.exe", wine().path("ekrn.exe"));
  lab::Process product(wine().command(wine().path("ekrn.exe")));
  Json found;
  for (int tries = 0; tries < 5 && found.is_null(); ++tries) {  // until wine has started it
    const Json facts = parsed(wine().collected("desk-" + std::to_string(tries)))["facts"];
    for (const auto& product_seen : facts["av.products"]["value"])
      if (product_seen["id"] == "eset") found = product_seen;
  }
  ASSERT_FALSE(found.is_null());
  EXPECT_EQ(found["evidence"], Json::array({"service", "process"}));
  EXPECT_EQ(found["active"], true);
  EXPECT_TRUE(found["realtime"].is_null()) << "that it runs does not tell that it watches";
}

TEST_F(WindowsCollector, PassesItsOwnTestsAsAWindowsProgram) {
  const auto ran = wine().run(built + "tests/lab/windows/windows_tests.exe");
  EXPECT_EQ(ran.status, 0) << ran.output;
  EXPECT_NE(ran.output.find("[  PASSED  ]"), std::string::npos) << ran.output;
}

}  // namespace
}  // namespace kenshin
