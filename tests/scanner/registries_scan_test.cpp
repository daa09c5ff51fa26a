// Scans of domains, against registries on loopback.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <future>
#include <iterator>
#include <map>
#include <set>

#include "probes/base/json_fields.h"
#include "probes/saved_facts.h"
#include "tests/lab/process.h"
#include "tests/probes/domain/registry_world.h"

namespace kenshin {
namespace {

std::string text_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

class DomainScan : public testing::Test {
 protected:
  std::vector<std::string> words(const std::string& config, std::vector<std::string> more) {
    lab::write_file(folder.path("kenshin.toml"), config);
    std::vector<std::string> out = {BINARY_DIR "/kenshin",      "scan", "--lang", "en", "--config",
                                    folder.path("kenshin.toml")};
    out.insert(out.end(), more.begin(), more.end());
    return out;
  }
  lab::Folder folder;
};

TEST_F(DomainScan, SaysInADryRunWhomItWouldReallyAsk) {
  const auto dry =
      lab::run(words("[[domain]]\nname = \"example.jp\"\n[[domain]]\nname = \"example.com\"\n"
                     "[[domain]]\nname = \"example.clinic\"\n[sources]\nwhois = \"127.0.0.1:1\"\n",
                     {"--dry-run"}));
  EXPECT_TRUE(holds(dry.output, "example.jp → 127.0.0.1:1 ")) << dry.output;
  EXPECT_TRUE(holds(dry.output, "example.com → https://rdap.verisign.com/com/v1/ ")) << dry.output;
  EXPECT_FALSE(holds(dry.output, "example.clinic →")) << dry.output;
}

TEST_F(DomainScan, SaysInADryRunWhichOutsideSourceLearnsWhichName) {
  const std::string domains = "[[domain]]\nname = \"example.jp\"\n[[former_domain]]\nname = \"example.com\"\n";
  EXPECT_FALSE(holds(lab::run(words(domains, {"--dry-run"})).output, "outside source"));
  const auto dry =
      lab::run(words(domains + "[sources]\ncertspotter = true\nwayback = \"http://127.0.0.1:1/\"\nlookalikes = true\n",
                     {"--dry-run"}));
  EXPECT_TRUE(holds(dry.output, "example.jp → https://api.certspotter.com/ ")) << dry.output;
  EXPECT_TRUE(holds(dry.output, "example.jp → DNS ")) << dry.output;
  EXPECT_TRUE(holds(dry.output, "example.com → http://127.0.0.1:1/ ")) << dry.output;
  EXPECT_FALSE(holds(dry.output, "example.com → https://api.certspotter.com/")) << "not in use any more";
  EXPECT_FALSE(holds(dry.output, "example.jp → http://127.0.0.1:1/"));
}

TEST_F(DomainScan, AsksOutsideSourcesThatWereSwitchedOnAlone) {
  const lab::Server whois(whois_of_jp());
  const RdapServer search({{"/?q=example.jp&output=json&exclude=expired&deduplicate=Y", {http("200 OK", "[]")}}});
  const std::string config =
      "[[domain]]\nname = \"example.jp\"\n[sources]\nresolver = \"127.0.0.1:1\"\nwhois = \"127.0.0.1:" +
      std::to_string(whois.port()) + "\"\n";
  lab::run(words(config, {"--out", folder.path("off")}));
  EXPECT_TRUE(search.asked().empty());
  EXPECT_FALSE(holds(text_of_file(folder.path("off/facts.jsonl")), "issued_certificates"));
  lab::run(words(config + "crtsh = \"" + search.base() + "\"\n", {"--out", folder.path("on")}));
  EXPECT_EQ(search.asked().size(), 1U);
  EXPECT_TRUE(holds(text_of_file(folder.path("on/facts.jsonl")), R"("source":"crtsh")"));
}

// What one scan asked a registry that first wants to be left alone, and again when it goes on.
TEST_F(DomainScan, GoesOnWithWhatARegistrysLimitLeftOpenAndWithNothingElse) {
  const auto record = [](const std::string& name) {
    return http("200 OK", R"({"objectClassName": "domain", "ldhName": ")" + name + R"("})");
  };
  const RdapServer server({{"/domain/example.com", {http("429 Too Many Requests", ""), record("example.com")}},
                           {"/domain/example.org", {record("example.org")}}});
  const auto scan = [&](const std::string& cache, std::vector<std::string> more) {
    more.insert(more.end(), {"--out", folder.path("out")});
    return lab::run(
        words("[[domain]]\nname = \"example.org\"\n[[domain]]\nname = \"example.com\"\n[sources]\nwhois = "
              "\"127.0.0.1:1\"\nresolver = \"127.0.0.1:1\"\nrdap = \"" +
                  server.base() + "\"\ncache = \"" + cache + "\"\n",
              std::move(more)));
  };
  scan("one", {});
  const auto registrations = [&] {
    std::map<std::string, std::string> out;
    const auto saved = SavedFacts::open(folder.path("out/facts.jsonl"));
    if (saved)
      (void)saved->each([&](const ObservationHead& head) {
        if (head.name == Registration::name)
          out[head.target.name] = head.failed ? std::string(error_name(head.failed->kind)) : "told";
      });
    return out;
  };
  using Told = std::map<std::string, std::string>;
  EXPECT_EQ(registrations(), (Told{{"example.com", "rate_limited"}, {"example.org", "told"}}));
  const auto again = scan("two", {"--resume"});  // a cache of its own stands for the next day
  EXPECT_EQ(registrations(), (Told{{"example.com", "told"}, {"example.org", "told"}})) << again.output;
  auto asked = server.asked();
  std::sort(asked.begin(), asked.end());
  EXPECT_EQ(asked, (std::vector<std::string>{"/domain/example.com", "/domain/example.com", "/domain/example.org"}));
  EXPECT_TRUE(SavedFacts::open(folder.path("out/facts.jsonl"))->outline().finished);
}

TEST_F(DomainScan, IsCompleteAndUndecidedWhereNobodyAnswers) {
  const auto scan = lab::run(
      words("[[domain]]\nname = \"example.jp\"\n[[domain]]\nname = \"example.com\"\n[[former_domain]]\nname = "
            "\"example.org\"\nlast_used = 2024-03-31\nintent = \"keep\"\n[sources]\nwhois = \"127.0.0.1:1\"\nrdap = "
            "\"http://127.0.0.1:1/\"\nresolver = \"127.0.0.1:1\"\n",
            {"--out", folder.path("out")}));
  const auto result = parse_json(text_of_file(folder.path("out/result.json")), "result.json");
  ASSERT_TRUE(result) << result.error().detail << scan.output;
  std::set<std::string> domains;
  for (const Json& finding : (*result)["findings"]) {
    if (finding["target"]["kind"] != "domain") continue;
    domains.insert(finding["target"]["name"].get<std::string>());
    if (finding["criterion"] == "domain.own_name") continue;  // told by the name itself
    const bool is_off = finding["because"]["code"].get<std::string>().ends_with("-off");
    EXPECT_EQ(finding["verdict"], is_off ? "not_applicable" : "unknown") << finding.dump();
  }
  EXPECT_EQ(domains, (std::set<std::string>{"example.com", "example.jp", "example.org"}));
}

TEST_F(DomainScan, AsksARegistryOnceADay) {
  const RdapServer server(
      {{"/domain/example.com", {http("200 OK", R"({"objectClassName": "domain", "ldhName": "example.com"})")}}});
  const std::string config = "[[domain]]\nname = \"example.com\"\n[sources]\nwhois = \"127.0.0.1:1\"\nrdap = \"" +
                             server.base() + "\"\ncache = \"registry\"\n";
  for (const char* out : {"one", "two"}) {
    lab::run(words(config, {"--out", folder.path(out)}));
    EXPECT_TRUE(holds(text_of_file(folder.path(out) + "/facts.jsonl"), R"("source":"rdap")")) << out;
  }
  EXPECT_EQ(server.asked(), std::vector<std::string>{"/domain/example.com"});
  EXPECT_TRUE(holds(text_of_file(folder.path("registry/names/example.com.json")), "example.com"));
}

TEST_F(DomainScan, IsNotHeldUpByARegistryThatItWaitsForWhenItIsStopped) {
  std::promise<void> asked;
  const lab::Server whois(answers("\n", [&](const std::string&) { return asked.set_value(), "No match!!\n"; }));
  const auto began = std::chrono::steady_clock::now();
  lab::Process scan(words(
      "[[domain]]\nname = \"example.jp\"\n[sources]\nwhois = \"127.0.0.1:" + std::to_string(whois.port()) + "\"\n",
      {"--out", folder.path("out")}));
  asked.get_future().wait();  // a minute of waiting begins
  scan.send(SIGINT);
  EXPECT_EQ(scan.wait(), 128 + SIGINT);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(50));
  EXPECT_EQ(whois.connections(), 1);
  EXPECT_FALSE(holds(text_of_file(folder.path("out/facts.jsonl")), "domain.registration"));  // a resumed scan asks
}

}  // namespace
}  // namespace kenshin
