#include "probes/domain/registration.h"

#include <gtest/gtest.h>

#include "tests/probes/domain/whois_server.h"

namespace kenshin {
namespace {

const std::string free_name = "No match!!\n";
const std::string record =
    "Domain Information:\n[Domain Name]   EXAMPLE.JP\n[Status]   Active\n[Last Updated]  2026/05/01 01:05:07 (JST)\n";

const Instant now = *parse_instant("2026-11-22T05:00:00Z");

struct Seen {
  Observation observation;
  std::vector<std::string> asked;
  std::vector<std::chrono::milliseconds> waits;
};

Seen observe(const std::string& name, std::vector<WhoisReply> replies) {
  const WhoisServer server(std::move(replies));
  Session session;
  session.now = [] { return now; };
  session.whois = server.name();
  session.whois_pause = std::chrono::milliseconds{0};
  std::vector<std::chrono::milliseconds> waits;
  session.registries.wait = [&](std::chrono::milliseconds time) { return waits.push_back(time), true; };
  const auto seen = observe_registration({{TargetKind::Domain, name, 0}, ""}, session);
  EXPECT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen.at(0).target.name, name);
  EXPECT_EQ(seen.at(0).name, "domain.registration");
  EXPECT_EQ(seen.at(0).at, now);
  return {seen.at(0), server.asked(), waits};
}

TEST(RegistrationProbe, AsksForTheRegistrableName) {
  const auto seen = observe("consult.example.jp", {{record}});
  const auto* fact = fact_of<Registration>(seen.observation);
  ASSERT_NE(fact, nullptr);
  EXPECT_EQ(fact->registered, Answer::Yes);
  EXPECT_TRUE(fact->server.starts_with("127.0.0.1:"));
  EXPECT_EQ(fact->holder_compared, HolderCompared::Unknown);
  EXPECT_EQ(seen.asked, std::vector<std::string>{"example.jp\r\n"});
  EXPECT_EQ(seen.observation.connections, 1);
}

TEST(RegistrationProbe, BelievesAFreeNameOnlyWhenTheRegistrySaysSoTwice) {
  const auto seen = observe("example.jp", {{free_name}, {free_name}});
  const auto* fact = fact_of<Registration>(seen.observation);
  ASSERT_NE(fact, nullptr);
  EXPECT_EQ(fact->registered, Answer::No);
  EXPECT_EQ(seen.observation.connections, 2);
  EXPECT_EQ(seen.waits, std::vector<std::chrono::milliseconds>{std::chrono::seconds{60}});
}

TEST(RegistrationProbe, TakesTheRecordThatFollowsAFirstNoMatch) {
  const auto seen = observe("example.jp", {{free_name}, {record}});
  const auto* fact = fact_of<Registration>(seen.observation);
  ASSERT_NE(fact, nullptr);
  EXPECT_EQ(fact->registered, Answer::Yes);
}

TEST(RegistrationProbe, CannotTellWhenTheSecondAnswerFails) {
  for (const WhoisReply& second :
       {WhoisReply{""}, WhoisReply{"", WhoisReply::End::Reset}, WhoisReply{"Query limit exceeded\n"}}) {
    const auto seen = observe("example.jp", {{free_name}, second});
    EXPECT_FALSE(seen.observation.fact);
    EXPECT_EQ(seen.observation.connections, 2);
  }
}

TEST(RegistrationProbe, CannotTellWhereItMayNotWaitToAskAgain) {
  const WhoisServer server({{free_name}});
  Session session;
  session.now = [] { return now; };
  session.whois = server.name();
  session.registries.wait = [](std::chrono::milliseconds) { return false; };
  const auto said = registration_of("example.jp", session, Freshness::Own);
  ASSERT_FALSE(said);
  EXPECT_EQ(said.error().kind, Error::Kind::NotAsked);
}

TEST(RegistrationProbe, ComparesTheHolderAndKeepsNoName) {
  std::string held = record;
  held.insert(held.find("[Status]"), "[登録者名]   医療法人 例クリニック\n[Registrant]   Rei Clinic\n");
  for (const auto& [holder, compared] : {std::pair{"例クリニック", HolderCompared::Same},
                                         {"他クリニック", HolderCompared::Other},
                                         {"", HolderCompared::Unknown}}) {
    const WhoisServer server({{held}});
    Session session;
    session.now = [] { return now; };
    session.whois = server.name();
    session.holder_salt = "0011";
    Asked asked{{TargetKind::Domain, "example.jp", 0}, ""};
    asked.holder = holder;
    const auto seen = observe_registration(asked, session);
    const auto* fact = fact_of<Registration>(seen.at(0));
    ASSERT_NE(fact, nullptr);
    EXPECT_EQ(fact->holder_compared, compared) << holder;
    EXPECT_TRUE(fact->holder_hash.starts_with("0011:"));
  }
}

TEST(RegistrationProbe, CannotTellFromARefusal) {
  const auto seen = observe("example.jp", {{"Too many queries\n"}});
  ASSERT_FALSE(seen.observation.fact);
  EXPECT_EQ(seen.observation.fact.error().kind, Error::Kind::RateLimited);
}

TEST(RegistrationProbe, AsksNobodyAboutOtherRegistriesAndAddresses) {
  for (const auto* name : {"example.clinic", "192.0.2.1", "2001:db8::1", "or.jp", "localhost"}) {
    const auto seen = observe(name, {});
    ASSERT_FALSE(seen.observation.fact) << name;
    EXPECT_EQ(seen.observation.fact.error().kind, Error::Kind::Unsupported) << name;
    EXPECT_EQ(seen.observation.connections, 0) << name;
  }
}

}  // namespace
}  // namespace kenshin
