#include "probes/domain/whois.h"

#include <gtest/gtest.h>

#include "tests/lab/scripted.h"
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
  EXPECT_EQ(failure_of({std::string(1 << 20, 'x')}), Error::Kind::Malformed);
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

TEST(Whois, ReadsIso2022JpAsWell) {
  Session session = session_for_tests();
  const WhoisServer server({{"[\x1b$B%I%a%$%sL>\x1b(B] EXAMPLE.JP\n"}, {"\x1b$B%I%a%\x1b(B\n"}, {"\xa5\xc9\n"}});
  EXPECT_EQ(ask_whois(server.name(), "example.jp", session), std::string("[ドメイン名] EXAMPLE.JP\n"));
  for (int i = 0; i < 2; ++i) {  // half a character; EUC-JP
    const auto answer = ask_whois(server.name(), "example.jp", session);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, Error::Kind::Malformed);
  }
}

TEST(Whois, RefusesAQueryOfTwoLines) {
  Session session = session_for_tests();
  EXPECT_FALSE(ask_whois("127.0.0.1:1", "example.jp\r\nexample2.jp", session));
  EXPECT_FALSE(ask_whois("no port", "example.jp/e", session));
}

TEST(Whois, GoesThroughTheSessionsProxy) {
  const WhoisServer server({{"[ a banner ]\nNo match!!\n"}});
  Session session = session_for_tests();
  session.proxy = "socks5://127.0.0.1:1";  // nobody listens there
  const auto answer = ask_whois(server.name(), "example.jp/e", session);
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().detail.starts_with("proxy")) << answer.error().detail;
}

TEST(Whois, StartsFromTheSessionsAddress) {
  const WhoisServer server({{"first"}});
  Session session = session_for_tests();
  session.source_address = "127.0.0.9";
  EXPECT_EQ(ask_whois(server.name(), "example.jp/e", session), std::string("first"));
  session.source_address = "192.0.2.1";  // none of ours
  EXPECT_FALSE(ask_whois(server.name(), "example.jp/e", session));
}

TEST(Whois, CostsAServerThatDripsItsDeadline) {
  const lab::Server server(lab::trickles({'x', '\n'}));
  Session session = session_for_tests(milliseconds{300});
  const auto answer = ask_whois("127.0.0.1:" + std::to_string(server.port()), "example.jp/e", session);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Error::Kind::Timeout);
}

}  // namespace
}  // namespace kenshin
