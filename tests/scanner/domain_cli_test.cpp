// kenshin domain and kenshin baseline as a user runs them, against a WHOIS server on loopback.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "probes/base/json_fields.h"
#include "tests/lab/clinic.h"

namespace kenshin {
namespace {

namespace fs = std::filesystem;

struct Ended {
  int code = -1;
  std::string text;
};
Ended kenshin(const std::string& words, const char* errors = "2>&1") {
  const auto ran = lab::run({"sh", "-c", "NO_COLOR=1 " BINARY_DIR "/kenshin " + words + " " + errors});
  return {ran.status, ran.output};
}
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string record(const std::string& server) {
  return "Domain Information:\r\n[Domain Name]                   EXAMPLE.JP\r\n\r\n[Registrant]                    "
         "Example Clinic\r\n\r\n[Name Server]                   " +
         server +
         "\r\n[Signing Key]\r\n\r\n[Created on]                    2019/04/11\r\n[Expires on]                    "
         "2036/04/30\r\n[Status]                        Active\r\n[Lock Status]                   "
         "AgentChangeLocked\r\n[Lock Status]                   DomainTransferLocked\r\n"
         "[Last Updated]                  2026/05/01 01:05:06 (JST)\r\n";
}

// A configuration that names a WHOIS server of our own.
class Registry {
 public:
  Registry(const lab::Folder& folder, const std::string& server, const std::string& rest = "")
      : server_(lab::answers_line(record(server))), file_(folder.path("kenshin.toml")) {
    lab::write_file(file_, "former_domain = []\n[[domain]]\nname = \"example.jp\"\n" + rest +
                               "[sources]\nwhois = \"127.0.0.1:" + std::to_string(server_.port()) + "\"\n");
  }
  const std::string& file() const { return file_; }

 private:
  lab::Server server_;
  std::string file_;
};

TEST(DomainCommand, TellsStatesDatesAndWhoseTheNameIs) {
  const lab::Folder folder;
  const Registry registry(folder, "ns1.example.jp");
  const auto said = kenshin("domain www.example.jp --config " + registry.file());
  EXPECT_EQ(said.code, 0) << said.text;
  for (const char* part : {"registry / site name    example.jp / example.jp", "registered              yes",
                           "active  (Active)", "2019-04-11 / 2036-04-30", "days to expiry", "ns1.example.jp"})
    EXPECT_TRUE(has(said.text, part)) << part << '\n' << said.text;
  EXPECT_FALSE(has(said.text, "Example Clinic")) << "the holder's name is kept nowhere";
}

TEST(DomainCommand, SaysThatANameIsLentByAPlatform) {
  const lab::Folder folder;
  const Registry registry(folder, "ns1.example.jp");
  const auto said = kenshin("domain clinic.kawaiishop.jp --config " + registry.file());
  EXPECT_TRUE(has(said.text, "a name lent by kawaiishop.jp")) << said.text;
}

TEST(DomainCommand, WritesTheFactsAsJson) {
  const lab::Folder folder;
  const Registry registry(folder, "ns1.example.jp");
  const auto said = kenshin("domain example.jp --format json --config " + registry.file(), "2>/dev/null");
  const auto json = parse_json(said.text, "out");
  ASSERT_TRUE(json) << said.text;
  EXPECT_EQ((*json)["schema"], "kenshin.facts/1");
  bool seen = false;
  for (const auto& it : (*json)["observations"])
    if (it["probe"] == "domain.registration") seen = it["fact"]["registered"] == "yes";
  EXPECT_TRUE(seen) << said.text;
}

TEST(DomainCommand, EndsWithThreeWhereNothingCouldBeObserved) {
  const lab::Folder folder;
  lab::write_file(folder.path("shut.toml"), "[sources]\nwhois = \"127.0.0.1:1\"\nresolver = \"127.0.0.1:1\"\n");
  EXPECT_EQ(kenshin("domain example.jp --timeout 1 --config " + folder.path("shut.toml")).code, 3);
  EXPECT_EQ(kenshin("domain").code, 64);
  EXPECT_EQ(kenshin("domain 192.0.2.1").code, 64);
  EXPECT_EQ(kenshin("domain example.jp --format xml").code, 64);
  EXPECT_EQ(kenshin("domain example.jp --config " + folder.path("none.toml")).code, 66);
}

std::string because_of(const std::string& directory, const std::string& criterion) {
  const auto json = parse_json(content(directory + "/result.json"), "result.json");
  if (!json) return "no result";
  for (const auto& finding : (*json)["findings"])
    if (finding["criterion"] == criterion) return finding["because"]["code"].get<std::string>();
  return "no finding";
}

TEST(BaselineCommand, AcceptsAScanAndLaterScansShowWhatChanged) {
  const lab::Folder folder;
  const std::string first = folder.path("first"), second = folder.path("second"), file = folder.path("b.json");
  const std::string accept = "baseline accept --from " + first + " --baseline " + file + " --lang en";
  {
    const Registry registry(folder, "ns1.example.jp");
    kenshin("scan --config " + registry.file() + " --out " + first);
    EXPECT_EQ(because_of(first, "domain.changed"), "no-baseline");
    const auto said = kenshin(accept);
    EXPECT_EQ(said.code, 0) << said.text;
    EXPECT_TRUE(has(said.text, "name servers: ns1.example.jp")) << said.text;
    EXPECT_TRUE(has(said.text, "expiry: 2036-04-30")) << said.text;
    EXPECT_FALSE(fs::exists(file + ".bak"));
  }
  EXPECT_FALSE(has(content(file), "Example Clinic"));
  {
    const Registry registry(folder, "ns9.example.com");
    kenshin("scan --config " + registry.file() + " --out " + second + " --baseline " + file);
    EXPECT_EQ(because_of(second, "domain.changed"), "changed");
    EXPECT_TRUE(has(content(second + "/result.json"), "ns1.example.jp → ns9.example.com"));
    EXPECT_TRUE(has(content(second + "/report.html"), "ネームサーバー（ns1.example.jp → ns9.example.com）"));
    EXPECT_TRUE(has(content(second + "/report.html"), "問い合わせの文面"));
  }
  const std::string before = content(file);
  const auto said = kenshin("baseline accept --from " + second + "/facts.jsonl --baseline " + file + " --lang en");
  EXPECT_EQ(said.code, 0) << said.text;
  EXPECT_TRUE(has(said.text, "name servers: ns1.example.jp → ns9.example.com")) << said.text;
  EXPECT_EQ(content(file + ".bak"), before);
  std::string ahead = before;
  for (auto at = ahead.find("\"taken\": \"20"); at != std::string::npos; at = ahead.find("\"taken\": \"20", at + 1))
    ahead.replace(at, 14, "\"taken\": \"2099");
  lab::write_file(file, ahead);
  const auto refused = kenshin("scan example.jp --baseline " + file + " --lang en");
  EXPECT_EQ(refused.code, 65) << refused.text;
  EXPECT_TRUE(has(refused.text, "taken lies ahead")) << refused.text;
}

TEST(BaselineCommand, IsFoundByTheConfiguration) {
  const lab::Folder folder;
  const Registry registry(folder, "ns1.example.jp");
  const std::string out = folder.path("out"), again = folder.path("again");
  kenshin("scan --config " + registry.file() + " --out " + out);
  const auto said = kenshin("baseline accept --from " + out + " --config " + registry.file());
  EXPECT_EQ(said.code, 0) << said.text;
  ASSERT_TRUE(fs::exists(folder.path("kenshin.baseline.json"))) << said.text;
  kenshin("scan --config " + registry.file() + " --out " + again);
  EXPECT_EQ(because_of(again, "domain.changed"), "as-accepted");
  ASSERT_NE(kenshin("judge " + again).code, 65);
  EXPECT_EQ(because_of(again, "domain.changed"), "as-accepted") << "saved facts are all a judge needs";
}

TEST(BaselineCommand, NeverTakesACutScanNorOverwritesWhatItCannotRead) {
  const lab::Folder folder;
  const std::string header =
      "{\"schema\":\"kenshin.facts/1\",\"tool\":{\"name\":\"kenshin\",\"version\":\"1\"},"
      "\"started\":\"2026-11-01T00:00:00Z\"}\n";
  lab::write_file(folder.path("cut.jsonl"), header);
  EXPECT_EQ(kenshin("baseline accept --from " + folder.path("cut.jsonl")).code, 65);
  lab::write_file(folder.path("empty.jsonl"), header + "{\"finished\":\"2026-11-01T00:00:09Z\"}\n");
  EXPECT_EQ(
      kenshin("baseline accept --from " + folder.path("empty.jsonl") + " --baseline " + folder.path("n.json")).code, 3);
  EXPECT_FALSE(fs::exists(folder.path("n.json")));
  lab::write_file(folder.path("broken.json"), "{}");
  EXPECT_EQ(
      kenshin("baseline accept --from " + folder.path("empty.jsonl") + " --baseline " + folder.path("broken.json"))
          .code,
      65);
  EXPECT_EQ(content(folder.path("broken.json")), "{}");
  EXPECT_EQ(kenshin("baseline").code, 64);
  EXPECT_EQ(kenshin("baseline accept").code, 64);
  EXPECT_EQ(kenshin("baseline accept --from " + folder.path("nowhere")).code, 66);
  EXPECT_EQ(kenshin("scan 127.0.0.1:1 --baseline " + folder.path("broken.json")).code, 65);
}

}  // namespace
}  // namespace kenshin
