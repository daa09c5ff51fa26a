// Doors: every protocol's way to TLS against servers of our own, and through proxies.
#include "probes/net/door.h"

#include <gtest/gtest.h>

#include <array>

#include "probes/net/fetch_url.h"
#include "probes/net/proxy.h"
#include "probes/probe.h"
#include "probes/tls/tls.h"
#include "tests/lab/revocation.h"
#include "tests/lab/starttls.h"

namespace kenshin {
namespace {

const lab::Pki& pki() {
  static const lab::Pki one;
  return one;
}

constexpr auto protocols = std::to_array({Protocol::Smtp, Protocol::Lmtp, Protocol::Imap, Protocol::Pop3, Protocol::Ftp,
                                          Protocol::Ldap, Protocol::Xmpp, Protocol::Postgres, Protocol::Mysql,
                                          Protocol::Sieve, Protocol::Nntp, Protocol::Rdp});

Target target_at(Protocol protocol, std::uint16_t port) {
  return {TargetKind::Endpoint, lab::consult_name, port, protocol};
}

Result<Socket> open(const Target& target, const Session& session) {
  return open_door(target, "127.0.0.1", session, deadline_in(session.timeout));
}

Error error_at(const lab::StarttlsWish& wish) {
  const lab::Server server(lab::starttls(wish, pki()));
  const auto door = open(target_at(wish.protocol, server.port()), lab::session_with(pki()));
  return door ? Error{Error::Kind::NotAsked, "it opened"} : door.error();
}

Answer tls13_at(const Target& target, Session& session) {
  for (const auto& observation : observe_tls({target, "127.0.0.1"}, session))
    if (const auto* fact = fact_of<TlsVersions>(observation)) {
      const auto found = fact->versions.find(TlsVersion::Tls13);
      return found == fact->versions.end() ? Answer::Unknown : found->second.accepted;
    }
  return Answer::Unknown;
}

TEST(Door, LeadsToTlsByEveryProtocol) {
  for (const auto protocol : protocols) {
    const lab::Server server(lab::starttls({protocol}, pki()));
    Session session = lab::session_with(pki());
    EXPECT_EQ(tls13_at(target_at(protocol, server.port()), session), Answer::Yes) << protocol_name(protocol);
  }
}

TEST(Door, SaysWhereTlsIsNotOffered) {
  for (const auto protocol : protocols) {
    const Error error = error_at({protocol, lab::Leftover::Dropped, false});
    EXPECT_EQ(error.kind, Error::Kind::Absent) << error.detail;
    EXPECT_TRUE(error.detail.starts_with(protocol_name(protocol))) << error.detail;
  }
  EXPECT_EQ(error_at({Protocol::Smtp, lab::Leftover::Dropped, false}).detail, "smtp, STARTTLS: 502 no");
}

TEST(Door, TellsABusyServerFromOneWithoutTls) {
  EXPECT_EQ(error_at({Protocol::Smtp, lab::Leftover::Dropped, true, "421 too busy\r\n"}).kind,
            Error::Kind::RateLimited);
  EXPECT_EQ(error_at({Protocol::Smtp, lab::Leftover::Dropped, true, "554 go away\r\n"}).kind, Error::Kind::Refused);
  EXPECT_EQ(error_at({Protocol::Imap, lab::Leftover::Dropped, true, "* PREAUTH hello\r\n"}).kind, Error::Kind::Refused);
}

// The greeting brings the answer to the last command along.
TEST(Door, TakesNoRefusalForAServerWithoutTls) {
  struct Row {
    Protocol protocol;
    std::string words;
    Error::Kind kind;
  };
  for (const auto& [protocol, words, kind] : std::vector<Row>{
           {Protocol::Smtp, "220 hi\r\n250 lab\r\n454 TLS not available\r\n", Error::Kind::RateLimited},
           {Protocol::Smtp, "220 hi\r\n250 lab\r\n554 policy\r\n", Error::Kind::Refused},
           {Protocol::Smtp, "220 hi\r\n250 lab\r\n503 not advertised\r\n", Error::Kind::Absent},
           {Protocol::Ftp, "220 hi\r\n421 too many\r\n", Error::Kind::RateLimited},
           {Protocol::Ftp, "220 hi\r\n534 policy\r\n", Error::Kind::Refused},
           {Protocol::Nntp, "400 busy\r\n", Error::Kind::RateLimited},
           {Protocol::Nntp, "200 hi\r\n580 cannot\r\n", Error::Kind::Refused},
           {Protocol::Imap, "* BYE too many connections\r\n", Error::Kind::RateLimited},
           {Protocol::Imap, "* OK hi\r\n* BYE too many connections\r\n", Error::Kind::RateLimited},
           {Protocol::Imap, "* OK hi\r\nk1 NO [UNAVAILABLE] later\r\n", Error::Kind::RateLimited},
           {Protocol::Imap, "* OK hi\r\nk1 BAD what\r\n", Error::Kind::Absent},
           {Protocol::Pop3, "-ERR too many connections\r\n", Error::Kind::Refused},
           {Protocol::Pop3, "-ERR [IN-USE] later\r\n", Error::Kind::RateLimited},
           {Protocol::Pop3, "+OK hi\r\n-ERR [SYS/TEMP] later\r\n", Error::Kind::RateLimited},
           {Protocol::Pop3, "+OK hi\r\n-ERR [SYS/PERM] broken\r\n", Error::Kind::Refused},
           {Protocol::Sieve, "BYE \"too many\"\r\n", Error::Kind::RateLimited},
           {Protocol::Sieve, "OK\r\nNO (TRYLATER) \"busy\"\r\n", Error::Kind::RateLimited},
           {Protocol::Xmpp, "<stream:error><resource-constraint/></stream:error>", Error::Kind::RateLimited},
           {Protocol::Xmpp, "<stream:error><host-unknown/></stream:error>", Error::Kind::Refused},
       }) {
    const Error error = error_at({protocol, lab::Leftover::Dropped, true, words});
    EXPECT_EQ(error.kind, kind) << words << error.detail;
  }
}

TEST(Door, TakesNoBinaryRefusalForAServerWithoutTls) {
  using namespace std::string_view_literals;
  const auto kind_at = [](Protocol protocol, std::string_view words) {
    const lab::Server server(lab::says(Buffer(words.begin(), words.end())));
    const auto door = open(target_at(protocol, server.port()), lab::session_with(pki()));
    return door ? Error::Kind::NotAsked : door.error().kind;
  };
  EXPECT_EQ(kind_at(Protocol::Postgres, "E\0\0\0\x1cSFATAL\0C53300\0Mtoo many\0\0"sv), Error::Kind::RateLimited);
  EXPECT_EQ(kind_at(Protocol::Postgres, "Ecould not fork\n\0"sv), Error::Kind::Refused);
  EXPECT_EQ(kind_at(Protocol::Postgres, "N"sv), Error::Kind::Absent);
  EXPECT_EQ(kind_at(Protocol::Ldap, "\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x34\x04\0\x04\0"sv),
            Error::Kind::RateLimited);
  EXPECT_EQ(kind_at(Protocol::Ldap, "\x30\x0c\x02\x01\0\x78\x07\x0a\x01\x34\x04\0\x04\0"sv), Error::Kind::RateLimited);
  EXPECT_EQ(kind_at(Protocol::Ldap, "\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x35\x04\0\x04\0"sv), Error::Kind::Refused);
}

TEST(Door, TellsABusyDatabaseFromOneWithoutTls) {
  using namespace std::string_literals;
  const auto kind_of = [](const std::string& packet) {
    return error_at({Protocol::Mysql, lab::Leftover::Dropped, true, packet}).kind;
  };
  EXPECT_EQ(kind_of("\x0b\0\0\0\xff\x10\x04Too many"s), Error::Kind::RateLimited);  // 1040
  EXPECT_EQ(kind_of("\x0a\0\0\0\xff\x69\x04"
                    "Blocked"s),
            Error::Kind::Refused);  // 1129
}

TEST(Door, TakesNoLossBeforeTlsForAWordAboutTls) {
  for (const auto& behaviour : {lab::closes(), lab::resets(), lab::silent()}) {
    const lab::Server server(behaviour);
    Session session = lab::session_with(pki());
    session.timeout = std::chrono::milliseconds(200);
    for (const auto protocol : protocols) {
      const auto door = open(target_at(protocol, server.port()), session);
      ASSERT_FALSE(door) << protocol_name(protocol);
      EXPECT_EQ(door.error().kind, Error::Kind::Unreachable) << door.error().detail;
    }
  }
}

TEST(Door, RefusesAnotherProtocolsWords) {
  for (const auto protocol : {Protocol::Smtp, Protocol::Imap, Protocol::Pop3, Protocol::Ftp, Protocol::Sieve}) {
    const Error error = error_at({protocol, lab::Leftover::Dropped, true, "SSH-2.0-OpenSSH_9.2\r\n"});
    EXPECT_EQ(error.kind, Error::Kind::Malformed) << error.detail;
  }
}

TEST(Door, EndsAnEndlessGreeting) {
  std::string endless;
  while (endless.size() < 100 * 1024) endless += "220-and so on\r\n";
  EXPECT_EQ(error_at({Protocol::Smtp, lab::Leftover::Dropped, true, endless}).detail,
            "smtp, greeting: an endless answer");
}

TEST(Door, LosesNoByteBehindTheGoAhead) {
  Session session = lab::session_with(pki());
  const lab::Server agreeing(lab::says(Buffer{'S', 'm', 'o', 'r', 'e'}));
  auto door = open(target_at(Protocol::Postgres, agreeing.port()), session);
  ASSERT_TRUE(door);
  std::array<std::uint8_t, 16> buffer{};
  const auto got = door->receive(buffer, deadline_in(session.timeout));
  ASSERT_TRUE(got);
  EXPECT_EQ(text_of(Bytes(buffer).first(*got)), "more");
}

TEST(Proxy, IsReadAsWritten) {
  const auto socks = parse_proxy("socks5://user:p%40ss@proxy.example.jp:1080");
  ASSERT_TRUE(socks);
  EXPECT_EQ(socks->user, "user");
  EXPECT_EQ(socks->password, "p@ss");
  EXPECT_EQ(socks->host, "proxy.example.jp");
  EXPECT_EQ(socks->port, 1080);
  const auto http = parse_proxy("http://[2001:db8::1]:3128");
  ASSERT_TRUE(http);
  EXPECT_EQ(http->kind, Proxy::Kind::Http);
  EXPECT_EQ(http->host, "2001:db8::1");
  for (const auto bad : {"", "proxy:1080", "https://proxy:1", "socks5://proxy", "socks5://%zz:x@proxy:1",
                         "socks5://@p:1", "socks4://proxy:1", "socks5://smtp://x:1"})
    EXPECT_FALSE(parse_proxy(bad)) << bad;
}

Session through(const std::string& scheme, const lab::Server& proxy, const std::string& credentials = {}) {
  Session session = lab::session_with(pki());
  session.proxy = scheme + "://" + credentials + "127.0.0.1:" + std::to_string(proxy.port());
  return session;
}

TEST(Proxy, PassesWholeScansOn) {
  const lab::Server server(lab::starttls({Protocol::Imap}, pki()));
  const lab::Server socks(lab::socks5_proxy());
  const lab::Server locked(lab::socks5_proxy("user", "secret"));
  const lab::Server connect(lab::connect_proxy());
  const Target target = target_at(Protocol::Imap, server.port());
  for (Session session :
       {through("socks5", socks), through("socks5", locked, "user:secret@"), through("http", connect)})
    EXPECT_EQ(tls13_at(target, session), Answer::Yes) << session.proxy;
  EXPECT_GT(socks.connections(), 5);
}

TEST(Proxy, ItsInterimAnswersArePassedOver) {
  const lab::Server server(lab::starttls({Protocol::Imap}, pki()));
  const std::string hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";
  const lab::Server connect(lab::connect_proxy(200, hints)), lost(lab::connect_proxy(502, hints));
  Session session = through("http", connect);
  EXPECT_EQ(tls13_at(target_at(Protocol::Imap, server.port()), session), Answer::Yes);
  EXPECT_EQ(open(target_at(Protocol::Tls, 443), through("http", lost)).error().detail,
            "proxy: CONNECT was answered 502");
}

TEST(Proxy, ItsRefusalsAreItsOwn) {
  const lab::Server locked(lab::socks5_proxy("user", "secret"));
  const lab::Server denying(lab::connect_proxy(403));
  const lab::Server lost(lab::connect_proxy(502));
  const lab::Server closing(lab::closes());
  const Target target = target_at(Protocol::Tls, 443);
  const auto kind = [&](const Session& session) { return open(target, session).error().kind; };
  EXPECT_EQ(kind(through("socks5", locked)), Error::Kind::Denied);
  EXPECT_EQ(kind(through("socks5", locked, "user:wrong@")), Error::Kind::Denied);
  EXPECT_EQ(kind(through("http", denying)), Error::Kind::Denied);
  EXPECT_EQ(kind(through("http", lost)), Error::Kind::Unreachable);
  EXPECT_EQ(kind(through("socks5", closing)), Error::Kind::Unreachable);
  const lab::Server socks(lab::socks5_proxy());
  EXPECT_EQ(open(target_at(Protocol::Tls, 1), through("socks5", socks)).error().detail, "proxy: connection refused");
  Session nowhere = lab::session_with(pki());
  nowhere.proxy = "http://127.0.0.1:" + std::to_string(lab::free_port());
  EXPECT_EQ(kind(nowhere), Error::Kind::Unreachable);
}

TEST(Proxy, ItsNameIsLookedUpOnceForAllConnectionsAndFetches) {
  const lab::Server server(lab::starttls({Protocol::Imap}, pki()));
  const lab::Server connect(lab::connect_proxy());
  const lab::NameServer names("once.proxy.example.jp");
  Session session = lab::session_with(pki());
  session.resolver = "127.0.0.1:" + std::to_string(names.port());
  session.proxy = "http://once.proxy.example.jp:" + std::to_string(connect.port());
  const Target target = target_at(Protocol::Imap, server.port());
  EXPECT_EQ(tls13_at(target, session), Answer::Yes);
  EXPECT_GT(connect.connections(), 5);
  const lab::Server page(lab::says(lab::http_answer(Buffer(4, 'x'))));
  UrlRequest request;
  request.url = "https://consult.example.jp:" + std::to_string(page.port()) + "/";
  request.address = "127.0.0.1";
  const int before = connect.connections();
  static_cast<void>(fetch_url(request, session));
  EXPECT_GT(connect.connections(), before) << "libcurl found the proxy by the same address";
  EXPECT_EQ(names.questions(), 2) << "A and AAAA";
}

TEST(Proxy, ANameOfItsThatIsNotThereIsNotAskedForEachConnection) {
  const lab::NameServer names("other.example.jp");
  Session session = lab::session_with(pki());
  session.resolver = "127.0.0.1:" + std::to_string(names.port());
  session.proxy = "socks5://gone.proxy.example.jp:1080";
  for (int i = 0; i < 5; ++i) {
    const auto opened = open(target_at(Protocol::Tls, 443), session);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, Error::Kind::Unreachable);
    EXPECT_EQ(opened.error().detail, "proxy: the name does not exist in the DNS");
  }
  EXPECT_EQ(names.questions(), 2);
}

// Our servers are such that another client of the protocol finds its way into TLS, too.
TEST(LabStarttls, IsUnderstoodByOpenssl) {
  for (const auto protocol :
       {Protocol::Smtp, Protocol::Lmtp, Protocol::Imap, Protocol::Pop3, Protocol::Ftp, Protocol::Ldap, Protocol::Xmpp,
        Protocol::Postgres, Protocol::Mysql, Protocol::Sieve, Protocol::Nntp}) {
    const lab::Server server(lab::starttls({protocol}, pki()));
    const auto ran = lab::run({"sh", "-c",
                               "openssl s_client -brief -starttls " + std::string(protocol_name(protocol)) +
                                   " -connect 127.0.0.1:" + std::to_string(server.port()) + " </dev/null 2>&1"});
    EXPECT_NE(ran.output.find("CONNECTION ESTABLISHED"), std::string::npos) << protocol_name(protocol) << ran.output;
  }
}

}  // namespace
}  // namespace kenshin
