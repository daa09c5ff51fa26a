// A scan of many targets that is stopped, killed, begun again and made twice; against servers on loopback that count.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <map>
#include <memory>
#include <regex>

#include "probes/base/text.h"
#include "probes/saved_facts.h"
#include "scanner/progress.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

const std::string program = BINARY_DIR "/kenshin";

// alert(fatal, handshake_failure) in a TLS 1.2 record
lab::Behaviour refuses() { return lab::says({21, 3, 3, 0, 2, 2, 40}); }

std::string text_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string target_of(const lab::Server& server) { return "127.0.0.1:" + std::to_string(server.port()); }

lab::Ran kenshin(const std::vector<std::string>& words) {
  std::vector<std::string> command = {program};
  command.insert(command.end(), words.begin(), words.end());
  return lab::run(command);
}

// Refuses like the others, but not before open(): who asks it first waits for that.
class Gate {
 public:
  Gate()
      : open_(opening_.get_future()), server_([this](const lab::Peer& peer) {
          if (!reached_.exchange(true)) first_.set_value();
          open_.wait();
          refuses()(peer);
        }) {}
  ~Gate() { open(); }
  void wait_until_reached() { first_.get_future().wait(); }
  void open() {
    if (!opened_.exchange(true)) opening_.set_value();
  }
  const lab::Server& server() const { return server_; }

 private:
  std::promise<void> opening_, first_;
  std::shared_future<void> open_;
  std::atomic<bool> reached_{false}, opened_{false};
  lab::Server server_;
};

// Two servers that answer, one that holds the scan up, and one behind it; one target at a time.
class Stopped : public testing::Test {
 protected:
  std::vector<std::string> words(bool resume) const {
    std::vector<std::string> out = {
        program, "scan",      target_of(one), target_of(two), target_of(gate.server()), target_of(last), "--workers",
        "1",     "--timeout", "60",           "--out",        folder.path("")};
    if (resume) out.push_back("--resume");
    return out;
  }
  std::set<std::string> observed_targets() const {
    std::set<std::string> out;
    const auto saved = SavedFacts::open(facts());
    if (saved)
      (void)saved->each([&](const ObservationHead& head) {
        if (head.name == TlsVersions::name) out.insert(target_text(head.target));
      });
    return out;
  }
  std::string facts() const { return folder.path("facts.jsonl"); }

  const lab::Folder folder;
  const lab::Server one{refuses()}, two{refuses()}, last{refuses()};
  Gate gate;
};

TEST_F(Stopped, AKilledScanGoesOnAndAsksNoFinishedEndpointTwice) {
  {
    lab::Process scan(words(false));
    gate.wait_until_reached();
    scan.send(SIGKILL);
    EXPECT_EQ(scan.wait(), 128 + SIGKILL);
  }
  const int asked_one = one.connections(), asked_two = two.connections();
  EXPECT_GT(asked_one, 0);
  EXPECT_GT(asked_two, 0);
  EXPECT_EQ(last.connections(), 0);
  EXPECT_EQ(observed_targets(), (std::set<std::string>{target_of(one), target_of(two)}));
  gate.open();
  lab::Process(words(true)).wait();
  EXPECT_EQ(one.connections(), asked_one);
  EXPECT_EQ(two.connections(), asked_two);
  EXPECT_GT(last.connections(), 0);
  const auto saved = SavedFacts::open(facts());
  ASSERT_TRUE(saved) << saved.error().detail;
  EXPECT_TRUE(saved->outline().finished);
  std::map<std::string, int> times;
  ASSERT_TRUE(saved->each(
      [&](const ObservationHead& head) { ++times[target_text(head.target) + " " + head.address + " " + head.name]; }));
  for (const auto* server : {&one, &two, &gate.server(), &last})
    EXPECT_EQ(times[target_of(*server) + " 127.0.0.1 tls.versions"], 1);
  for (const auto& [what, count] : times) EXPECT_EQ(count, 1) << what;
}

TEST_F(Stopped, AnInterruptKeepsWhatIsDoneAndBeginsNothingNew) {
  lab::Process scan(words(false));
  gate.wait_until_reached();
  scan.send(SIGINT);
  gate.open();
  EXPECT_EQ(scan.wait(), 128 + SIGINT);
  EXPECT_EQ(last.connections(), 0);
  const auto saved = SavedFacts::open(facts());
  ASSERT_TRUE(saved) << saved.error().detail;
  EXPECT_FALSE(saved->outline().finished);
  EXPECT_TRUE(observed_targets().contains(target_of(two)));
  EXPECT_FALSE(observed_targets().contains(target_of(last)));
  const auto result = text_of_file(folder.path("result.json"));
  EXPECT_NE(result.find("\"finished\": null"), std::string::npos) << "judged as cut short";
  EXPECT_EQ(kenshin({"judge", folder.path("")}).status, 3);
}

TEST_F(Stopped, ASecondInterruptEndsAtOnce) {
  lab::Process scan(words(false));
  gate.wait_until_reached();
  scan.send(SIGTERM);
  scan.send(SIGINT);  // the gate stays closed: only this one ends it
  const int code = scan.wait();
  EXPECT_TRUE(code == 128 + SIGINT || code == 128 + SIGTERM) << code;
  EXPECT_EQ(observed_targets(), (std::set<std::string>{target_of(one), target_of(two)}));
  EXPECT_FALSE(std::filesystem::exists(folder.path("result.json")));
}

// What may differ between two scans of the same server.
std::vector<std::string> comparable(const std::string& text) {
  static const std::regex differs(R"(,"at":"[^"]*"|,"connections":[0-9]+)");
  std::vector<std::string> out;
  for (const auto line : lines(text)) {
    const std::string one(line);
    if (one.find("\"tls.transcript\"") != std::string::npos || one.find("\"started\"") != std::string::npos ||
        one.starts_with("{\"finished\""))
      continue;
    out.push_back(std::regex_replace(one, differs, ""));
  }
  return out;
}

TEST(ManyTargets, TheSameServersAndSeedGiveTheSameFacts) {
  const lab::Folder folder;
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.2 TLSv1.3", "", ""});
  const lab::Server refusing(refuses()), closing(lab::closes());
  const std::string named = std::string(lab::consult_name) + "@127.0.0.1:" + std::to_string(nginx.port());
  const auto scan = [&](const std::string& out, std::vector<std::string> targets) {
    std::vector<std::string> all = {
        "scan",  "--seed",        "7", "--trust-bundle", pki.bundle(), "--config", folder.path("d.toml"),
        "--out", folder.path(out)};
    all.insert(all.end(), targets.begin(), targets.end());
    kenshin(all);
    auto seen = comparable(text_of_file(folder.path(out) + "/facts.jsonl"));
    std::sort(seen.begin(), seen.end());
    return seen;
  };
  lab::write_file(folder.path("d.toml"), "[sources]\nwhois = \"127.0.0.1:1\"\nresolver = \"127.0.0.1:1\"\n");
  const std::vector<std::string> targets = {target_of(refusing), named, target_of(closing)};
  const auto first = scan("first", targets), second = scan("second", targets);
  EXPECT_GT(first.size(), 8U);
  EXPECT_EQ(first, second);
  const auto observe = [&] {
    auto words = std::vector<std::string>{"observe", "--format", "jsonl", "--trust-bundle", pki.bundle()};
    words.insert(words.end(), targets.begin(), targets.end());
    return comparable(kenshin(words).output);
  };
  const auto observed = observe();
  EXPECT_GT(observed.size(), 8U);
  EXPECT_EQ(observed, observe()) << "in the order of targets";
}

TEST(ManyTargets, EachOfAListIsAskedAndStandsInOrder) {
  const lab::Folder folder;
  const lab::Server server(lab::says({21, 3, 1, 0, 2, 2, 40}));  // alert handshake_failure
  std::string list;
  constexpr int many = 100;
  for (int i = 0; i < many; ++i)
    list += "n" + std::to_string(many - i) + ".test@127.0.0.1:" + std::to_string(server.port()) + "\n";
  lab::write_file(folder.path("targets"), list);
  const auto ran = kenshin({"observe", "--format", "jsonl", "@" + folder.path("targets")});
  std::vector<std::string> names;
  for (const auto line : lines(ran.output))
    if (const auto at = line.find("\"name\":\"n");
        at != std::string_view::npos && line.find("tls.versions\"") != line.npos)
      names.emplace_back(line.substr(at + 8, line.find('"', at + 8) - at - 8));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(many));
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST(Permission, IsShownByADryRunAndHoldsOnItsDaysOnly) {
  const lab::Folder folder;
  const auto dry = [&](const std::string& config, std::vector<std::string> more) {
    lab::write_file(folder.path("k.toml"), config);
    more.insert(more.begin(),
                {"scan", "--lang", "en", "--dry-run", "--config", folder.path("k.toml"), "192.0.2.1:443"});
    return kenshin(more).output;
  };
  const auto authorization = [](const std::string& to) {
    return "[authorization]\nowner = \"Minato\"\nbasis = \"letter 7\"\nfrom = 2020-01-01\nto = " + to + "\n";
  };
  EXPECT_NE(dry("", {}).find("192.0.2.1:443  weakness tests with malformed messages: not authorised"),
            std::string::npos);
  EXPECT_NE(dry(authorization("2200-01-01"), {}).find("authorised by Minato, letter 7 (2020-01-01 – 2200-01-01)"),
            std::string::npos);
  EXPECT_NE(dry(authorization("2020-12-31"), {}).find(": not authorised"), std::string::npos);
  EXPECT_NE(dry("", {"--authorized-by", "the owner, by mail"}).find("authorised by the owner, by mail"),
            std::string::npos);
  EXPECT_NE(dry("", {"127.0.0.1:443"}).find("no permission needed"), std::string::npos);
}

TEST(Pace, TakesNumbersThatCanBe) {
  const lab::Folder folder;
  lab::write_file(folder.path("c.pem"), "");
  for (const std::vector<std::string>& bad :
       std::vector<std::vector<std::string>>{{"--max-rate", "0"},
                                             {"--max-rate", "x"},
                                             {"--max-rate", "1.2.3"},
                                             {"--max-rate", "-1"},
                                             {"--seed", "-1"},
                                             {"--seed", "7x"},
                                             {"--proxy", "ftp://a:1"},
                                             {"--proxy", "socks5://a"},
                                             {"--client-certificate", folder.path("c.pem")},
                                             {"--authorized-by", " "},
                                             {"--workers", "0"}}) {
    std::vector<std::string> words = {"observe", "127.0.0.1:1"};
    words.insert(words.end(), bad.begin(), bad.end());
    EXPECT_EQ(kenshin(words).status, 64) << bad.front() << " " << bad.back();
  }
  EXPECT_EQ(
      kenshin({"observe", "127.0.0.1:1", "--max-rate", "0.5", "--seed", "18446744073709551615", "--gentle"}).status, 3);
}

TEST(Progress, TellsNoTimeLeftUntilEnoughIsDone) {
  EXPECT_FALSE(tells_time_left(1, 3));
  EXPECT_FALSE(tells_time_left(3, 31));
  EXPECT_TRUE(tells_time_left(3, 30));
  EXPECT_TRUE(tells_time_left(100, 100000));
  EXPECT_FALSE(tells_time_left(30, 30)) << "nothing is left";
}

TEST(Progress, SaysRateAndTimeLeftInWords) {
  const auto en = Wording::load({}, Language::En);
  ASSERT_TRUE(en);
  EXPECT_EQ(rate_text(1.44), "1.4");
  EXPECT_EQ(rate_text(9.96), "10");
  EXPECT_EQ(rate_text(25.6), "26");
  EXPECT_EQ(duration_text(std::chrono::seconds(99), *en), "99 s");
  EXPECT_EQ(duration_text(std::chrono::seconds(121), *en), "3 min");
  EXPECT_EQ(duration_text(std::chrono::hours(2) + std::chrono::minutes(5), *en), "2 h 5 min");
}

}  // namespace
}  // namespace kenshin
