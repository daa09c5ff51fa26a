// IPA's grade beside the verdict, whatever the profile; and the configuration lines beside the remedy.
#include "reports/criteria/ipa_grade.h"

#include <gtest/gtest.h>

#include <set>

#include "case.h"
#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

std::vector<Profile> types() {
  return {profile_of("ipa-high"), profile_of("ipa-recommended"), profile_of("ipa-exception")};
}

std::optional<IpaGrade> ipa_grade(const Facts& facts, const std::vector<Profile>& types, Day on) {
  IpaGrading grading(types, on);
  for (const Target& target : facts.targets()) grading.look_at(target, facts);
  return grading.take();
}

SuiteId suite(unsigned code) { return static_cast<SuiteId>(code); }

struct Server {
  Answer tls10 = Answer::No, tls13 = Answer::Yes;
  std::vector<SuiteId> suites = {suite(0xC02F)};
  bool complete = true;
  std::vector<DhGroup> dh;
  std::string signature = "sha256WithRSAEncryption";
};

World seen(const Server& server) {
  TlsVersions versions{{{TlsVersion::Ssl3, {Answer::No, "alert"}},
                        {TlsVersion::Tls10, {server.tls10, "alert"}},
                        {TlsVersion::Tls11, {Answer::No, "alert"}},
                        {TlsVersion::Tls12, {Answer::Yes, "server_hello"}},
                        {TlsVersion::Tls13, {server.tls13, "server_hello"}}}};
  TlsSuites suites;
  suites.versions[TlsVersion::Tls12] = {server.suites, server.complete, ChosenBy::Server, "closed"};
  TlsGroups groups;
  groups.versions[TlsVersion::Tls12] = {{*group_named("secp256r1")}, true, true, ""};
  if (server.tls13 == Answer::Yes) {
    suites.versions[TlsVersion::Tls13] = {{suite(0x1301)}, true, ChosenBy::Server, ""};
    groups.versions[TlsVersion::Tls13] = {{*group_named("x25519")}, true, true, ""};
  }
  if (server.tls10 == Answer::Yes) suites.versions[TlsVersion::Tls10] = {{suite(0xC013)}, true, ChosenBy::Server, ""};
  TlsKeyExchange exchange;
  exchange.dh_groups = server.dh;
  exchange.complete = true;
  CertificateChain chain;
  Certificate leaf;
  leaf.key = "EC-P-256";
  leaf.signature = server.signature;
  leaf.not_before = noon("2026-10-01");
  leaf.not_after = noon("2026-12-30");
  chain.certificates = {leaf};
  return endpoint().sees(versions).sees(suites).sees(groups).sees(exchange).sees(chain);
}

std::string graded(const Server& server) {
  const World world = seen(server);
  const auto grade = ipa_grade(world.facts, types(), world.on);
  if (!grade) return "none";
  return (grade->grade ? "" : "at most ") + std::string(grade_name(grade->at_most));
}

TEST(IpaGrade, IsTheBestTypeWhoseDemandsAreAllMet) {
  EXPECT_EQ(graded({}), "high");
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0xC027), suite(0xC02F)}, true, {}}), "recommended");
  EXPECT_EQ(graded({Answer::No, Answer::No, {suite(0xC02F)}, true, {}}), "recommended") << "高 demands TLS 1.3";
  EXPECT_EQ(graded({Answer::Yes, Answer::Yes, {suite(0xC02F)}, true, {}}), "exception");
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0x0005)}, true, {}}), "outside") << "RC4";
  Server of_sha1;
  of_sha1.signature = "sha1WithRSAEncryption";
  EXPECT_EQ(graded(of_sha1), "outside");
}

TEST(IpaGrade, SaysHowGoodItCanBeWhereItCouldNotBeTold) {
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0xC02F)}, false, {}}), "at most high");
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0xC027)}, false, {}}), "at most recommended");
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0x002F)}, true, {}}), "at most exception")
      << "the list of 例外 is not held";
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0xC08A)}, true, {}}), "at most high") << "membership unconfirmed";
}

TEST(IpaGrade, PutsNobodyOutsideByARecalledFigure) {
  const DhGroup small{1024, "ff", "02", "", Answer::Yes, {TlsVersion::Tls12}};
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0x009E)}, true, {small}}), "at most exception");
}

TEST(IpaGrade, NamesWhatKeepsItFromTheNextType) {
  const World world = seen({Answer::No, Answer::Yes, {suite(0xC027)}, true, {}});
  const auto grade = ipa_grade(world.facts, types(), world.on);
  ASSERT_TRUE(grade);
  ASSERT_EQ(grade->held_back_by.size(), 1U);
  EXPECT_EQ(grade->held_back_by.front().text, "tls.suites.listed");
  EXPECT_EQ(grade->edition, "3.0.1");
}

TEST(IpaGrade, IsNotGivenWhereNothingWasObserved) {
  const World world = endpoint().fails<TlsVersions>(Error::Kind::Timeout);
  EXPECT_FALSE(ipa_grade(world.facts, types(), world.on));
  EXPECT_FALSE(ipa_grade({}, types(), world.on));
}

TEST(IpaGrade, LeavesTheClinicsOwnWebSiteOut) {
  World world = seen({});
  DeclaredEndpoint declared;
  declared.role = Role::Website;
  EXPECT_FALSE(ipa_grade(world.sees(declared).facts, types(), world.on));
}

}  // namespace

}  // namespace kenshin
