// The page over TLS and without, against nginx and scripted servers.
#include "probes/web/http.h"

#include <gtest/gtest.h>

#include "probes/web/opossum.h"
#include "probes/web/set_cookie.h"
#include "probes/web/upgrade.h"
#include "tests/lab/starttls.h"

namespace kenshin {
namespace {

const lab::Pki& pki() {
  static const lab::Pki one;
  return one;
}

Asked asked_at(std::uint16_t port, std::string plain = {}) {
  return {{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1", std::move(plain)};
}

std::string plain_at(std::uint16_t port) {
  return "http://" + std::string(lab::consult_name) + ":" + std::to_string(port);
}

template <class F>
Result<F> seen(const Asked& asked) {
  Session session = lab::session_with(pki());
  for (const auto& observation : observe_http(asked, session))
    if (observation.name == F::name) {
      if (const auto* fact = fact_of<F>(observation)) return *fact;
      return observation.fact.error();
    }
  return Error{};
}

Buffer answer(std::string_view text) { return {text.begin(), text.end()}; }

TEST(HttpSecure, KeepsHeadersAndCookiesOfNginx) {
  const lab::Nginx nginx(pki(), {"", "",
                                 "add_header Strict-Transport-Security \"max-age=31536000\" always;\n"
                                 "add_header Cache-Control no-store always;\n"
                                 "add_header Cache-Control private always;\n"
                                 "add_header X-Unknown kept-out always;\n"
                                 "add_header Set-Cookie \"SID=1; Path=/; Secure; HttpOnly; SameSite=Lax\" always;\n"
                                 "add_header Set-Cookie \"theme=dark\" always;\n"});
  const auto fact = seen<HttpSecure>(asked_at(nginx.port()));
  ASSERT_TRUE(fact) << fact.error().detail;
  EXPECT_GE(fact->status, 200);
  EXPECT_EQ(fact->headers.at("strict-transport-security"), "max-age=31536000");
  EXPECT_EQ(fact->headers.at("cache-control"), "no-store, private");
  EXPECT_TRUE(fact->headers.contains("server"));
  EXPECT_FALSE(fact->headers.contains("x-unknown"));
  EXPECT_EQ(fact->cookies, (std::vector<Cookie>{{"SID", true, true, "Lax"}, {"theme", false, false, ""}}));
}

TEST(HttpSecure, FollowsNoRedirect) {
  const lab::Nginx nginx(pki(), {"", "", "return 302 https://elsewhere.example.jp/;"});
  const auto fact = seen<HttpSecure>(asked_at(nginx.port()));
  ASSERT_TRUE(fact) << fact.error().detail;
  EXPECT_EQ(fact->status, 302);
  EXPECT_EQ(fact->headers.at("location"), "https://elsewhere.example.jp/");
}

TEST(HttpSecure, SeesCompression) {
  const std::string page(2000, 'a');
  const std::string gzip = "gzip on; gzip_min_length 1; default_type text/html; return 200 '" + page + "';";
  const lab::Nginx compressing(pki(), {"", "", gzip});
  const lab::Nginx plain(pki(), {"", "", "gzip off; default_type text/html; return 200 '" + page + "';"});
  EXPECT_EQ(seen<HttpSecure>(asked_at(compressing.port()))->encodings, std::vector<std::string>{"gzip"});
  const auto uncompressed = seen<HttpSecure>(asked_at(plain.port()));
  EXPECT_TRUE(uncompressed->encodings.empty());
  EXPECT_EQ(uncompressed->body_size, page.size());
}

TEST(HttpSecure, TellsWhyThereIsNone) {
  EXPECT_EQ(seen<HttpSecure>(asked_at(lab::free_port())).error().kind, Error::Kind::Refused);
  const lab::Server http(lab::speaks_http());
  EXPECT_EQ(seen<HttpSecure>(asked_at(http.port())).error().kind, Error::Kind::Malformed);
}

TEST(HttpPlain, TellsARedirect) {
  const lab::Server server(
      lab::says(answer("HTTP/1.1 301 Moved\r\nLocation: https://consult.example.jp/\r\nContent-Length: 0\r\n\r\n")));
  const auto fact = seen<HttpPlain>(asked_at(lab::free_port(), plain_at(server.port())));
  ASSERT_TRUE(fact) << fact.error().detail;
  EXPECT_EQ(fact->answers.accepted, Answer::Yes);
  EXPECT_EQ(fact->status, 301);
  EXPECT_EQ(fact->location, "https://consult.example.jp/");
  EXPECT_EQ(fact->upgrades.accepted, Answer::No);
}

TEST(HttpPlain, CountsTheBody) {
  for (const std::string body : {"", "page"}) {
    const lab::Server server(
        lab::says(answer("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body)));
    const auto fact = seen<HttpPlain>(asked_at(lab::free_port(), plain_at(server.port())));
    ASSERT_TRUE(fact) << fact.error().detail;
    EXPECT_EQ(fact->body_size, body.size());
  }
}

TEST(HttpPlain, NobodyThereIsANoAndSilenceIsNot) {
  const lab::Server listening(lab::closes());
  const auto nobody = seen<HttpPlain>(asked_at(listening.port(), plain_at(lab::free_port())));
  ASSERT_TRUE(nobody);
  EXPECT_EQ(nobody->answers, (Decided{Answer::No, "refused"}));
  EXPECT_EQ(nobody->upgrades.accepted, Answer::NotApplicable);
  for (const auto& behaviour : {lab::silent(), lab::resets(), lab::closes()}) {
    const lab::Server server(behaviour);
    Session session = lab::session_with(pki());
    session.timeout = std::chrono::milliseconds(300);
    const auto all = observe_http(asked_at(lab::free_port(), plain_at(server.port())), session);
    const auto* fact = fact_of<HttpPlain>(all.at(1));
    ASSERT_TRUE(fact);
    EXPECT_EQ(fact->answers.accepted, Answer::Unknown) << fact->answers.because;
  }
}

TEST(HttpPlain, CannotTellWhereTheAddressRefusesEverything) {
  const auto fact = seen<HttpPlain>(asked_at(lab::free_port(), plain_at(lab::free_port())));
  ASSERT_TRUE(fact);
  EXPECT_EQ(fact->answers, (Decided{Answer::Unknown, "refused, control failed"}));
  EXPECT_EQ(fact->upgrades.accepted, Answer::Unknown);
}

TEST(HttpPlain, IsUndecidedWhereTheServerIsBusyOrSomebodyForbids) {
  for (const char* status : {"403 Forbidden", "407 Proxy Authentication Required", "408 Request Timeout",
                             "421 Misdirected Request", "425 Too Early", "429 Too Many Requests", "503 Unavailable"}) {
    const lab::Server server(lab::says(answer("HTTP/1.1 " + std::string(status) + "\r\nContent-Length: 0\r\n\r\n")));
    const auto fact = seen<HttpPlain>(asked_at(lab::free_port(), plain_at(server.port())));
    ASSERT_TRUE(fact);
    EXPECT_EQ(fact->answers.accepted, Answer::Unknown) << status;
    EXPECT_EQ(fact->upgrades.accepted, Answer::Unknown) << status;
    EXPECT_EQ(fact->status, std::stoi(status));
  }
}

TEST(HttpPlain, CannotTellWhoRefusedBehindAProxy) {
  const lab::Server proxy(lab::connect_proxy(502));
  Session session = lab::session_with(pki());
  session.proxy = "http://127.0.0.1:" + std::to_string(lab::free_port());
  const auto all = observe_http(asked_at(443, plain_at(80)), session);
  EXPECT_EQ(fact_of<HttpPlain>(all.at(1))->answers.accepted, Answer::Unknown);
}

TEST(HttpPlain, IsNoQuestionAtAnotherPort) {
  const auto fact = seen<HttpPlain>(asked_at(lab::free_port()));
  ASSERT_TRUE(fact);
  EXPECT_EQ(fact->answers.accepted, Answer::NotApplicable);
  EXPECT_EQ(plain_place(asked_at(443)), (PlainPlace{lab::consult_name, 80, "127.0.0.1"}));
  EXPECT_EQ(plain_place(asked_at(443, "http://www.example.jp:8080")), (PlainPlace{"www.example.jp", 8080, ""}));
  EXPECT_EQ(plain_place(asked_at(8443, "http://192.0.2.7:80")), (PlainPlace{"192.0.2.7", 80, "192.0.2.7"}));
}

TEST(Http, AsksNothingOfOtherProtocols) {
  Session session = lab::session_with(pki());
  EXPECT_TRUE(
      observe_http({{TargetKind::Endpoint, lab::consult_name, 25, Protocol::Smtp}, "127.0.0.1"}, session).empty());
  EXPECT_TRUE(observe_http({{TargetKind::Endpoint, lab::consult_name, 5349}, "127.0.0.1"}, session).empty());
  EXPECT_TRUE(speaks_http({TargetKind::Endpoint, lab::consult_name, 8443}));
}

Decided upgrade_at(std::string_view text) {
  const lab::Server server(lab::says(answer(text)));
  return upgrades_to_tls(lab::consult_name, "127.0.0.1", server.port(), lab::session_with(pki()));
}

TEST(Upgrade, IsDecidedBySwitching) {
  EXPECT_EQ(upgrade_at("HTTP/1.1 101 Switching Protocols\r\nUpgrade: TLS/1.0, HTTP/1.1\r\n\r\n").accepted, Answer::Yes);
  EXPECT_EQ(upgrade_at("HTTP/1.1 200 OK\r\nUpgrade: h2, h2c\r\n\r\n").accepted, Answer::No);
  EXPECT_EQ(upgrade_at("HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n").accepted, Answer::No);
  EXPECT_EQ(upgrade_at("HTTP/1.1 426 Upgrade Required\r\nUpgrade: h2c\r\nUpgrade: TLS/1.2\r\n\r\n").accepted,
            Answer::Unknown);
  EXPECT_EQ(upgrade_at("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n").accepted, Answer::Unknown);
  for (const char* status : {"403", "408", "425", "429", "500", "503"})
    EXPECT_EQ(upgrade_at("HTTP/1.1 " + std::string(status) + " no\r\n\r\n").accepted, Answer::Unknown) << status;
  EXPECT_EQ(upgrade_at("SSH-2.0\r\n").accepted, Answer::Unknown);
  EXPECT_EQ(upgrade_at("HTTP/1.1 200 OK\r\n").accepted, Answer::Unknown);
}

Vulnerability opossum_at(const Asked& asked) {
  Session session = lab::session_with(pki());
  session.timeout = std::chrono::seconds(2);
  Tally tally{0};
  return opossum(asked, session, tally);
}

TEST(Upgrade, PassesInterimAnswersOver) {
  const std::string hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n",
                    more = "HTTP/1.1 100 Continue\r\n\r\n";
  EXPECT_EQ(upgrade_at(hints + "HTTP/1.1 101 Switching Protocols\r\nUpgrade: TLS/1.2\r\n\r\n").accepted, Answer::Yes);
  EXPECT_EQ(upgrade_at(hints + more + "HTTP/1.1 200 OK\r\n\r\n"), (Decided{Answer::No, "status 200"}));
  EXPECT_EQ(upgrade_at(hints + "HTTP/1.1 503 Unavailable\r\n\r\n"), (Decided{Answer::Unknown, "status 503"}));
  EXPECT_EQ(upgrade_at(hints).accepted, Answer::Unknown);
  std::string endless;
  for (int i = 0; i < 100; ++i) endless += more;
  EXPECT_EQ(upgrade_at(endless + "HTTP/1.1 200 OK\r\n\r\n").accepted, Answer::Unknown);
}

TEST(Opossum, IsSeenOnThePlainPort) {
  for (int i = 0; i < 10; ++i) {
    const lab::Server switching(lab::says(answer("HTTP/1.1 101 Switching\r\nUpgrade: TLS/1.2\r\n\r\n")));
    const lab::Server plain(lab::says(answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")));
    EXPECT_EQ(opossum_at(asked_at(443, plain_at(switching.port()))).vulnerable, Answer::Yes);
    EXPECT_EQ(opossum_at(asked_at(443, plain_at(plain.port()))).vulnerable, Answer::No);
  }
  const lab::Server listening(lab::closes());
  EXPECT_EQ(opossum_at(asked_at(listening.port(), plain_at(lab::free_port()))).vulnerable, Answer::No);
  EXPECT_EQ(opossum_at(asked_at(lab::free_port(), plain_at(lab::free_port()))).vulnerable, Answer::Unknown);
  EXPECT_EQ(opossum_at(asked_at(8443)).vulnerable, Answer::NotApplicable);
  const lab::Server silent(lab::silent());
  EXPECT_EQ(opossum_at(asked_at(443, plain_at(silent.port()))).vulnerable, Answer::Unknown);
}

TEST(Opossum, KeepsTheRateThatWasAskedFor) {
  const lab::Server plain(lab::says(answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")));
  Session session = lab::session_with(pki());
  session.max_rate = 5;
  Tally tally{0};
  const auto begun = std::chrono::steady_clock::now();
  opossum(asked_at(443, plain_at(plain.port())), session, tally);
  EXPECT_EQ(tally.load(), 2);
  EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(200));
}

TEST(Opossum, IsNoQuestionWithOneWay) {
  EXPECT_EQ(opossum_at({{TargetKind::Endpoint, lab::consult_name, 3389, Protocol::Rdp}, "127.0.0.1"}).vulnerable,
            Answer::NotApplicable);
}

TEST(SetCookie, IsReadAsBrowsersDo) {
  EXPECT_EQ(parse_set_cookie("SID=31d4; Path=/; secure ;HTTPONLY; samesite = Strict"),
            (Cookie{"SID", true, true, "Strict"}));
  EXPECT_EQ(parse_set_cookie(" a = b "), (Cookie{"a", false, false, ""}));
  EXPECT_EQ(parse_set_cookie("a=b; SameSite=Lax; SameSite=None"), (Cookie{"a", false, false, "None"}));
  EXPECT_EQ(parse_set_cookie("a=b; Secured; xhttponly"), (Cookie{"a", false, false, ""}));
  EXPECT_EQ(parse_set_cookie("a=Secure; Path=HttpOnly"), (Cookie{"a", false, false, ""}));
  for (const auto ignored : {"", "novalue", "=b; Secure", ";a=b"}) EXPECT_FALSE(parse_set_cookie(ignored)) << ignored;
}

}  // namespace
}  // namespace kenshin
