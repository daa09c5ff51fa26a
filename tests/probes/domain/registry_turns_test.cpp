#include "probes/domain/registry_turns.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "tests/lab/process.h"

namespace kenshin {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Instant start = *parse_instant("2026-11-22T05:00:00Z");  // 14 o'clock in Japan

// A session whose clock goes on by what is waited.
struct World {
  Instant at = start;
  std::vector<milliseconds> waits;
  bool stopped = false;
  Session session;

  explicit World(std::string folder = {}) {
    session.now = [this] { return at; };
    session.registries.wait = [this](milliseconds time) {
      waits.push_back(time);
      at += std::chrono::ceil<seconds>(time);
      return !stopped;
    };
    session.registries.cache = std::move(folder);
  }
  World(const World&) = delete;

  Result<Done> ask(const std::string& server, std::optional<Instant> not_before = std::nullopt,
                   std::optional<int> a_day = std::nullopt) {
    return at_its_turn(server, {milliseconds(5000), a_day}, session, [&] {
      return ++asked, AfterQuestion{not_before, is_there};
    });
  }
  int asked = 0;
  bool is_there = true;
};

TEST(RegistryTurns, PauseBetweenQuestionsToOneServer) {
  World world;
  EXPECT_TRUE(world.ask("pause-a.test:43"));
  EXPECT_TRUE(world.ask("pause-b.test:43"));
  EXPECT_TRUE(world.waits.empty());  // the first never waits, nor does another server
  EXPECT_TRUE(world.ask("pause-a.test:43"));
  ASSERT_EQ(world.waits.size(), 1U);
  EXPECT_GE(world.waits[0], milliseconds(5000));
  world.at += seconds(10);
  EXPECT_TRUE(world.ask("pause-a.test:43"));
  EXPECT_EQ(world.waits.size(), 1U);
}

TEST(RegistryTurns, LetOneQuestionRunAtATime) {
  Session session;
  session.now = [] { return start; };
  std::atomic<int> running = 0, together = 0;
  std::vector<std::thread> askers;
  for (int i = 0; i < 4; ++i)
    askers.emplace_back([&] {
      for (int k = 0; k < 25; ++k)
        EXPECT_TRUE(at_its_turn("together.test:43", {}, session, [&]() -> AfterQuestion {
          if (running.fetch_add(1) > 0) ++together;
          std::this_thread::yield();
          running.fetch_sub(1);
          return {};
        }));
    });
  for (auto& asker : askers) asker.join();
  EXPECT_EQ(together, 0);
}

TEST(RegistryTurns, GoOnTheNextDayInJapanWhereTheDaysQuestionsAreSpent) {
  World world;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(world.ask("day.test:43", std::nullopt, 3));
  const auto fourth = world.ask("day.test:43", std::nullopt, 3);
  ASSERT_FALSE(fourth);
  EXPECT_EQ(fourth.error().kind, Error::Kind::RateLimited);
  EXPECT_NE(fourth.error().detail.find("goes on the next day"), std::string::npos) << fourth.error().detail;
  EXPECT_EQ(world.asked, 3);
  world.at = *parse_instant("2026-11-22T15:00:00Z");  // midnight in Japan
  EXPECT_TRUE(world.ask("day.test:43", std::nullopt, 3));
}

TEST(RegistryTurns, ComeWhenTheServerSaysOrNotAtAll) {
  World world;
  EXPECT_TRUE(world.ask("later.test", start + seconds(90)));
  EXPECT_TRUE(world.ask("later.test", start + seconds(4000)));
  EXPECT_GE(world.at, start + seconds(90));
  const auto refused = world.ask("later.test");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Error::Kind::RateLimited);
  EXPECT_NE(refused.error().detail.find("2026-11-22T06:06:40Z"), std::string::npos) << refused.error().detail;
  EXPECT_EQ(world.asked, 2);
}

TEST(RegistryTurns, WaitTwoMinutesInAllAtAServersWord) {
  World world;
  Result<Done> last = Done{};
  int answered = 0;
  for (; answered < 10 && last; ++answered) last = world.ask("slow.test", world.at + seconds(60));
  ASSERT_FALSE(last);
  EXPECT_EQ(last.error().kind, Error::Kind::RateLimited);
  EXPECT_LE(world.at, start + seconds(180));
  EXPECT_GE(answered, 3);
}

TEST(RegistryTurns, EndTheWaitForALockThatIsNeverGivenUp) {
  const lab::Folder folder;
  World world(folder.path("cache"));
  EXPECT_TRUE(world.ask("first.test:43"));  // makes the folder
  const int held = ::open(folder.path("cache/turns/held.test_43").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_GE(held, 0);
  ASSERT_EQ(::flock(held, LOCK_EX), 0);
  const auto seen = world.ask("held.test:43");
  ::close(held);
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().kind, Error::Kind::RateLimited);
}

TEST(RegistryTurns, BelieveNoFileLongerThanADay) {
  const lab::Folder folder;
  World world(folder.path("cache"));
  EXPECT_TRUE(world.ask("first.test:43"));
  lab::write_file(folder.path("cache/turns/far.test_43"), "0 9999999999 0 0\n");
  EXPECT_FALSE(world.ask("far.test:43"));
  world.at += std::chrono::hours(24);
  EXPECT_TRUE(world.ask("far.test:43"));
}

TEST(RegistryTurns, AreNotUsedUpByAServerThatIsNotReached) {
  World world;
  world.is_there = false;
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(world.ask("gone.test:43", std::nullopt, 1));
  EXPECT_TRUE(world.waits.empty());
  world.is_there = true;
  EXPECT_TRUE(world.ask("gone.test:43", std::nullopt, 1));
  EXPECT_FALSE(world.ask("gone.test:43", std::nullopt, 1));
}

TEST(RegistryTurns, EndTheWaitWhereToldToStop) {
  World world;
  EXPECT_TRUE(world.ask("stop.test:43"));
  world.stopped = true;
  const auto second = world.ask("stop.test:43");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, Error::Kind::NotAsked);
  EXPECT_EQ(world.asked, 1);
}

TEST(RegistryTurns, AreSharedByAllWhoShareTheFolder) {
  const lab::Folder folder;
  World one(folder.path("cache")), other(folder.path("./cache"));  // another spelling: no memory is shared
  EXPECT_TRUE(one.ask("shared.test:43", std::nullopt, 2));
  EXPECT_TRUE(other.ask("shared.test:43", std::nullopt, 2));
  EXPECT_EQ(other.waits.size(), 1U);
  one.at = other.at;
  const auto third = one.ask("shared.test:43", std::nullopt, 2);
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().kind, Error::Kind::RateLimited);
}

TEST(RegistryTurns, WaitForAnotherProcessThatAsks) {
  const lab::Folder folder;
  World one(folder.path("cache")), other(folder.path("./cache"));
  one.session.registries.wait = other.session.registries.wait = {};
  std::atomic<bool> inside = false, together = false;
  const auto question = [&]() -> AfterQuestion {
    if (inside.exchange(true)) together = true;
    std::this_thread::yield();
    inside = false;
    return {};
  };
  std::thread asker([&] {
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(at_its_turn("locked.test:43", {}, other.session, question));
  });
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(at_its_turn("locked.test:43", {}, one.session, question));
  asker.join();
  EXPECT_FALSE(together);
}

TEST(RegistryTurns, TrustNoBrokenFile) {
  for (const char* broken : {"", "x", "-1 0 0 0", "1 2", "99999999999999999999 0 0 0", "\n\n\n"}) {
    const lab::Folder folder;
    World world(folder.path("cache"));
    EXPECT_TRUE(world.ask("first.test:43"));  // makes the folder
    lab::write_file(folder.path("cache/turns/broken.test_43"), broken);
    EXPECT_TRUE(world.ask("broken.test:43")) << broken;
    EXPECT_TRUE(world.ask("broken.test:43")) << broken;
    EXPECT_EQ(world.waits.size(), 1U) << broken;
  }
}

TEST(RegistryTurns, DoWithoutAFolderThatCannotBeMade) {
  World world("/dev/null/cache");
  EXPECT_TRUE(world.ask("nowhere.test:43"));
  EXPECT_TRUE(world.ask("nowhere.test:43"));
  EXPECT_EQ(world.waits.size(), 1U);
}

}  // namespace
}  // namespace kenshin
