// What comes over HTTP, and what must not.
#include "probes/net/fetch_url.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

Buffer answer(const std::string& head, const std::string& body) {
  const std::string text =
      "HTTP/1.1 " + head + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  return {text.begin(), text.end()};
}

UrlRequest get(const lab::Server& server) {
  UrlRequest out;
  out.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/list.crl";
  out.allow_private = true;
  return out;
}

Session quick() {
  Session out;
  out.timeout = std::chrono::milliseconds(2000);
  return out;
}

TEST(FetchUrl, GivesStatusHeadersAndBody) {
  const lab::Server server(lab::says(answer("404 Not Found\r\nX-One:  a b \r\nSet-Cookie: s=1", "none")));
  const auto reply = fetch_url(get(server), quick());
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(reply->status, 404);
  EXPECT_EQ(text_of(reply->body), "none");
  ASSERT_NE(reply->header("x-one"), nullptr);
  EXPECT_EQ(*reply->header("x-one"), "a b");
  EXPECT_EQ(reply->address, "127.0.0.1");
  EXPECT_FALSE(reply->truncated);
}

TEST(FetchUrl, StopsAtTheSizeAsked) {
  const lab::Server server(lab::says(answer("200 OK", std::string(5000, 'x'))));
  UrlRequest request = get(server);
  request.max_size = 100;
  const auto reply = fetch_url(request, quick());
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(reply->body.size(), 100U);
  EXPECT_TRUE(reply->truncated);
}

TEST(FetchUrl, AsksNoAddressOfThisNetworkUnlessAllowed) {
  const lab::Server server(lab::says(answer("200 OK", "")));
  UrlRequest request = get(server);
  request.allow_private = false;
  EXPECT_EQ(fetch_url(request, quick()).error().kind, Error::Kind::Denied);
  for (const char* host : {"localhost", "0.0.0.0", "127.1", "[::ffff:127.0.0.1]", "[::]", "[::1]"}) {
    request.url = std::string("http://") + host + ":" + std::to_string(server.port()) + "/";
    const auto reply = fetch_url(request, quick());
    ASSERT_FALSE(reply) << host;
    EXPECT_EQ(reply.error().kind, Error::Kind::Denied) << host << ": " << reply.error().detail;
  }
  EXPECT_EQ(server.connections(), 0);
}

TEST(FetchUrl, ConnectsToTheAddressGivenWhateverTheName) {
  const lab::Server server(lab::says(answer("200 OK", "here")));
  UrlRequest request = get(server);
  request.allow_private = false;
  request.address = "127.0.0.1";
  request.url = "http://consult.example.jp:" + std::to_string(server.port()) + "/";
  const auto reply = fetch_url(request, quick());
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(text_of(reply->body), "here");
}

TEST(FetchUrl, FollowsARedirectOnlyWhereAskedAndNeverToOtherSchemes) {
  const lab::Server target(lab::says(answer("200 OK", "there")));
  const lab::Server server(
      lab::says(answer("302 Found\r\nLocation: http://127.0.0.1:" + std::to_string(target.port()) + "/", "here")));
  UrlRequest request = get(server);
  EXPECT_EQ(fetch_url(request, quick())->status, 302);
  EXPECT_EQ(target.connections(), 0);
  request.follow = 3;
  EXPECT_EQ(text_of(fetch_url(request, quick())->body), "there");
  const lab::Server to_file(lab::says(answer("302 Found\r\nLocation: file:///etc/hostname", "")));
  request.url = get(to_file).url;
  EXPECT_EQ(fetch_url(request, quick()).error().kind, Error::Kind::Denied);
}

TEST(FetchUrl, FollowsNoRedirectIntoThisNetwork) {
  const lab::Server inside(lab::says(answer("200 OK", "secret")));
  for (const char* host : {"127.0.0.2", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]"}) {
    const lab::Server server(lab::says(
        answer("302 Found\r\nLocation: http://" + std::string(host) + ":" + std::to_string(inside.port()) + "/", "")));
    UrlRequest request = get(server);
    request.allow_private = false;
    request.address = "127.0.0.1";
    request.url = "http://ocsp.example.jp:" + std::to_string(server.port()) + "/";
    request.follow = 3;
    EXPECT_FALSE(fetch_url(request, quick())) << host;
    EXPECT_EQ(server.connections(), 1) << host;
  }
  EXPECT_EQ(inside.connections(), 0);
}

TEST(FetchUrl, IsLedToNoAddressOfThisNetworkBehindAProxyEither) {
  for (const char* place :
       {"http://127.0.0.1:1/", "http://192.168.1.1/", "http://127.1/", "http://localhost/", "//[::1]/", "//127.1./",
        "//ip6-localhost/", "//ip6-loopback./", "//[::127.0.0.1]/", "//[2002:7f00:1::]/", "//[fec0::1]/",
        "//[fe80::1%25lo]/", "//100.64.0.1/", "//[64:ff9b::a00:1]/", "//0x7f.1/", "//%6c%6f%63alhost/"}) {
    const lab::Server proxy(lab::says(answer("302 Found\r\nLocation: " + std::string(place), "")));
    Session session = quick();
    session.proxy = "http://127.0.0.1:" + std::to_string(proxy.port());
    UrlRequest request;
    request.url = "http://crl.example.jp/list.crl";
    request.follow = 3;
    const auto reply = fetch_url(request, session);
    ASSERT_FALSE(reply) << place;
    EXPECT_EQ(reply.error().kind, Error::Kind::Denied) << place << ": " << reply.error().detail;
    EXPECT_EQ(proxy.connections(), 1) << place;
  }
}

TEST(FetchUrl, FollowsNoMoreRedirectsThanAsked) {
  const lab::Server round(lab::says(answer("302 Found\r\nLocation: /again", "")));
  UrlRequest request = get(round);
  request.follow = 2;
  EXPECT_EQ(fetch_url(request, quick()).error().kind, Error::Kind::Malformed);
  EXPECT_EQ(round.connections(), 3);
}

TEST(FetchUrl, TakesNoOtherSchemeAndNoHttpsWhereHttpAloneWasAsked) {
  UrlRequest request;
  for (const char* url : {"file:///etc/hostname", "ldap://127.0.0.1/", "ftp://127.0.0.1/", "https://127.0.0.1/"}) {
    request.url = url;
    request.allow_private = true;
    request.http_only = true;
    const auto reply = fetch_url(request, quick());
    ASSERT_FALSE(reply) << url;
    EXPECT_TRUE(reply.error().kind == Error::Kind::Denied || reply.error().kind == Error::Kind::Malformed) << url;
  }
}

TEST(FetchUrl, GoesPastTheEnvironmentsProxies) {
  const lab::Server proxy(lab::closes());
  const lab::Server server(lab::says(answer("200 OK", "direct")));
  const std::string url = "http://127.0.0.1:" + std::to_string(proxy.port());
  setenv("http_proxy", url.c_str(), 1);
  setenv("all_proxy", url.c_str(), 1);
  const auto reply = fetch_url(get(server), quick());
  unsetenv("http_proxy");
  unsetenv("all_proxy");
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(text_of(reply->body), "direct");
  EXPECT_EQ(proxy.connections(), 0);
}

TEST(FetchUrl, SaysHowItFailed) {
  const lab::Server silent(lab::silent()), closes(lab::closes());
  Session impatient = quick();
  impatient.timeout = std::chrono::milliseconds(200);
  EXPECT_EQ(fetch_url(get(silent), impatient).error().kind, Error::Kind::Timeout);
  EXPECT_EQ(fetch_url(get(closes), quick()).error().kind, Error::Kind::Closed);
  UrlRequest nobody = get(silent);
  nobody.url = "http://127.0.0.1:" + std::to_string(lab::free_port()) + "/";
  EXPECT_EQ(fetch_url(nobody, quick()).error().kind, Error::Kind::Refused);
  nobody.url = "no url";
  EXPECT_EQ(fetch_url(nobody, quick()).error().kind, Error::Kind::Malformed);
}

// Whatever it is, it ends in time, and is no answer.
void expect_an_end(const lab::Server& server, const std::string& scheme) {
  UrlRequest request = get(server);
  request.url = scheme + "://127.0.0.1:" + std::to_string(server.port()) + "/";
  Session impatient = quick();
  impatient.timeout = std::chrono::milliseconds(1000);
  const auto begun = std::chrono::steady_clock::now();
  const auto reply = fetch_url(request, impatient);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
  ASSERT_FALSE(reply);
  EXPECT_TRUE(reply.error().kind == Error::Kind::Timeout || reply.error().kind == Error::Kind::Malformed)
      << reply.error().detail;
}

TEST(FetchUrl, EndsAHandshakeThatNeverEnds) {
  Buffer hello_requests;  // RFC 5246 7.4.1.1
  for (int i = 0; i < 500; ++i) hello_requests.insert(hello_requests.end(), {22, 3, 3, 0, 4, 0, 0, 0, 0});
  expect_an_end(lab::Server(lab::floods(hello_requests)), "https");
}

TEST(FetchUrl, EndsHeadsAndChunksThatNeverEnd) {
  const auto floods = [](const std::string& text) { return lab::floods({text.begin(), text.end()}); };
  expect_an_end(lab::Server(floods("HTTP/1.1 103 Early Hints\r\n\r\n")), "http");
  expect_an_end(lab::Server(floods("HTTP/1.1 200 OK\r\n" + std::string(1000, 'x') + ": 1\r\n")), "http");
  expect_an_end(lab::Server(lab::trickles(Buffer{'H'})), "http");
}

TEST(FetchUrl, ReadsAPageBehindACertificateThatIsNotTrusted) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {});
  UrlRequest request;
  request.url = std::string("https://") + lab::consult_name + ":" + std::to_string(nginx.port()) + "/";
  request.address = "127.0.0.1";
  const auto reply = fetch_url(request, quick());
  ASSERT_TRUE(reply) << reply.error().detail;
  EXPECT_EQ(reply->status, 204);
}

TEST(FetchUrl, VerifiesAServerWhereAsked) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"", "", "return 200 here;"});
  UrlRequest request;
  request.url = std::string("https://") + lab::consult_name + ":" + std::to_string(nginx.port()) + "/";
  request.address = "127.0.0.1";
  ASSERT_TRUE(fetch_url(request, quick()));
  request.verify = true;
  EXPECT_EQ(fetch_url(request, quick()).error().kind, Error::Kind::NotTls);  // of no root of the system
  request.ca_file = pki.bundle();
  const auto verified = fetch_url(request, quick());
  ASSERT_TRUE(verified) << verified.error().detail;
  EXPECT_EQ(text_of(verified->body), "here");
  request.url = "https://other.example.com:" + std::to_string(nginx.port()) + "/";
  EXPECT_EQ(fetch_url(request, quick()).error().kind, Error::Kind::NotTls);
  request.ca_file = pki.key();
  EXPECT_EQ(fetch_url(request, quick()).error().kind, Error::Kind::NotTls);
}

TEST(FetchUrl, SpeaksNoPlainHttpWhereAsked) {
  const lab::Server server(lab::says(answer("200 OK", "")));
  UrlRequest request = get(server);
  request.https_only = true;
  EXPECT_EQ(fetch_url(request, quick()).error().kind, Error::Kind::Denied);
  EXPECT_EQ(server.connections(), 0);
}

}  // namespace
}  // namespace kenshin
