// Sockets, the budget, name look-ups and the vantage.
#include <gtest/gtest.h>

#include <future>

#include "probes/net/budget.h"
#include "probes/net/dns.h"
#include "probes/net/side_by_side.h"
#include "probes/net/socket.h"
#include "probes/net/vantage.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

using namespace std::chrono_literals;

TEST(Socket, SaysWhatHappened) {
  std::array<std::uint8_t, 64> buffer{};
  const auto what = [&](const lab::Server& server, std::chrono::milliseconds wait) {
    auto socket = Socket::connect("127.0.0.1", server.port(), "", deadline_in(wait));
    if (!socket) return socket.error().kind;
    if (const auto sent = socket->send(bytes_of("hello\n"), deadline_in(wait)); !sent) return sent.error().kind;
    const auto got = socket->receive(buffer, deadline_in(wait));
    return got ? (*got == 0 ? Error::Kind::Closed : Error::Kind::NotAsked) : got.error().kind;
  };
  EXPECT_EQ(what(lab::Server(lab::silent()), 100ms), Error::Kind::Timeout);
  EXPECT_EQ(what(lab::Server(lab::closes()), 5s), Error::Kind::Closed);
  EXPECT_EQ(what(lab::Server(lab::resets()), 5s), Error::Kind::Reset);
  EXPECT_EQ(what(lab::Server(lab::answers_line("text\n")), 5s), Error::Kind::NotAsked);
  EXPECT_EQ(Socket::connect("127.0.0.1", lab::free_port(), "", deadline_in(5s)).error().kind, Error::Kind::Refused);
  EXPECT_EQ(Socket::connect("no address", 443, "", deadline_in(5s)).error().kind, Error::Kind::Malformed);
}

TEST(Socket, ComesFromTheSourceAddressThatWasNamed) {
  const lab::Server server(lab::answers_line("text\n"));
  EXPECT_TRUE(Socket::connect("127.0.0.1", server.port(), "127.0.0.2", deadline_in(5s)));
  EXPECT_EQ(Socket::connect("127.0.0.1", server.port(), "192.0.2.1", deadline_in(5s)).error().kind,
            Error::Kind::Unreachable);
}

TEST(Budget, LetsTheFifthWaitUntilOneIsGivenBack) {
  Budget budget;
  std::vector<Budget::Lease> held;
  for (int i = 0; i < 4; ++i) held.push_back(budget.lease("192.0.2.1"));
  const auto elsewhere = budget.lease("192.0.2.2");
  auto fifth = std::async(std::launch::async, [&] { return budget.lease("192.0.2.1"); });
  EXPECT_EQ(fifth.wait_for(50ms), std::future_status::timeout);
  held.pop_back();
  EXPECT_EQ(fifth.wait_for(5s), std::future_status::ready);
}

TEST(Budget, GrowsWithAnswersAndIsHalvedByTrouble) {
  Budget budget(4, 16);
  for (int i = 0; i < 40; ++i) budget.went_well("192.0.2.1", 1ms);
  EXPECT_EQ(budget.limit("192.0.2.1"), 16);
  EXPECT_EQ(budget.limit("192.0.2.2"), 4);
  budget.went_badly("192.0.2.1");
  EXPECT_EQ(budget.limit("192.0.2.1"), 8);
  budget.went_well("192.0.2.1", 10s);  // late
  EXPECT_EQ(budget.limit("192.0.2.1"), 4);
  for (int i = 0; i < 5; ++i) budget.went_badly("192.0.2.1");
  EXPECT_EQ(budget.limit("192.0.2.1"), 1);
}

TEST(Budget, IsHalvedOnceForAllThatWasInFlight) {
  Budget budget(8, 16);
  std::vector<Budget::Lease> held;
  for (int i = 0; i < 8; ++i) held.push_back(budget.lease("192.0.2.1"));
  for (int i = 0; i < 8; ++i) budget.went_badly("192.0.2.1");
  EXPECT_EQ(budget.limit("192.0.2.1"), 4);
  budget.went_badly("192.0.2.1");
  EXPECT_EQ(budget.limit("192.0.2.1"), 2);
}

TEST(Budget, KeepsToTheRateAndToOneAtATimeWhereAsked) {
  Budget budget;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 5; ++i) budget.lease("192.0.2.1", {50, false});
  EXPECT_GE(std::chrono::steady_clock::now() - start, 80ms);
  auto first = std::make_optional(budget.lease("192.0.2.2", {0, true}));
  auto second = std::async(std::launch::async, [&] { return budget.lease("192.0.2.2", {0, true}); });
  EXPECT_EQ(second.wait_for(50ms), std::future_status::timeout);
  first.reset();
  EXPECT_EQ(second.wait_for(5s), std::future_status::ready);
}

TEST(Budget, PausesWhereEvenSingleConnectionsAreReset) {
  Budget budget;
  for (int i = 0; i < 4; ++i) budget.went_badly("192.0.2.1");  // 4, 2, 1, and then
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 3; ++i) budget.lease("192.0.2.1");
  EXPECT_GE(std::chrono::steady_clock::now() - start, 80ms);
}

TEST(Budget, RemembersWhatWasGivenUpForThatNameAndAddressAlone) {
  Budget budget;
  const Target target{TargetKind::Endpoint, "consult.example.jp", 443};
  budget.give_up(target, "192.0.2.1", {Error::Kind::Timeout, "no answer"});
  EXPECT_EQ(budget.given_up(target, "192.0.2.1")->kind, Error::Kind::Timeout);
  EXPECT_FALSE(budget.given_up(target, "192.0.2.2"));
  EXPECT_FALSE(budget.given_up({TargetKind::Endpoint, "other.example.jp", 443}, "192.0.2.1"));
}

TEST(SideBySide, DoesAllOfItAndPassesAnExceptionOn) {
  std::atomic<int> done{0};
  std::vector<std::function<void()>> work(20, [&] { ++done; });
  side_by_side(work, 3);
  EXPECT_EQ(done, 20);
  work[7] = [] { throw std::runtime_error("a bug"); };
  EXPECT_THROW(side_by_side(work, 3), std::runtime_error);
  EXPECT_EQ(done, 39);
}

TEST(Dns, TellsApartWhatDoesNotExistAndWhatDoesNotAnswer) {
  const lab::NameServer server("consult.example.jp");
  Session session;
  session.resolver = "127.0.0.1:" + std::to_string(server.port());
  const auto found = addresses_of("consult.example.jp", session);
  ASSERT_TRUE(found) << found.error().detail;
  EXPECT_EQ(found->found, std::vector<std::string>{"127.0.0.1"});
  EXPECT_FALSE(found->ipv4_lost);
  EXPECT_FALSE(found->ipv6_lost);
  EXPECT_EQ(addresses_of("nothing.example.jp", session).error().kind, Error::Kind::Absent);
  session.timeout = 300ms;
  EXPECT_EQ(addresses_of("a.silent", session).error().kind, Error::Kind::Timeout);
}

TEST(Dns, ALiteralIsItsOwnAddress) {
  Session session;
  EXPECT_EQ(addresses_of("192.0.2.1", session)->found, std::vector<std::string>{"192.0.2.1"});
  EXPECT_EQ(addresses_of("2001:db8::1", session)->found, std::vector<std::string>{"2001:db8::1"});
}

TEST(Dns, AResolverThatIsNoneIsMalformed) {
  Session session;
  session.resolver = "resolver.example.jp:53";
  EXPECT_EQ(addresses_of("consult.example.jp", session).error().kind, Error::Kind::Malformed);
}

TEST(VantagePoint, NamesTheStoreItTrusts) {
  const lab::Pki pki;
  Session session = lab::session_with(pki);
  const auto seen = observe_vantage(session);
  const auto* fact = fact_of<Vantage>(seen);
  ASSERT_NE(fact, nullptr);
  EXPECT_EQ(seen.target.kind, TargetKind::Clinic);
  EXPECT_NE(fact->ipv6, Answer::Unknown);
  EXPECT_TRUE(fact->trust_store.starts_with("bundle.pem (")) << fact->trust_store;
  EXPECT_FALSE(fact->clock_offset_seconds);
}

}  // namespace
}  // namespace kenshin
