#include "probes/domain/rdap.h"

#include <gtest/gtest.h>

#include <chrono>

#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

const Instant now = *parse_instant("2026-11-22T05:00:00Z");
const std::string found = R"({"objectClassName": "domain", "ldhName": "example.com", "status": ["active"]})";

Buffer answer(const std::string& head, const std::string& body) {
  const std::string text =
      "HTTP/1.1 " + head + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  return {text.begin(), text.end()};
}

std::string base_of(const lab::Server& server) { return "http://127.0.0.1:" + std::to_string(server.port()) + "/v1/"; }

Session quick(int milliseconds = 2000) {
  Session out;
  out.now = [] { return now; };
  out.timeout = std::chrono::milliseconds(milliseconds);
  return out;
}

RdapSaid ask(const lab::Server& server, int milliseconds = 2000) {
  const std::string base = base_of(server);
  return ask_rdap(rdap_question(base, "example.com"), base, "example.com", quick(milliseconds));
}

RdapSaid answered(const std::string& head, const std::string& body) {
  const lab::Server server(lab::says(answer(head, body)));
  return ask(server);
}

Error::Kind refused(const std::string& head, const std::string& body) {
  const auto said = answered(head, body);
  EXPECT_FALSE(said.answer) << head;
  return said.answer ? Error::Kind::NotAsked : said.answer.error().kind;
}

TEST(Rdap, ReadsTheObjectWhateverItIsCalled) {
  for (const char* type : {"application/rdap+json", "application/json", "text/html"}) {
    const auto said = answered(std::string("200 OK\r\nContent-Type: ") + type, found);
    ASSERT_TRUE(said.answer) << said.answer.error().detail;
    EXPECT_EQ(said.answer->record.state, std::vector<std::string>{"active"});
  }
}

TEST(Rdap, FollowsThreeRedirectsAndNotAFourth) {
  const lab::Server last(lab::says(answer("200 OK", found)));
  const auto to = [](const lab::Server& server) {
    return lab::says(answer("302 Found\r\nLocation: " + base_of(server), ""));
  };
  const lab::Server third(to(last)), second(to(third)), first(to(second)), before(to(first));
  EXPECT_TRUE(ask(first).answer);
  const auto too_far = ask(before);
  ASSERT_FALSE(too_far.answer);
  EXPECT_EQ(too_far.answer.error().kind, Error::Kind::Malformed);
}

TEST(Rdap, NeverTakesARefusalForData) {
  EXPECT_EQ(refused("429 Too Many Requests", found), Error::Kind::RateLimited);
  EXPECT_EQ(refused("422 Unprocessable Entity", R"({"errorCode": 422})"), Error::Kind::RateLimited);
  EXPECT_EQ(refused("403 Forbidden\r\nContent-Type: text/html", "<html>Quota exceeded</html>"),
            Error::Kind::RateLimited);
  EXPECT_EQ(refused("403 Forbidden\r\nContent-Type: text/html", "<html>No</html>"), Error::Kind::Denied);
  EXPECT_EQ(refused("503 Unavailable\r\nRetry-After: 120", ""), Error::Kind::RateLimited);
  EXPECT_EQ(refused("503 Unavailable", ""), Error::Kind::Malformed);
  EXPECT_EQ(refused("500 Broken", found), Error::Kind::Malformed);
  EXPECT_EQ(refused("200 OK", "<html>Rate limit</html>"), Error::Kind::Malformed);
  EXPECT_EQ(refused("200 OK", std::string("\x00\xFF\xFE{}", 5)), Error::Kind::Malformed);
  EXPECT_EQ(refused("200 OK", ""), Error::Kind::Malformed);
}

TEST(Rdap, TellsANotFoundOfItsOwnFromAnyOther) {
  const auto bare = answered("404 Not Found\r\nContent-Type: text/html", "");
  ASSERT_FALSE(bare.answer);
  EXPECT_EQ(bare.answer.error().kind, Error::Kind::Absent);
  EXPECT_FALSE(bare.speaks_rdap);
  EXPECT_TRUE(answered("404 Not Found\r\nContent-Type: application/rdap+json", "").speaks_rdap);
  EXPECT_TRUE(answered("404 Not Found", R"({"errorCode": 404})").speaks_rdap);
}

TEST(Rdap, BelievesA404OnlyOfTheRegistryItself) {
  EXPECT_EQ(refused("404 Not Found", R"({"errorCode": 404, "title": "Object not found"})"), Error::Kind::Absent);
  EXPECT_EQ(refused("404 Not Found", R"({"errorCode": 429})"), Error::Kind::Malformed);
  EXPECT_EQ(refused("404 Not Found", R"({"errorCode": 404, "title": "Quota exceeded"})"), Error::Kind::RateLimited);
  EXPECT_EQ(refused("404 Not Found", "<html>This service is in maintenance</html>"), Error::Kind::RateLimited);
  EXPECT_EQ(refused("404 Not Found", "<html>Not found</html>"), Error::Kind::Malformed);
  EXPECT_EQ(refused("404 Not Found\r\nRetry-After: 60", ""), Error::Kind::RateLimited);
  const lab::Server last(lab::says(answer("404 Not Found", R"({"errorCode": 404})")));
  EXPECT_EQ(refused("302 Found\r\nLocation: " + base_of(last), ""), Error::Kind::Malformed);
}

TEST(Rdap, HearsWhenToComeAgain) {
  EXPECT_EQ(answered("429 Too Many Requests\r\nRetry-After: 90", "").not_before, now + std::chrono::seconds(90));
  EXPECT_EQ(retry_after("Sun, 22 Nov 2026 06:00:00 GMT", now), *parse_instant("2026-11-22T06:00:00Z"));
  for (const char* odd : {"", "soon", "-5", "99999999999"}) EXPECT_EQ(retry_after(odd, now), std::nullopt) << odd;
}

TEST(Rdap, AsksNobodyOfThisNetworkForAForeignBase) {
  const lab::Server server(lab::says(answer("200 OK", found)));
  for (const std::string scheme : {"http", "https"}) {
    const std::string url = scheme + "://127.0.0.1:" + std::to_string(server.port()) + "/";
    const auto said = ask_rdap(url, "https://rdap.example/", "example.com", quick());
    ASSERT_FALSE(said.answer);
    EXPECT_EQ(said.answer.error().kind, Error::Kind::Denied) << said.answer.error().detail;
  }
  EXPECT_EQ(server.connections(), 0);
}

TEST(Rdap, AsksWhetherAnybodySpeaksItThere) {
  const lab::Server speaks(lab::says(answer("200 OK", R"({"rdapConformance": ["rdap_level_0"]})")));
  EXPECT_TRUE(ask_rdap_help(base_of(speaks), quick()));
  const lab::Server other(lab::says(answer("200 OK", "<html>Welcome</html>")));
  EXPECT_FALSE(ask_rdap_help(base_of(other), quick()));
}

TEST(Rdap, CostsAHostileServerItsDeadlineAndAMebibyteAtMost) {
  const std::string endless = "HTTP/1.1 200 OK\r\n\r\n{\"x\": \"" + std::string(3 << 20, 'a');
  const auto timed = [](lab::Behaviour behaviour) {
    const lab::Server server(std::move(behaviour));
    const auto began = std::chrono::steady_clock::now();
    const auto said = ask(server, 400);
    EXPECT_FALSE(said.answer);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
    return said.answer ? Error::Kind::NotAsked : said.answer.error().kind;
  };
  EXPECT_EQ(timed(lab::says({endless.begin(), endless.end()})), Error::Kind::Malformed);
  EXPECT_EQ(timed(lab::silent()), Error::Kind::Timeout);
  EXPECT_EQ(timed(lab::trickles(answer("200 OK", std::string(100, '{')))), Error::Kind::Timeout);
  EXPECT_NE(timed(lab::resets()), Error::Kind::Absent);
  EXPECT_NE(timed(lab::closes()), Error::Kind::Absent);
}

TEST(Rdap, LeavesARedirectLoop) {
  const auto said = answered("302 Found\r\nLocation: /v1/domain/example.com", "");
  ASSERT_FALSE(said.answer);
  EXPECT_EQ(said.answer.error().kind, Error::Kind::Malformed);
}

}  // namespace
}  // namespace kenshin
