// kenshin data: what is in use, and how good data comes in and nothing else does. Nobody outside of loopback is asked.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"
#include "tests/reports/formats/schema.h"

namespace kenshin {
namespace {

constexpr const char* aws_ranges = "probes/place/ranges/aws.ranges";

std::string text_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// In the form of ip-ranges.json, of that day and with so many ranges for examples.
std::string aws(const std::string& day, int ranges) {
  std::string out = R"({"syncToken": "1", "createDate": ")" + day + R"(-01-02-03", "prefixes": [)";
  for (int i = 0; i < ranges; ++i)
    out += (i > 0 ? "," : "") + std::string(R"({"ip_prefix": "192.0.2.)") + std::to_string(2 * i) +
           R"(/32", "region": "ap-northeast-1", "service": "EC2", "network_border_group": "ap-northeast-1"})";
  return out + R"(], "ipv6_prefixes": []})";
}

std::string suffixes(const std::string& day) {
  return "// VERSION: " + day + "_01-02-03_UTC\n// ===BEGIN ICANN DOMAINS===\njp\nco.jp\ncom\nexample.com\n" +
         "// ===END ICANN DOMAINS===\n// ===BEGIN PRIVATE DOMAINS===\n// ===END PRIVATE DOMAINS===\n";
}

class DataCommand : public testing::Test {
 protected:
  std::string put(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = folder_.path(name);
    std::filesystem::create_directories(path.parent_path());
    lab::write_file(path.string(), text);
    return path.string();
  }
  lab::Ran kenshin(const std::string& words) const {
    return lab::run({"sh", "-c",
                     "NO_COLOR=1 XDG_DATA_HOME='" + folder_.path("home") + "' " BINARY_DIR "/kenshin --lang en " +
                         words + " 2>&1"});
  }
  Json data(const std::string& words) const {
    const auto said = kenshin("data " + words + " --format json");
    const auto json = parse_json(said.output, "data");
    if (!json) throw std::runtime_error(said.output);
    static const Schema schema(*parse_json(text_of(SOURCE_DIR "/docs/schema/data.json"), "data.json"));
    EXPECT_EQ(schema.fault(*json), "");
    return *json;
  }
  Json listed(const std::string& path) const {
    const Json all = data("list");
    for (const Json& file : all["files"])
      if (file["path"] == path) return file;
    throw std::runtime_error(path);
  }
  std::string kept(const std::string& path) const { return text_of(folder_.path("home/kenshin/" + path)); }
  std::string path(const std::string& name) const { return folder_.path(name); }

 private:
  const lab::Folder folder_;
};

TEST_F(DataCommand, TakesTheTableOfRdapServersAsItIsPublished) {
  std::string services;
  for (int i = 0; i < 60; ++i)
    services += (i > 0 ? "," : "") + std::string(R"([["x)") + std::to_string(i) + R"("], ["https://rdap.example/x)" +
                std::to_string(i) + R"(/"]])";
  const auto file =
      put("dns.json", R"({"version": "1.0", "publication": "2026-10-02T03:04:05Z", "services": [)" + services + "]}");
  const auto said = kenshin("data import " + file);
  EXPECT_EQ(said.status, 0) << said.output;
  const Json now = listed("probes/domain/rdap-bootstrap.json");
  EXPECT_EQ(now["name"], "RDAP servers");
  EXPECT_EQ(now["as_of"], "2026-10-02");
}

TEST_F(DataCommand, ListsEachFileThatReportsRestOn) {
  std::string names;
  const Json all = data("list");
  for (const Json& file : all["files"]) names += file["name"].get<std::string>() + "\n";
  for (const char* name :
       {"profile checklist-2026", "catalogue mhlw-2026", "cipher suite lists", "root programmes",
        "distrusted authorities", "end of support", "certificate logs", "weak keys", "known Diffie-Hellman groups",
        "public suffixes", "configuration lines", "cloud regions", "ranges of AWS", "ranges of APNIC", "ranges of CDN"})
    EXPECT_NE(names.find(std::string(name) + "\n"), std::string::npos) << name;
  EXPECT_EQ(listed(aws_ranges)["from"], "embedded");
  EXPECT_TRUE(listed(aws_ranges)["as_of"].is_null());
  EXPECT_TRUE(listed("probes/certificate/roots.json")["days_old"].is_number_integer());
  const auto text = kenshin("data list");
  EXPECT_EQ(text.status, 0);
  for (const char* part : {"data folder: ", "ranges of AWS", "part of the program", "empty"})
    EXPECT_NE(text.output.find(part), std::string::npos) << part;
}

TEST_F(DataCommand, ImportsWhatAProviderPublishes) {
  const auto said = kenshin("data import " + put("ip-ranges.json", aws("2026-11-20", 4)));
  EXPECT_EQ(said.status, 0) << said.output;
  const Json row = listed(aws_ranges);
  EXPECT_EQ(row["as_of"], "2026-11-20");
  EXPECT_EQ(row["source"], "ip-ranges.json, imported");
  EXPECT_EQ(row["from"], path("home/kenshin"));
}

TEST_F(DataCommand, NeverReplacesGoodDataByWorse) {
  ASSERT_EQ(kenshin("data import " + put("good.json", aws("2026-11-20", 8))).status, 0);
  const std::string good = kept(aws_ranges);
  ASSERT_FALSE(good.empty());
  const std::pair<std::string, const char*> worse[] = {{aws("2026-11-19", 8), "older"},
                                                       {aws("2099-11-21", 8), "lies ahead"},
                                                       {aws("2026-11-21", 3), "less than half"},
                                                       {aws("2026-11-21", 8).substr(0, 300), "not JSON"},
                                                       {"hello", "none of the forms"}};
  for (const auto& [text, why] : worse) {
    const auto said = kenshin("data import " + put("worse.json", text));
    EXPECT_EQ(said.status, 65) << said.output;
    EXPECT_NE(said.output.find(why), std::string::npos) << said.output;
    EXPECT_EQ(kept(aws_ranges), good) << why;
  }
  EXPECT_EQ(data("import " + put("newer.json", aws("2026-11-21", 4)))["changes"][0]["before"], "2026-11-20");
  EXPECT_NE(kept(aws_ranges), good);
}

TEST_F(DataCommand, ImportsTheOthersWhereOneFails) {
  const Json said = data("import " + path("missing.json") + " " + put("a.json", aws("2026-11-20", 2)));
  EXPECT_NE(said["changes"][0]["problem"], "");
  EXPECT_EQ(said["changes"][1]["problem"], "");
  EXPECT_EQ(kenshin("data import " + path("missing.json")).status, 66);
}

TEST_F(DataCommand, AsksForWhatAFileDoesNotSay) {
  const std::string plain = put("cdn.txt", "192.0.2.0/24\n");
  EXPECT_NE(kenshin("data import " + plain).output.find("--provider"), std::string::npos);
  EXPECT_NE(kenshin("data import " + plain + " --provider 'Example CDN'").output.find("--as-of"), std::string::npos);
  EXPECT_EQ(kenshin("data import " + plain + " --provider 'Example CDN' --as-of 2026-11-20").status, 0);
  EXPECT_EQ(listed("probes/place/ranges/front-example-cdn.ranges")["name"], "ranges of Example CDN");
  EXPECT_EQ(kenshin("data import " + plain + " --as-of yesterday").status, 64);
}

TEST_F(DataCommand, TakesOurOwnFilesBack) {
  const std::string regions = text_of(SOURCE_DIR "/reports/criteria/regions.json");
  EXPECT_EQ(kenshin("data import " + put("mine.json", regions)).status, 0);
  EXPECT_EQ(kept("reports/criteria/regions.json"), regions);
  const auto broken = kenshin("data import " + put("regions.json", "{\"edition\": 7}"));
  EXPECT_EQ(broken.status, 65);
  EXPECT_NE(broken.output.find("regions.json:1:"), std::string::npos) << broken.output;
}

TEST_F(DataCommand, ABrokenFileInTheFolderEndsOtherCommandsWithItsNameAndRemedy) {
  put(std::string("home/kenshin/") + aws_ranges, "nonsense");
  const auto said = kenshin("lint " + put("kenshin.toml", ""));
  EXPECT_EQ(said.status, 65);
  EXPECT_NE(said.output.find(aws_ranges), std::string::npos) << said.output;
  EXPECT_NE(said.output.find("take it out of " + path("home/kenshin")), std::string::npos) << said.output;
  EXPECT_EQ(kenshin("data list").status, 65);
  EXPECT_NE(listed(aws_ranges)["problem"], "");
  EXPECT_EQ(kenshin("data import " + put("good.json", aws("2026-11-20", 2))).status, 0);
  EXPECT_EQ(kenshin("data list").status, 0);
}

TEST_F(DataCommand, PutsTheFolderOfTheCommandLineFirst) {
  ASSERT_EQ(kenshin("data import " + put("a.json", aws("2026-11-20", 2))).status, 0);
  const std::string other = "--data '" + path("other") + "' ";
  std::filesystem::create_directories(path("other"));
  ASSERT_EQ(kenshin(other + "data import " + put("b.json", aws("2026-11-21", 2))).status, 0);
  EXPECT_NE(kenshin(other + "data list").output.find(path("other") + "\n"), std::string::npos);
  EXPECT_EQ(listed(aws_ranges)["as_of"], "2026-11-20");
}

TEST_F(DataCommand, UsesANewerPublicSuffixList) {
  const std::string before = listed("probes/domain/public_suffix_list.dat")["from"];
  EXPECT_EQ(before, "system");
  ASSERT_EQ(kenshin("data import " + put("psl.dat", suffixes("2001-01-01"))).status, 0);
  EXPECT_EQ(listed("probes/domain/public_suffix_list.dat")["from"], "system") << "the machine's is newer";
  ASSERT_EQ(kenshin("data import " + put("psl.dat", suffixes("2026-11-01"))).status, 0);
  EXPECT_EQ(listed("probes/domain/public_suffix_list.dat")["as_of"], "2026-11-01");
  const auto plan = kenshin("scan www.example.com --dry-run");
  EXPECT_NE(plan.output.find("www.example.com →"), std::string::npos) << "example.com is public there: " << plan.output;
  EXPECT_EQ(kenshin("data import " + put("broken.dat", suffixes("soon"))).status, 65);
}

Buffer answer(const std::string& status, const std::string& body) {
  const std::string text =
      "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  return {text.begin(), text.end()};
}

TEST_F(DataCommand, FetchesAndChecksBeforeAnythingIsReplaced) {
  const lab::Server good(lab::says(answer("200 OK", aws("2026-11-20", 4))));
  const lab::Server broken(lab::says(answer("200 OK", "<html>try later</html>")));
  const lab::Server missing(lab::says(answer("404 Not Found", aws("2026-11-22", 4))));
  const auto update = [&](const lab::Server& server) {
    return kenshin("data update --url http://127.0.0.1:" + std::to_string(server.port()) + "/ip-ranges.json");
  };
  EXPECT_EQ(update(good).status, 0);
  EXPECT_EQ(listed(aws_ranges)["as_of"], "2026-11-20");
  const std::string kept_text = kept(aws_ranges);
  EXPECT_EQ(update(broken).status, 65);
  EXPECT_EQ(update(missing).status, 69);
  EXPECT_EQ(kept(aws_ranges), kept_text);
}

TEST_F(DataCommand, BelievesOnlyAServerThatProvesItsName) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.3", "", ""});
  const auto said = kenshin("data update --url https://127.0.0.1:" + std::to_string(nginx.port()) + "/a.json");
  EXPECT_EQ(said.status, 69) << said.output;
  EXPECT_EQ(kenshin("data update --url http://www.example.jp/a.json").status, 64);
  EXPECT_EQ(kenshin("data update --url http://127.0.0.1.example.jp/a.json").status, 64);
}

TEST_F(DataCommand, FetchesNothingWhereNoAddressIsKnown) {
  const auto said = kenshin("data update");
  EXPECT_EQ(said.status, 69);
  EXPECT_NE(said.output.find("--url"), std::string::npos) << said.output;
}

TEST_F(DataCommand, RefusesWhatItDoesNotKnow) {
  for (const char* words : {"data", "data show", "data import", "data list x", "data list --format xml"})
    EXPECT_EQ(kenshin(words).status, 64) << words;
}

TEST_F(DataCommand, ACountryDatabaseThatIsNotThereIsSaidAtOnce) {
  const auto said =
      kenshin("scan --dry-run 127.0.0.1 --config " + put("kenshin.toml", "[sources]\nmmdb = \"c.mmdb\"\n"));
  EXPECT_EQ(said.status, 66) << said.output;
  EXPECT_NE(said.output.find("c.mmdb"), std::string::npos) << said.output;
}

TEST_F(DataCommand, TheProbeOfThePlaceAsksNobody) {
  const auto plan = kenshin("scan 127.0.0.1 --dry-run");
  EXPECT_NE(plan.output.find("nobody is asked"), std::string::npos) << plan.output;
  const lab::Server closing(lab::closes());
  const auto seen = kenshin("observe 127.0.0.1:" + std::to_string(closing.port()));
  EXPECT_EQ(seen.status, 3) << "what lists say is no answer of the endpoint";
  EXPECT_NE(seen.output.find("loopback"), std::string::npos) << seen.output;
}

}  // namespace
}  // namespace kenshin
