// The program as a user runs it: words in, words and exit codes out, against servers on loopback.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>

#include "probes/base/json_fields.h"
#include "reports/formats/wording.h"
#include "tests/lab/clinic.h"

namespace kenshin {
namespace {

namespace fs = std::filesystem;

const std::string clinic_files = SOURCE_DIR "/tests/lab/clinic";

struct Said {
  int code = -1;
  std::string text;  // both streams, or standard output alone
};

Said shell(const std::string& command) {
  const auto ran = lab::run({"sh", "-c", command});
  return {ran.status, ran.output};
}
Said kenshin(const std::string& words) { return shell("NO_COLOR=1 " BINARY_DIR "/kenshin " + words + " 2>&1"); }
Said kenshin_out(const std::string& words) { return shell("NO_COLOR=1 " BINARY_DIR "/kenshin " + words); }

std::string text_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Json json_of_file(const std::string& path) {
  const auto parsed = parse_json(text_of_file(path), path);
  EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().detail);
  return parsed ? *parsed : Json();
}

Json item(const Json& result, std::string_view id) {
  for (const auto& row : result["items"])
    if (row["id"] == id) return row;
  return Json::object();
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Cli, SaysItsVersionAndWhatItCanDo) {
  EXPECT_EQ(kenshin("--version").text, "kenshin " KENSHIN_VERSION "\n");
  const auto help = kenshin("--help");
  EXPECT_EQ(help.code, 0);
  for (const auto command :
       {"scan", "observe", "domain", "host", "judge", "baseline", "checklist", "lint", "explain"}) {
    EXPECT_TRUE(holds(help.text, command)) << command;
    const auto own = kenshin(std::string(command) + " --help --lang en");
    EXPECT_EQ(own.code, 0) << command;
    EXPECT_TRUE(holds(own.text, "usage: kenshin ")) << own.text;
    EXPECT_FALSE(holds(own.text, "[cli.")) << own.text;
  }
}

TEST(Cli, ListsAllThatCanBeExplained) {
  const auto all = kenshin("explain --lang en");
  EXPECT_EQ(all.code, 0);
  EXPECT_TRUE(holds(all.text, "2.5.2-1.xii ")) << all.text;
  EXPECT_TRUE(holds(all.text, "tls.version.floor ")) << all.text;
  const auto none = kenshin("explain nope --lang en");
  EXPECT_EQ(none.code, 64);
  EXPECT_TRUE(holds(none.text, "kenshin explain lists them")) << none.text;
}

TEST(Cli, NamesTheNearestCommandAndOption) {
  const auto command = kenshin("obsreve tele.example.jp --lang en");
  EXPECT_EQ(command.code, 64);
  EXPECT_TRUE(holds(command.text, "did you mean observe?")) << command.text;
  const auto option = kenshin("scan --chekclist x --lang en");
  EXPECT_EQ(option.code, 64);
  EXPECT_TRUE(holds(option.text, "did you mean --checklist?")) << option.text;
}

TEST(Cli, SaysWhyAFileCannotBeWrittenAndWhatToDo) {
  const lab::Folder folder;
  lab::write_file(folder.path("a-file"), "");
  lab::write_file(folder.path("facts.jsonl"),
                  "{\"schema\":\"kenshin.facts/1\",\"tool\":{\"name\":\"kenshin\",\"version\":\"1\"},"
                  "\"started\":\"2026-11-01T00:00:00Z\"}\n");
  const std::string missing = folder.path("missing/x"), below = folder.path("a-file/x");
  const std::map<std::string, std::string> cases = {
      {"observe 127.0.0.1:1 -o " + missing, missing + ": No such file or directory"},
      {"observe 127.0.0.1:1 -o " + below, below + ": Not a directory"},
      {"observe 127.0.0.1:1 -o " + folder.path(""), folder.path("") + ": Is a directory"},
      {"host -o " + missing, missing + ": No such file or directory"},
      {"scan 127.0.0.1:1 -o " + below, below + ": Not a directory"},
      {"scan 127.0.0.1:1 -o " + folder.path("a-file"), folder.path("a-file") + ": "},
      {"judge " + folder.path("") + " -o " + below, below + ": Not a directory"},
      {"judge " + folder.path("") + " -o " + folder.path("a-file"), folder.path("a-file") + ": Not a directory"},
      {"observe 127.0.0.1:1 --format json -o /dev/full", "/dev/full: No space left on device"},
  };
  for (const auto& [words, reason] : cases) {
    const auto said = kenshin(words + " --lang en");
    EXPECT_EQ(said.code, 73) << words << said.text;
    EXPECT_TRUE(holds(said.text, "cannot write " + reason)) << words << '\n' << said.text;
    EXPECT_TRUE(holds(said.text, "--out")) << said.text;
  }
}

TEST(Cli, SaysThatNothingGotThroughTheProxy) {
  const lab::Server hangs_up(lab::closes()), no_proxy(lab::speaks_http());
  const std::string nobody = "127.0.0.1:" + std::to_string(lab::free_port());
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"socks5://user:secret@" + nobody, nobody + " (proxy: "},
      {"http://" + nobody, nobody + " (proxy: "},
      {"socks5://127.0.0.1:" + std::to_string(hangs_up.port()), " (proxy, greeting: "},
      {"http://127.0.0.1:" + std::to_string(no_proxy.port()), " (proxy: CONNECT was answered 400)"},
  };
  for (const auto& [proxy, why] : cases)
    for (const std::string command : {"observe ", "scan "}) {
      const auto said = kenshin(command + "192.0.2.1:443 192.0.2.2:443 --timeout 2 --lang en --proxy " + proxy);
      EXPECT_EQ(said.code, 3) << said.text;
      const auto at = said.text.find("nothing got through the proxy");
      ASSERT_NE(at, std::string::npos) << command << proxy << '\n' << said.text;
      EXPECT_EQ(said.text.find("nothing got through the proxy", at + 1), std::string::npos) << "once";
      EXPECT_TRUE(holds(said.text, why)) << said.text;
      EXPECT_FALSE(holds(said.text, "secret")) << said.text;
    }
  EXPECT_FALSE(holds(kenshin("observe 127.0.0.1:1 --lang en").text, "proxy"));
}

TEST(Cli, EndsWithTheSysexitsCodeOfWhatIsWrong) {
  const lab::Folder folder;
  lab::write_file(folder.path("garbage.txt"), "これはチェックリストではありません\n");
  lab::write_file(folder.path("bad.toml"), "[clinic]\nnmae = \"x\"\n");
  lab::write_file(folder.path("no-checklist.toml"), "[checklist]\nfile = \"none.txt\"\n");
  lab::write_file(folder.path("no-profile.toml"), "[checklist]\nprofile = \"none\"\n");
  lab::write_file(folder.path("facts.json"), "{\n\"schema\": 1}");
  const std::map<std::string, int> cases = {
      {"", 64},
      {"scan", 64},
      {"observe", 64},
      {"observe http://tele.example.jp", 64},
      {"observe --format xml 127.0.0.1:1", 64},
      {"observe --timeout 0 127.0.0.1:1", 64},
      {"observe @" + folder.path("none.txt"), 66},
      {"scan --config " + folder.path("none.toml"), 66},
      {"scan --config " + folder.path("bad.toml"), 78},
      {"lint " + folder.path("bad.toml"), 78},
      {"lint " + folder.path("none.toml"), 66},
      {"lint " + folder.path("no-checklist.toml"), 66},
      {"lint " + folder.path("no-profile.toml"), 78},
      {"checklist show " + folder.path("none.txt"), 66},
      {"checklist show " + folder.path("garbage.txt"), 65},
      {"checklist shwo x", 64},
      {"scan --facts " + folder.path("facts.json"), 65},
      {"scan 127.0.0.1:1 --profile nosuch", 64},
      {"judge " + folder.path("nowhere"), 66},
      {"explain 2.5.2-1.xiix", 64},
      {"scan 127.0.0.1:1 --out /proc/nowhere", 73},
      {"--lang fr scan", 64},
      {"scan 127.0.0.1:1 --trust-bundle " + folder.path("garbage.txt"), 65},
      {"explain 2.5.2-1.XII", 0},
  };
  for (const auto& [words, code] : cases) {
    const auto said = kenshin(words);
    EXPECT_EQ(said.code, code) << words << "\n" << said.text;
    EXPECT_FALSE(holds(said.text, "[cli.")) << said.text;
  }
}

TEST(Cli, RefusesHostFactsOfTheFuture) {
  const lab::Folder folder;
  std::string facts = text_of_file(clinic_files + "/reception.json");
  facts.replace(facts.find("2026-11-22T03:10:00Z"), 20, "2996-11-22T03:10:00Z");
  lab::write_file(folder.path("facts.json"), facts);
  const auto said = kenshin("--lang en scan --facts " + folder.path("facts.json"));
  EXPECT_EQ(said.code, 65);
  EXPECT_TRUE(holds(said.text, "in the future")) << said.text;
}

TEST(Cli, TellsTheLineOfAMistakeInTheConfiguration) {
  const lab::Folder folder;
  lab::write_file(folder.path("bad.toml"), "[clinic]\nnmae = \"x\"\n");
  const auto said = kenshin("lint " + folder.path("bad.toml"));
  EXPECT_TRUE(holds(said.text, "bad.toml:2:1")) << said.text;
  EXPECT_TRUE(holds(said.text, "did you mean \"name\"?")) << said.text;
}

TEST(Cli, ExplainsItemsAndCriteria) {
  const auto said = kenshin("explain 2.5.2-1.xii --lang en");
  EXPECT_EQ(said.code, 0);
  for (const auto part : {"tls.version.floor", "TLSv1.2", "must", "certificate.trusted"})
    EXPECT_TRUE(holds(said.text, part)) << part << said.text;
  EXPECT_EQ(kenshin("explain tls.suites.prohibited").code, 0);
}

TEST(Cli, ShowsTheSampleChecklist) {
  const auto said = kenshin_out("checklist show " + clinic_files + "/checklist.txt --format json");
  const auto json = parse_json(said.text, "stdout");
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["items"].size(), 88U);
  EXPECT_EQ((*json)["edition"], "sample-1");
}

TEST(Cli, EveryKeyItSaysHasASentenceInBothLanguages) {
  const auto ja = Wording::load({}, Language::Ja), en = Wording::load({}, Language::En);
  ASSERT_TRUE(ja) << ja.error().detail;
  ASSERT_TRUE(en) << en.error().detail;
  for (const auto& [key, sentence] : ja->all()) EXPECT_TRUE(en->has(key)) << key;
  for (const auto& [key, sentence] : en->all()) EXPECT_TRUE(ja->has(key)) << key;
  int keys = 0;
  const std::regex key("\"((?:cli|ask|explain|not_probed)\\.[a-z.0-9_-]*[a-z0-9])\"");
  for (const auto* folder : {"scanner", "probes"})
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".cpp") continue;
      const auto text = text_of_file(entry.path());
      for (std::sregex_iterator at(text.begin(), text.end(), key), end; at != end; ++at, ++keys)
        EXPECT_TRUE(ja->has((*at)[1].str())) << (*at)[1];
    }
  EXPECT_GT(keys, 30);
}

class ClinicScan : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = new lab::Folder;
    clinic = new lab::Clinic(clinic_files, folder->path(""));
    lab::write_file(
        folder->path("doors.toml"),
        "[sources]\nwhois = \"127.0.0.1:" + std::to_string(clinic->whois_port()) + "\"\nresolver = \"127.0.0.1:1\"\n");
    said = kenshin("scan --timeout 2 --config " + folder->path("kenshin.toml") + " --out " + folder->path("out"));
  }
  static void TearDownTestSuite() {
    delete clinic;
    delete folder;
  }
  static Json result() { return json_of_file(folder->path("out/result.json")); }
  static inline lab::Folder* folder = nullptr;
  static inline lab::Clinic* clinic = nullptr;
  static inline Said said;
};

TEST_F(ClinicScan, FindsTheOldEndpointAndTheTicksThatContradictIt) {
  ASSERT_EQ(said.code, 2) << said.text;
  const auto json = result();
  EXPECT_EQ(item(json, "2.5.2-1.xii")["observed"], "not_met");
  for (const auto id : {"2.5.2.i", "2.5.1-1.ix"}) {
    EXPECT_EQ(item(json, id)["observed"], "not_met") << id;
    EXPECT_EQ(item(json, id)["agreement"], "contradicts") << id;
  }
  EXPECT_EQ(item(json, "2.5.2-1.xiv")["observed"], "supported");
  EXPECT_EQ(json["items"].size(), json_of_file(SOURCE_DIR "/reports/checklist/editions/sample-1.json")["items"].size());
}

TEST_F(ClinicScan, SaysFirstThatTheOldVersionsMustGo) {
  const auto page = text_of_file(folder->path("out/report.html"));
  EXPECT_TRUE(holds(page, "old.example.jp"));
  EXPECT_TRUE(holds(page, "記入と点検結果が違います"));
  EXPECT_LT(said.text.find("old.example.jp"), said.text.find("診察室PC")) << said.text;
}

TEST_F(ClinicScan, TheSilentEndpointIsUnknownAndTheGoodOneMet) {
  const auto json = result();
  std::map<std::string, std::string> floor;
  for (const auto& finding : json["findings"])
    if (finding["criterion"] == "tls.version.floor")
      floor[finding["target"]["name"].get<std::string>()] = finding["verdict"].get<std::string>();
  EXPECT_EQ(floor["consult.example.jp:" + std::to_string(clinic->good_port())], "met");
  EXPECT_EQ(floor["old.example.jp:" + std::to_string(clinic->weak_port())], "not_met");
  EXPECT_EQ(floor["media.example.jp:" + std::to_string(clinic->silent_port())], "unknown");
}

TEST_F(ClinicScan, JudgedAgainGivesTheSameBytes) {
  const auto before = text_of_file(folder->path("out/result.json"));
  const auto page = text_of_file(folder->path("out/report.html"));
  ASSERT_EQ(kenshin("judge " + folder->path("out")).code, 2);
  EXPECT_EQ(text_of_file(folder->path("out/result.json")), before);
  EXPECT_EQ(text_of_file(folder->path("out/report.html")), page);
}

TEST_F(ClinicScan, JudgedOnALaterDayFindsTheCertificateExpired) {
  ASSERT_EQ(kenshin("judge " + folder->path("out") + " --on 2036-01-01 --out " + folder->path("later")).code, 2);
  const auto json = json_of_file(folder->path("later/result.json"));
  int expired = 0;
  for (const auto& finding : json["findings"])
    if (finding["criterion"] == "certificate.validity" && finding["verdict"] == "not_met") ++expired;
  EXPECT_EQ(expired, 2);
}

TEST_F(ClinicScan, ARunThatWasCutShortGoesOn) {
  const auto whole = text_of_file(folder->path("out/facts.jsonl"));
  fs::create_directories(folder->path("cut"));
  const auto half = whole.find("\n", whole.size() / 2) + 40;  // in the middle of a line
  lab::write_file(folder->path("cut/facts.jsonl"), whole.substr(0, half));
  const auto refused = kenshin("scan --config " + folder->path("kenshin.toml") + " --out " + folder->path("cut"));
  EXPECT_EQ(refused.code, 73) << refused.text;
  const auto resumed =
      kenshin("scan --timeout 2 --resume --config " + folder->path("kenshin.toml") + " --out " + folder->path("cut"));
  EXPECT_EQ(resumed.code, 2) << resumed.text;
  const auto lines_of = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  EXPECT_EQ(lines_of(text_of_file(folder->path("cut/facts.jsonl"))), lines_of(whole));
}

TEST_F(ClinicScan, AnotherConfigurationDoesNotGoOnWithARun) {
  auto other = text_of_file(folder->path("kenshin.toml"));
  const auto at = other.find("owner = \"vendor\"");
  ASSERT_NE(at, std::string::npos);
  other.replace(at, 16, "owner = \"clinic\"");
  lab::write_file(folder->path("other.toml"), other);
  EXPECT_EQ(kenshin("scan --resume --config " + folder->path("other.toml") + " --out " + folder->path("out")).code, 65);
}

TEST_F(ClinicScan, FactsThatWereCutShortSaySoAndDetermineNothing) {
  ASSERT_EQ(kenshin("scan consult.example.jp@127.0.0.1:" + std::to_string(clinic->good_port()) + " --trust-bundle " +
                    clinic->bundle() + " --config " + folder->path("doors.toml") + " --out " + folder->path("short"))
                .code,
            0);
  auto facts = text_of_file(folder->path("short/facts.jsonl"));
  lab::write_file(folder->path("short/facts.jsonl"), facts.substr(0, facts.find("{\"finished\"")));
  const auto judged = kenshin("judge " + folder->path("short"));
  EXPECT_EQ(judged.code, 3) << judged.text;
  EXPECT_TRUE(holds(judged.text, "途中で止まった")) << judged.text;
}

TEST_F(ClinicScan, TheGoodEndpointAloneHoldsForWhatWasProbed) {
  const auto one =
      kenshin("scan consult.example.jp@127.0.0.1:" + std::to_string(clinic->good_port()) + " --trust-bundle " +
              clinic->bundle() + " --config " + folder->path("doors.toml") + " --out " + folder->path("good"));
  EXPECT_EQ(one.code, 0) << one.text;
  const auto xii = item(json_of_file(folder->path("good/result.json")), "2.5.2-1.xii");
  EXPECT_EQ(xii["observed"], "met");
  EXPECT_EQ(xii["scope"], "probed_only");
  EXPECT_TRUE(holds(text_of_file(folder->path("good/report.html")), "適合（点検した範囲のみ）"));
}

TEST_F(ClinicScan, ADryRunAsksNobody) {
  const lab::Server server(lab::closes());
  const auto dry = kenshin("scan 127.0.0.1:" + std::to_string(server.port()) + " --dry-run");
  EXPECT_EQ(dry.code, 0) << dry.text;
  EXPECT_TRUE(holds(dry.text, "127.0.0.1:" + std::to_string(server.port())));
  EXPECT_EQ(server.connections(), 0);
}

TEST(Unhealthy, ThreeKindsOfServerGiveThreeReasonsAndNoRefusal) {
  const lab::Server closing(lab::closes()), mute(lab::silent()), http(lab::speaks_http());
  std::set<std::string> reasons;
  for (const auto* server : {&closing, &mute, &http}) {
    const std::string target = "127.0.0.1:" + std::to_string(server->port());
    const auto scanned = kenshin("scan --timeout 1 " + target);
    EXPECT_EQ(scanned.code, 3) << scanned.text;
    const auto observed = kenshin("observe --timeout 1 --lang en " + target);
    EXPECT_EQ(observed.code, 3) << observed.text;
    EXPECT_FALSE(holds(observed.text, "not supported")) << observed.text;
    const auto json = parse_json(kenshin_out("observe --timeout 1 --format json " + target).text, "stdout");
    ASSERT_TRUE(json);
    for (const auto& o : (*json)["observations"])
      if (o["target"]["kind"] == "endpoint" && o["probe"] != "endpoint.place") {
        ASSERT_TRUE(o.contains("error")) << o;
        // One probe finds out, the others ask nothing.
        const bool finds_out = o["probe"] == "tls.versions";
        EXPECT_EQ(o.value("connections", 0) > 0, finds_out) << o;
        reasons.insert(o["error"]["kind"].get<std::string>());
      }
  }
  EXPECT_EQ(reasons, (std::set<std::string>{"closed", "not_tls", "timeout"}));
}

TEST(Output, ToAPipeOrThroughALinkIsWrittenNotReplaced) {
  const lab::Folder folder;
  lab::write_file(folder.path("real.json"), "");
  fs::create_symlink(folder.path("real.json"), folder.path("link.json"));
  const auto piped = shell("mkfifo " + folder.path("pipe") + " && (cat " + folder.path("pipe") + " > " +
                           folder.path("read") + " &) && " BINARY_DIR "/kenshin host --out " + folder.path("pipe") +
                           " && " BINARY_DIR "/kenshin host --out " + folder.path("link.json"));
  EXPECT_EQ(piped.code, 0);
  EXPECT_TRUE(fs::is_fifo(folder.path("pipe")));
  EXPECT_TRUE(fs::is_symlink(folder.path("link.json")));
  EXPECT_TRUE(holds(text_of_file(folder.path("real.json")), "kenshin.host-facts/1"));
}

TEST(Output, ThatCannotBeWrittenIsSaidByTheExitCode) {
  EXPECT_EQ(shell(BINARY_DIR "/kenshin --help > /dev/full 2>/dev/null").code, 73);
  const lab::Folder folder;
  lab::write_file(folder.path("d.toml"), "[sources]\nresolver = \"127.0.0.1:1\"\n");
  EXPECT_EQ(shell(BINARY_DIR "/kenshin scan 127.0.0.1:1 --out " + folder.path("out") + " >&- 2>&-").code, 73);
  EXPECT_EQ(kenshin("judge " + folder.path("out")).code, 3) << "the facts are whole";
}

TEST(Host, ThisMachineCanBeReadBackAndJudged) {
  const lab::Folder folder;
  ASSERT_EQ(kenshin("host --label 受付PC --out " + folder.path("host.json")).code, 0);
  const auto said = kenshin("scan --facts " + folder.path("host.json") + " --fail-on none --out " + folder.path("out"));
  EXPECT_EQ(said.code, 0) << said.text;
  const Json result = json_of_file(folder.path("out/result.json"));
  bool judged = false;
  for (const auto& finding : result["findings"]) judged = judged || finding["criterion"] == "host.os.supported";
  EXPECT_TRUE(judged);
}

}  // namespace
}  // namespace kenshin
