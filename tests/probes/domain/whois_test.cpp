#include "probes/domain/whois.h"

#include <gtest/gtest.h>

#include <atomic>

#include "tests/probes/domain/whois_server.h"

namespace kenshin {
namespace {

using std::chrono::milliseconds;
using End = WhoisReply::End;

Session session_for_tests(milliseconds timeout = milliseconds{5000}) {
  Session session;
  session.timeout = timeout;
  session.whois_pause = milliseconds{0};
  return session;
}

Error::Kind failure_of(const WhoisReply& reply, milliseconds timeout = milliseconds{5000}) {
  const WhoisServer server({reply});
  Session session = session_for_tests(timeout);
  const auto answer = ask_whois(server.name(), "example.jp/e", session);
  EXPECT_FALSE(answer);
  return answer ? Error::Kind::NotAsked : answer.error().kind;
}

TEST(Whois, SendsOneLineAndReadsToTheEnd) {
  const std::string text = "first\r\n" + std::string(20'000, 'x') + "\n日本語\n";
  const WhoisServer server({{text}});
  Session session = session_for_tests();
  EXPECT_EQ(ask_whois(server.name(), "example.jp/e", session), text);
  EXPECT_EQ(server.asked(), std::vector<std::string>{"example.jp/e\r\n"});
}

TEST(Whois, TellsTheWaysOfNotAnsweringApart) {
  EXPECT_EQ(failure_of({""}), Error::Kind::Closed);
  EXPECT_EQ(failure_of({"\r\n"}), Error::Kind::Closed);
  EXPECT_EQ(failure_of({"", End::Reset}), Error::Kind::Reset);
  EXPECT_EQ(failure_of({"", End::Silence}, milliseconds{60}), Error::Kind::Timeout);
  EXPECT_EQ(failure_of({"Domain Information:\n", End::Silence}, milliseconds{60}), Error::Kind::Timeout);
  EXPECT_EQ(failure_of({std::string(65 * 1024, 'x')}), Error::Kind::Malformed);
  EXPECT_EQ(failure_of({"\xA4\xB3\xA4\xF3"}), Error::Kind::Malformed);  // EUC-JP
}

TEST(Whois, SaysThatNobodyListens) {
  std::string name;
  {
    const WhoisServer gone({});
    name = gone.name();
  }
  Session session = session_for_tests();
  const auto answer = ask_whois(name, "example.jp/e", session);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Error::Kind::Refused);
}

TEST(Whois, RefusesAQueryOfTwoLines) {
  Session session = session_for_tests();
  EXPECT_FALSE(ask_whois("127.0.0.1:1", "example.jp\r\nexample2.jp", session));
  EXPECT_FALSE(ask_whois("no port", "example.jp/e", session));
}

struct FakeClock {
  WhoisTurns::Time at{};
  std::vector<milliseconds> waits;
  WhoisTurns::Clock clock() {
    return {[this] { return at; }, [this](milliseconds time) { waits.push_back(time), at += time; }};
  }
};

TEST(WhoisTurns, PausesBetweenQuestionsToOneServer) {
  FakeClock clock;
  WhoisTurns turns(clock.clock());
  const auto question = [&]() -> Result<std::string> { return clock.at += milliseconds{300}, std::string("answer"); };
  const milliseconds pause{5000};
  EXPECT_EQ(turns.ask("a:43", pause, question), std::string("answer"));
  EXPECT_TRUE(clock.waits.empty());  // the first never waits
  EXPECT_TRUE(turns.ask("b:43", pause, question));
  EXPECT_TRUE(clock.waits.empty());  // another server
  EXPECT_TRUE(turns.ask("a:43", pause, question));
  EXPECT_EQ(clock.waits, std::vector<milliseconds>{milliseconds{4700}});
  clock.at += milliseconds{6000};
  EXPECT_TRUE(turns.ask("a:43", pause, question));
  EXPECT_EQ(clock.waits.size(), 1U);
}

TEST(WhoisTurns, LetsOneQuestionRunAtATime) {
  WhoisTurns turns({[] { return WhoisTurns::Time{}; }, [](milliseconds) {}});
  std::atomic<int> running = 0;
  std::atomic<bool> together = false;
  const auto question = [&]() -> Result<std::string> {
    if (running.fetch_add(1) > 0) together = true;
    for (int i = 0; i < 50; ++i) std::this_thread::yield();
    running.fetch_sub(1);
    return std::string();
  };
  std::vector<std::thread> askers;
  for (int i = 0; i < 4; ++i)
    askers.emplace_back([&] {
      for (int k = 0; k < 25; ++k) EXPECT_TRUE(turns.ask("a:43", milliseconds{0}, question));
    });
  for (auto& asker : askers) asker.join();
  EXPECT_FALSE(together);
}

}  // namespace
}  // namespace kenshin
