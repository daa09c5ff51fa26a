// kenshin host beside the facts of this machine: questionnaires, osquery's results, nonces and signatures, and how scan
// refuses a file that is not the one it asked for.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "probes/base/calendar.h"
#include "probes/base/json_fields.h"
#include "probes/host/host_facts.h"
#include "scanner/questionnaire.h"
#include "tests/lab/process.h"

namespace kenshin {
namespace {

struct Ended {
  int code = -1;
  std::string text;
};
Ended shell(const std::string& command) {
  const auto ran = lab::run({"sh", "-c", command});
  return {ran.status, ran.output};
}
Ended kenshin(const std::string& words) { return shell("NO_COLOR=1 " BINARY_DIR "/kenshin " + words + " 2>&1"); }
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }
std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A clinic's key, and facts of this machine made for one request.
struct Signed {
  lab::Folder folder;
  std::string nonce, facts = folder.path("pc.json"), key = folder.path("key.pem"),
                     public_key = folder.path("public.pem");
  Signed() {
    EXPECT_EQ(shell("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + key +
                    " 2>/dev/null && openssl pkey -in " + key + " -pubout -out " + public_key)
                  .code,
              0);
    nonce = kenshin("host --nonce").text;
    nonce.pop_back();
    const auto made = kenshin("host --label pc --with-nonce " + nonce + " --sign " + key + " --out " + facts);
    EXPECT_EQ(made.code, 0) << made.text;
  }
  Ended scan(const std::string& words) const { return kenshin("scan --lang en --facts " + facts + " " + words); }
};

TEST(HostCommand, PrintsAnotherNonceEachTime) {
  const auto one = kenshin("host --nonce"), two = kenshin("host --nonce");
  EXPECT_EQ(one.text.size(), 33U);
  EXPECT_NE(one.text, two.text);
}

TEST(HostCommand, SignsFactsThatAnswerARequest) {
  const Signed pc;
  const auto good =
      pc.scan("--facts-key " + pc.public_key + " --facts-nonce " + pc.nonce + " --out " + pc.folder.path("report"));
  EXPECT_NE(good.code, 65) << good.text;
  EXPECT_TRUE(has(content(pc.folder.path("report/facts.jsonl")), "\"nonce\":\"" + pc.nonce)) << good.text;
  EXPECT_EQ(
      shell("openssl dgst -sha256 -verify " + pc.public_key + " -signature " + pc.facts + ".sig " + pc.facts).code, 0);
}

TEST(HostCommand, RefusesWhatIsNotTheAnswer) {
  const Signed pc, other;
  const auto refused = [&](const std::string& words, std::string_view reason) {
    const auto said = pc.scan(words);
    EXPECT_EQ(said.code, 65) << said.text;
    EXPECT_TRUE(has(said.text, reason) && has(said.text, pc.facts)) << said.text;
  };
  refused("--facts-nonce 0123", "answers another request");
  refused("--facts-key " + other.public_key, "another key signed it");
  EXPECT_NE(pc.scan("").code, 65) << "nothing was demanded";
  auto text = content(pc.facts);
  lab::write_file(pc.facts, text + " ");
  refused("--facts-key " + pc.public_key, "the file was changed");
  shell("rm " + pc.facts + ".sig");
  refused("--facts-key " + pc.public_key, "kenshin host --sign KEY");
  const auto made = kenshin("host --label pc --out " + pc.facts);
  refused("--facts-nonce " + pc.nonce, "carries no nonce");
}

TEST(HostCommand, RefusesAnAnswerThatIsTooOldOrAheadOfTheClock) {
  const Signed pc;
  const auto dated = [&](const std::string& at) {
    auto text = content(pc.facts);
    const auto from = text.find("collected_at\": \"") + 16;
    lab::write_file(pc.facts, text.replace(from, 20, at));
    EXPECT_EQ(kenshin("host --sign " + pc.key + " " + pc.facts).code, 0);
    return pc.scan("--facts-key " + pc.public_key + " --facts-nonce " + pc.nonce);
  };
  const auto old = dated("2020-01-01T00:00:00Z");
  EXPECT_EQ(old.code, 65) << old.text;
  EXPECT_TRUE(has(old.text, "collected on 2020-01-01")) << old.text;
  const auto ahead = dated("2999-01-01T00:00:00Z");
  EXPECT_EQ(ahead.code, 65) << ahead.text;
  EXPECT_TRUE(has(ahead.text, "in the future")) << ahead.text;
}

TEST(HostCommand, TakesEveryFileThatAShellMakesOfAPattern) {
  const lab::Folder folder;
  for (const std::string name : {"a", "b", "c"})
    ASSERT_EQ(kenshin("host --label " + name + " --out " + folder.path(name + ".json")).code, 0);
  kenshin("scan --out " + folder.path("report") + " --facts " + folder.path("*.json"));
  const std::string facts = content(folder.path("report/facts.jsonl"));
  for (const std::string name : {"a", "b", "c"})
    EXPECT_TRUE(has(facts, "\"kind\":\"host\",\"name\":\"" + name + "\"")) << name;
  // A file that is not there is no target either.
  EXPECT_EQ(kenshin("scan --facts " + folder.path("a.json") + " " + folder.path("none.json")).code, 64);
}

// A share holds a file a month of each PC: together they show whether its revision moves.
TEST(HostCommand, TakesSeveralCollectionsOfOneMachineAndNoOther) {
  const lab::Folder folder;
  const auto collected = [&](const std::string& file, const std::string& id, const std::string& on, int ubr,
                             const std::string& signatures) {
    lab::write_file(
        folder.path(file),
        R"({"schema": "kenshin.host-facts/1", "collected_at": ")" + on +
            R"(T01:00:00Z", "collector": {"name": "kenshin-collect.exe", "version": "0.1.0", "elevated": false},
      "host": {"id": ")" +
            id + R"(", "label": "desk", "container": false}, "facts": {
      "os.identity": {"status": "ok", "value": {"family": "windows", "pretty": "Windows 11 Pro 25H2", "edition": "Professional", "type": "Client", "build": 26200, "ubr": )" +
            std::to_string(ubr) + R"(}},
      "av.products": {"status": "ok", "value": [{"id": "defender", "name": "Microsoft Defender Antivirus", "evidence": ["wsc"], "active": true, "realtime": true,
        "signature": {"state": "unknown", "at": ")" +
            signatures + R"(T00:00:00Z", "basis": "defender"}}]}}})");
    return folder.path(file);
  };
  const auto verdict = [&](const std::string& report, const std::string& criterion) {
    const Json result = *parse_json(content(folder.path(report + "/result.json")), "result.json");
    for (const auto& finding : result["findings"])
      if (finding["criterion"] == criterion) return finding["verdict"].get<std::string>();
    return std::string("none");
  };
  const auto days_ago = [](int days) {
    return to_text(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) - std::chrono::days(days));
  };
  const auto last_year = collected("a-1.json", "a", days_ago(365), 6584, days_ago(366));
  const auto today = collected("a-2.json", "a", days_ago(1), 6584, days_ago(2));
  const auto stranger = collected("b.json", "b", days_ago(1), 7000, days_ago(2));
  kenshin("scan --out " + folder.path("year") + " --facts " + last_year + " " + today);
  EXPECT_EQ(verdict("year", "host.updates.current"), "not_met") << "a year on the same revision";
  EXPECT_EQ(verdict("year", "host.av.active"), "met");
  EXPECT_EQ(verdict("year", "host.av.signatures"), "met") << "definitions of yesterday";
  const auto other = kenshin("scan --lang en --facts " + today + " " + stranger);
  EXPECT_EQ(other.code, 65);
  EXPECT_TRUE(has(other.text, "of another machine")) << other.text;
  const auto twice = kenshin("scan --lang en --facts " + today + " " + today);
  EXPECT_EQ(twice.code, 65);
  EXPECT_TRUE(has(twice.text, "the same moment")) << twice.text;
}

TEST(HostCommand, DemandsThatDemandNothingAreRefused) {
  const Signed pc;
  EXPECT_EQ(pc.scan("--facts-key ''").code, 64);
  EXPECT_EQ(pc.scan("--facts-nonce ''").code, 64);
  EXPECT_EQ(kenshin("scan --facts-nonce x").code, 64);
}

TEST(HostCommand, KeepsAFilledFormAndJudgesIt) {
  const lab::Folder folder;
  const auto form = folder.path("pc.toml");
  EXPECT_EQ(kenshin("host --questionnaire --out " + form).code, 0);
  EXPECT_EQ(kenshin("host --questionnaire --out " + form).code, 73);
  auto text = content(form);
  const auto fill = [&](const std::string& name, const std::string& value) {
    const auto at = text.find("\n" + name + " = ");
    ASSERT_NE(at, std::string::npos) << name;
    const auto begin = text.find('"', at);
    text.replace(begin, text.find('"', begin + 1) + 1 - begin, "\"" + value + "\"");
  };
  fill("label", "desk");
  fill("filled_on", to_text(day_in_japan(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()))));
  fill("automatic_login", "no");
  fill("product", "なし");
  lab::write_file(form, text);
  const auto ended = kenshin("scan --lang en --out " + folder.path("report") + " --facts " + form);
  EXPECT_NE(ended.code, 70) << ended.text;
  const std::string result = content(folder.path("report/result.json"));
  EXPECT_TRUE(has(result, "declared-only"));
  EXPECT_TRUE(has(result, "av-none"));
}

TEST(HostCommand, AServersFileSaysThatItIsOne) {
  const lab::Folder folder;
  const auto file = folder.path("server.json");
  lab::write_file(
      file,
      R"({"schema": "kenshin.host-facts/1", "collected_at": ")" +
          to_text(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())) +
          R"(", "collector": {"name": "x", "version": "1", "elevated": false}, "host": {"id": "s", "label": "s", "role": "server", "container": false},
      "facts": {"firewall": {"status": "ok", "value": {"profiles": [{"name": "all", "enabled": "no"}], "basis": "nft"}}}})");
  const auto ended = kenshin("scan --lang en --out " + folder.path("report") + " --facts " + file);
  EXPECT_TRUE(has(content(folder.path("report/facts.jsonl")), "\"role\":\"server\"")) << ended.text;
  EXPECT_TRUE(has(ended.text, "points below the standard that decide no item")) << ended.text;
}

TEST(HostCommand, ReadsTheDemandsOfTheConfiguration) {
  const Signed pc;
  const auto scan = [&](const std::string& rest) {
    lab::write_file(pc.folder.path("kenshin.toml"), "[[host]]\nfacts = \"pc.json\"\n" + rest);
    return kenshin("scan --lang en --config " + pc.folder.path("kenshin.toml"));
  };
  EXPECT_NE(scan("signed_by = \"public.pem\"\nnonce = \"" + pc.nonce + "\"\n").code, 65);
  EXPECT_EQ(scan("signed_by = \"public.pem\"\nnonce = \"x\"\n").code, 65);
  lab::write_file(pc.folder.path("this.toml"), "[[host]]\nthis = true\nnonce = \"x\"\n");
  EXPECT_EQ(kenshin("scan --config " + pc.folder.path("this.toml")).code, 78);
}

TEST(HostCommand, TakesAQuestionnaireForADeclaration) {
  const lab::Folder folder;
  const auto form = folder.path("pc.toml"), report = folder.path("report");
  EXPECT_EQ(kenshin("host --questionnaire --out " + form).code, 0);
  EXPECT_EQ(content(form), questionnaire_form());
  EXPECT_EQ(kenshin("host --from-questionnaire " + form).code, 65) << "no label yet";
  shell(
      "sed -i 's/^label = \"\"/label = \"pc\"/; s/^filled_on = \"\"/filled_on = '$(date +%F)'/; s/^build = \"\"/build "
      "= \"26200.7171\"/; "
      "s/^edition = \"\"/edition = \"Pro\"/; s/^product = \"\"/product = \"A\"/; s/^active = \"unknown\"/active = "
      "\"yes\"/' " +
      form);
  const auto scanned = kenshin("scan --facts " + form + " --out " + report);
  const auto result = content(report + "/result.json");
  EXPECT_TRUE(has(result, "\"declared-only\"")) << scanned.text;
  EXPECT_FALSE(has(result, "\"av-active\"")) << "an answer is no observation";
  EXPECT_TRUE(has(kenshin("host --from-questionnaire " + form).text, "\"questionnaire\""));
}

TEST(HostCommand, ImportsWhatOsqueryPrinted) {
  const lab::Folder folder;
  lab::write_file(folder.path("os_version.json"), R"([{"platform": "debian", "name": "Debian", "version": "12"}])");
  lab::write_file(folder.path("time.json"), R"([{"unix_time": "1795323600"}])");
  const auto said =
      kenshin("host --import-osquery --label pc " + folder.path("os_version.json") + " " + folder.path("time.json"));
  EXPECT_EQ(said.code, 0);
  const auto facts = read_host_facts(said.text, "out");
  ASSERT_TRUE(facts) << said.text;
  EXPECT_EQ(facts->front().target.name, "pc");
  EXPECT_EQ(kenshin("host --import-osquery").code, 64);
  EXPECT_EQ(kenshin("host --import-osquery " + folder.path("nothing.json")).code, 66);
  EXPECT_EQ(kenshin("host --sign " + folder.path("key.pem")).code, 64) << "nothing to sign";
}

}  // namespace
}  // namespace kenshin
