// Tests of weaknesses against scripted servers that have them and such that were mended: each is found ten times in ten
// and absent ten times in ten.
#include "probes/tls/weaknesses.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "probes/net/side_by_side.h"
#include "probes/tls/ccs_injection.h"
#include "probes/tls/code_points.h"
#include "probes/tls/extensions.h"
#include "probes/tls/heartbleed.h"
#include "probes/tls/invalid_curve.h"
#include "probes/tls/robot.h"
#include "tests/lab/peers.h"
#include "tests/lab/vulnerable.h"

namespace kenshin {
namespace {

using lab::OnHeartbeat;
using lab::OnPremaster;
using lab::UnfinishedWish;

constexpr int times = 10;

Session session() {
  Session out;
  out.now = lab::real_now;
  out.timeout = std::chrono::milliseconds(3000);
  return out;
}

Asked asked(std::uint16_t port) { return {{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"}; }

// A server that accepts one suite, in these versions alone.
Learned learned_of(SuiteId suite, std::vector<TlsVersion> versions = {TlsVersion::Tls12}) {
  Learned out;
  for (const TlsVersion version :
       {TlsVersion::Ssl2, TlsVersion::Ssl3, TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12, TlsVersion::Tls13})
    out.versions.versions[version] = {Answer::No, "alert protocol_version"};
  for (const TlsVersion version : versions) {
    out.versions.versions[version] = {Answer::Yes, "server_hello"};
    out.suites.versions[version] = {{suite}, true, ChosenBy::Server, ""};
  }
  return out;
}

using Test = std::function<Vulnerability(Conversation&, const Learned&, Tally&)>;

// All ten answers, side by side, each in a conversation of its own.
std::array<Vulnerability, times> look(const UnfinishedWish& wish, const Learned& learned, const Test& test) {
  const lab::Server server(lab::unfinished_server(wish));
  std::array<Vulnerability, times> out;
  std::vector<std::function<void()>> work;
  for (auto& found : out)
    work.emplace_back([&] {
      Session own = session();
      Conversation conversation(asked(server.port()), own);
      Tally tally{0};
      found = test(conversation, learned, tally);
    });
  side_by_side(work);
  return out;
}

void expect_all(Answer answer, const std::string& part, const std::array<Vulnerability, times>& all) {
  for (const auto& found : all) {
    EXPECT_EQ(found.vulnerable, answer) << found.because;
    EXPECT_NE(found.because.find(part), std::string::npos) << found.because;
  }
}

Vulnerability ask_heartbleed(Conversation& conversation, const Learned& learned, Tally& tally) {
  return heartbleed(conversation, learned, Answer::Unknown, tally);
}

void expect_heartbleed(OnHeartbeat on, bool echo, Answer answer, const std::string& part) {
  UnfinishedWish wish;
  wish.heartbeat = on;
  if (echo) wish.echoes[extension_type::heartbeat] = {1};
  expect_all(answer, part, look(wish, learned_of(wish.suite), ask_heartbleed));
}

TEST(Heartbleed, IsFoundWhereAnEmptyHeartbeatIsAnswered) {
  expect_heartbleed(OnHeartbeat::Answers, true, Answer::Yes, "TLSv1.2: heartbeat of 19 bytes");
}
TEST(Heartbleed, IsFoundWhereTheAnswerWaitsInABuffer) {
  expect_heartbleed(OnHeartbeat::Buffers, true, Answer::Yes, "heartbeat of 19 bytes");
}
TEST(Heartbleed, IsAbsentWhereTheAlertComesAlone) {
  expect_heartbleed(OnHeartbeat::Drops, true, Answer::No, "alert unexpected_message alone");
}
TEST(Heartbleed, IsAbsentWhereEveryConnectionIsClosedInstead) {
  expect_heartbleed(OnHeartbeat::Closes, true, Answer::No, "closed, no heartbeat, thrice alike");
}
TEST(Heartbleed, IsUnknownWhereNothingIsSaid) {
  expect_heartbleed(OnHeartbeat::Ignores, true, Answer::Unknown, "silence");
}
TEST(Heartbleed, DoesNotApplyWithoutTheExtension) {
  expect_heartbleed(OnHeartbeat::Answers, false, Answer::NotApplicable, "no heartbeat extension");
}

TEST(Heartbleed, IsLookedForInEveryVersion) {
  UnfinishedWish wish;
  wish.echoes[extension_type::heartbeat] = {1};
  const lab::Server server(lab::choose([](Bytes hello) { return hello.size() > 10 && hello[10] == 1; },
                                       lab::unfinished_server([&] {
                                         UnfinishedWish odd = wish;
                                         odd.heartbeat = OnHeartbeat::Answers;
                                         return odd;
                                       }()),
                                       lab::unfinished_server(wish)));
  Session own = session();
  Conversation conversation(asked(server.port()), own);
  Tally tally{0};
  const auto learned = learned_of(wish.suite, {TlsVersion::Tls12, TlsVersion::Tls11, TlsVersion::Tls10});
  const auto found = heartbleed(conversation, learned, Answer::Yes, tally);
  EXPECT_EQ(found.vulnerable, Answer::Yes) << found.because;
  EXPECT_EQ(found.because, "TLSv1.0: heartbeat of 19 bytes");
}

void expect_ccs(const lab::OnEarlyCcs& on, Answer answer, const std::string& part) {
  UnfinishedWish wish;
  wish.ccs = on;
  expect_all(answer, part, look(wish, learned_of(wish.suite), ccs_injection));
}

TEST(CcsInjection, IsFoundWhateverTheAlertBehindTheSecondSays) {
  for (const auto code : std::to_array<std::uint8_t>({20, 21, 40, 50}))
    expect_ccs({{}, code}, Answer::Yes, "silence, then alert " + alert_name(code));
}
TEST(CcsInjection, IsAbsentWhereTheFirstIsRefused) {
  expect_ccs({std::uint8_t{10}, {}}, Answer::No, "alert unexpected_message");
}
TEST(CcsInjection, IsAbsentWhereTheFirstCloses) {
  expect_ccs({{}, {}, true, false}, Answer::No, "closed, thrice alike");
}
TEST(CcsInjection, IsUnknownWhereBothMeetSilence) { expect_ccs({{}, {}}, Answer::Unknown, "silence, then silence"); }
TEST(CcsInjection, IsUnknownWhereTheSecondCloses) {
  expect_ccs({{}, {}, false, true}, Answer::Unknown, "silence, then ");
}

void expect_robot(OnPremaster on, Answer answer, const std::string& part) {
  UnfinishedWish wish;
  wish.premaster = on;
  expect_all(answer, part, look(wish, learned_of(wish.suite), robot));
}

TEST(Robot, IsStrongWhereTheStartTells) { expect_robot(OnPremaster::StartTells, Answer::Yes, "strong oracle"); }
TEST(Robot, IsWeakWhereTheWholeFormTells) { expect_robot(OnPremaster::FormTells, Answer::Yes, "weak oracle"); }
TEST(Robot, IsFoundWhereOnlyTheTimeOfTheAlertTells) {
  expect_robot(OnPremaster::EarlyTells, Answer::Yes, "weak oracle, ClientKeyExchange alone");
}
TEST(Robot, IsFoundWhereAWrongFormCloses) {
  expect_robot(OnPremaster::ClosesOnForm, Answer::Yes, "\"closed\" to a wrong one");
}
TEST(Robot, IsAbsentWhereEveryPremasterMeetsTheSame) {
  expect_robot(OnPremaster::Mended, Answer::No, "five times alert bad_record_mac");
}
TEST(Robot, IsUnknownWhereAllMeetSilence) { expect_robot(OnPremaster::Silent, Answer::Unknown, ""); }

TEST(Robot, IsUnknownWhereAnswersAreInconsistent) {
  UnfinishedWish wish;
  wish.premaster = OnPremaster::Unsteady;
  const lab::Server server(lab::unfinished_server(wish));
  for (int i = 0; i < times; ++i) {
    Session own = session();
    Conversation conversation(asked(server.port()), own);
    Tally tally{0};
    const auto found = robot(conversation, learned_of(wish.suite), tally);
    EXPECT_EQ(found.vulnerable, Answer::Unknown) << found.because;
    EXPECT_NE(found.because.find("inconsistent"), std::string::npos) << found.because;
  }
}

TEST(Robot, DoesNotApplyWithoutRsaKeyExchange) {
  expect_all(Answer::NotApplicable, "no RSA key exchange", look({}, learned_of(SuiteId{0xC02F}), robot));
}

TEST(Robot, MakesPremastersAsTheyAreNamed) {
  for (int i = 0; i < 100; ++i)
    for (const Premaster premaster : all_premasters) {
      const Buffer block = premaster_block(premaster, 256, TlsVersion::Tls12);
      ASSERT_EQ(block.size(), 256U);
      EXPECT_EQ(block[0], 0);
      EXPECT_EQ(block[1] == 2, premaster != Premaster::WrongStart);
      EXPECT_EQ(block[256 - 49] == 0, premaster != Premaster::NoZero);
      EXPECT_EQ(std::count(block.begin() + 2, block.begin() + 256 - 49, 0), premaster == Premaster::EarlyZero ? 1 : 0);
      EXPECT_EQ(block[256 - 48] == 3 && block[256 - 47] == 3, premaster != Premaster::WrongVersion);
    }
}

void expect_point(lab::OnPoint on, Answer answer, const std::string& part) {
  UnfinishedWish wish;
  wish.suite = SuiteId{0xC02F};
  wish.point = on;
  expect_all(answer, part,
             look(wish, learned_of(wish.suite), [](Conversation& conversation, const Learned& learned, Tally& tally) {
               return invalid_curve(conversation, learned, TicketUse(), tally);
             }));
}

TEST(InvalidCurve, IsAbsentWhereThePointIsRefused) {
  expect_point(lab::OnPoint::Refuses, Answer::No, "alert illegal_parameter");
}
TEST(InvalidCurve, IsUnknownWhereThePointIsTaken) {
  expect_point(lab::OnPoint::Takes, Answer::Unknown, "not refused at once");
}
TEST(InvalidCurve, IsUnknownWhereEveryPointIsRefused) {
  expect_point(lab::OnPoint::RefusesAll, Answer::Unknown, "control failed: alert illegal_parameter to a point on");
}

TEST(Weaknesses, AreNotTestedWithoutPermission) {
  const lab::Server server(lab::unfinished_server({}));
  Session own = session();
  Conversation conversation(asked(server.port()), own);
  Tally tally{0};
  const Asked public_one{{TargetKind::Endpoint, "consult.example.jp", 8443}, "192.0.2.1"};  // nothing is sent there
  const auto seen =
      observe_weaknesses({conversation, learned_of(SuiteId{0x1301}, {TlsVersion::Tls13}), seen_already(TlsExtensions()),
                          seen_already(TicketUse()), public_one, own, tally});
  EXPECT_EQ(server.connections(), 0);
  EXPECT_EQ(tally, 0);
  EXPECT_EQ(seen.weaknesses.size(), 24U);
  for (const WeaknessTest& test : weakness_tests()) {
    if (test.permission != PermissionClass::Weakness) continue;
    EXPECT_EQ(seen.weaknesses.at(test.weakness), (Vulnerability{Answer::Unknown, "not authorised"}));
  }
}

TEST(Weaknesses, DoNotApplyToTls13Alone) {
  const lab::Server server(lab::unfinished_server({}));
  Session own = session();
  Conversation conversation(asked(server.port()), own);
  Tally tally{0};
  Learned learned = learned_of(SuiteId{0x1301}, {TlsVersion::Tls13});
  learned.groups.versions[TlsVersion::Tls13] = {{GroupId{29}}, true, true, ""};
  const auto seen =
      observe_weaknesses({conversation, learned, seen_already(TlsExtensions()),
                          seen_already(use_ticket(conversation, learned, tally)), asked(server.port()), own, tally});
  EXPECT_EQ(tally, 0);
  for (const Weakness weakness : {Weakness::Heartbleed, Weakness::CcsInjection, Weakness::Robot, Weakness::InvalidCurve,
                                  Weakness::Poodle, Weakness::Sweet32, Weakness::Logjam, Weakness::Lucky13})
    EXPECT_EQ(seen.weaknesses.at(weakness).vulnerable, Answer::NotApplicable) << weakness_name(weakness);
  EXPECT_EQ(seen.weaknesses.at(Weakness::DheAt).vulnerable, Answer::No);
}

TEST(Weaknesses, AreUnknownWhereTheVersionsAre) {
  const lab::Server server(lab::unfinished_server({}));
  Session own = session();
  Conversation conversation(asked(server.port()), own);
  Tally tally{0};
  Learned learned = learned_of(SuiteId{0x1301}, {TlsVersion::Tls13});
  learned.versions.versions[TlsVersion::Tls12] = {Answer::Unknown, "reset"};
  const auto seen =
      observe_weaknesses({conversation, learned, seen_already(TlsExtensions()),
                          seen_already(use_ticket(conversation, learned, tally)), asked(server.port()), own, tally});
  EXPECT_EQ(tally, 0);
  for (const WeaknessTest& test : weakness_tests()) {
    if (test.weakness == Weakness::Drown || test.weakness == Weakness::Poodle || test.weakness == Weakness::Beast)
      continue;  // of versions that are proven refused
    if (test.weakness == Weakness::StarttlsInjection || test.weakness == Weakness::Opossum) continue;  // not of TLS
    EXPECT_EQ(seen.weaknesses.at(test.weakness).vulnerable, Answer::Unknown) << weakness_name(test.weakness);
  }
}

}  // namespace
}  // namespace kenshin
