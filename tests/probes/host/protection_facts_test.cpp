// The facts about what protects a host: read strictly, written back the same, the same in facts.jsonl.
#include "probes/host/protection_facts.h"

#include <gtest/gtest.h>

#include "probes/host/host_facts.h"
#include "tests/probes/host/protection_samples.h"

namespace kenshin {
namespace {

using host_samples::document;
using host_samples::Sample;
using host_samples::samples;

std::string trouble(const std::string& fact, const std::string& value) {
  const auto read = read_host_facts(document(fact, value), "pc.json");
  return read ? "no trouble" : read.error().detail;
}

TEST(ProtectionFacts, AreReadAndWrittenBackTheSame) {
  for (const Sample& sample : samples) {
    const auto read = read_host_facts(document(sample.fact, sample.value), "pc.json");
    ASSERT_TRUE(read) << read.error().detail;
    ASSERT_EQ(read->size(), 2U) << sample.fact;
    EXPECT_EQ(read->at(1).name, sample.fact);
    ASSERT_TRUE(read->at(1).fact) << sample.fact;
    const auto again = read_host_facts(write_host_facts(*read), "again.json");
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(*again, *read) << sample.fact;
  }
}

TEST(ProtectionFacts, SurviveFactsJsonl) {
  Facts facts;
  std::string text = header_line("0", Instant{}) + "\n";
  for (const Sample& sample : samples) {
    const auto read = read_host_facts(document(sample.fact, sample.value), "pc.json");
    ASSERT_TRUE(read) << read.error().detail;
    text += observation_line(facts.add(read->at(1))) + "\n";
  }
  const auto again = read_facts(text, "facts.jsonl");
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->all(), facts.all());
}

TEST(ProtectionFacts, KeepWhatCouldNotBeTold) {
  const auto read = read_host_facts(document("accounts.local", samples[5].value), "pc.json");
  ASSERT_TRUE(read);
  const auto* accounts = fact_of<LocalAccounts>(read->at(1));
  ASSERT_TRUE(accounts);
  EXPECT_EQ(accounts->stale, std::nullopt);
  EXPECT_EQ(accounts->blank_password, 0);
}

TEST(ProtectionFacts, NeedEveryMember) {
  EXPECT_EQ(trouble("login.automatic", R"({"enabled": "no"})"),
            "pc.json:5: /facts/login.automatic/value: missing key \"basis\"");
  EXPECT_EQ(trouble("residue.files", R"({"recordings": 1, "downloads": 0})"),
            "pc.json:5: /facts/residue.files/value: missing key \"screenshots\"");
}

TEST(ProtectionFacts, RefuseMembersAndWordsThatAreNotTheirs) {
  EXPECT_EQ(trouble("clock.sync", R"({"synchronized": "yes", "basis": "", "offset": 1})"),
            "pc.json:5: /facts/clock.sync/value/offset: unknown key \"offset\"");
  EXPECT_EQ(trouble("firewall", R"({"profiles": [{"name": "guest", "enabled": "yes"}], "basis": ""})"),
            "pc.json:5: /facts/firewall/value/profiles/0/name: not a known value: \"guest\"");
  EXPECT_EQ(trouble("lock.screen", R"({"enabled": true, "after_seconds": 1, "password": "yes", "basis": ""})"),
            "pc.json:5: /facts/lock.screen/value/enabled: expected a string");
}

TEST(ProtectionFacts, RefuseNumbersThatCannotBe) {
  EXPECT_EQ(trouble("network.listening", R"({"ports": [{"protocol": "tcp", "port": 65536, "scope": "any"}]})"),
            "pc.json:5: /facts/network.listening/value/ports/0: port is out of range");
  EXPECT_EQ(trouble("residue.files", R"({"recordings": -1, "downloads": 0, "screenshots": 0})"),
            "pc.json:5: /facts/residue.files/value: recordings is out of range");
  EXPECT_EQ(trouble("lock.screen", R"({"enabled": "yes", "after_seconds": -5, "password": "yes", "basis": ""})"),
            "pc.json:5: /facts/lock.screen/value: after_seconds is out of range");
}

}  // namespace
}  // namespace kenshin
