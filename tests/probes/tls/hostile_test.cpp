// Servers and middleboxes that make scanners err: what is found through them is the same as without them, or unknown
// with its reason, and it is found in bounded time.
#include <gtest/gtest.h>

#include "probes/net/budget.h"
#include "probes/tls/code_points.h"
#include "probes/tls/conversation.h"
#include "probes/tls/enumeration.h"
#include "probes/tls/tls.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

using namespace std::chrono_literals;

struct Told {
  TlsVersions versions;
  TlsSuites suites;
  TlsGroups groups;
  TlsSignatureSchemes schemes;
  std::chrono::steady_clock::duration took{};
};

Told look(std::uint16_t port, std::chrono::milliseconds timeout = 5000ms) {
  Session session;
  session.now = lab::real_now;
  session.timeout = timeout;
  session.budget = std::make_shared<Budget>();
  Told out;
  const auto start = std::chrono::steady_clock::now();
  for (const auto& o : observe_tls({{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"}, session)) {
    if (const auto* fact = fact_of<TlsVersions>(o)) out.versions = *fact;
    if (const auto* fact = fact_of<TlsSuites>(o)) out.suites = *fact;
    if (const auto* fact = fact_of<TlsGroups>(o)) out.groups = *fact;
    if (const auto* fact = fact_of<TlsSignatureSchemes>(o)) out.schemes = *fact;
  }
  out.took = std::chrono::steady_clock::now() - start;
  return out;
}

// The enumeration alone.
Learned learn(std::uint16_t port) {
  Session session;
  Conversation conversation({{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"}, session);
  Tallies tallies;
  auto opening = open_conversation(conversation, tallies.versions);
  if (!opening) return {};
  return learned_from(conversation, enumerate(conversation, std::move(*opening), tallies));
}

class HostileTls : public testing::Test {
 protected:
  const lab::Pki pki;
  const lab::Nginx nginx{pki, {"TLSv1.2 TLSv1.3", "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM", ""}};

  // The same answers and lists; what is "no" may have another reason.
  void expect_the_same(const Told& seen) const {
    const Told truth = look(nginx.port());
    for (const auto& [version, decided] : truth.versions.versions) {
      ASSERT_TRUE(seen.versions.versions.contains(version)) << version_name(version);
      EXPECT_EQ(seen.versions.versions.at(version).accepted, decided.accepted)
          << version_name(version) << ": " << seen.versions.versions.at(version).because;
    }
    for (const auto& [version, list] : truth.suites.versions) {
      EXPECT_EQ(seen.suites.versions.at(version).suites, list.suites) << version_name(version);
      EXPECT_TRUE(seen.suites.versions.at(version).complete)
          << version_name(version) << seen.suites.versions.at(version).because;
    }
    EXPECT_EQ(seen.groups, truth.groups);
    EXPECT_EQ(seen.schemes, truth.schemes);
  }

  // Never a "no" for what is accepted, never a list that is called complete and is not.
  void expect_nothing_false(const Told& seen) const {
    const Told truth = look(nginx.port());
    for (const TlsVersion version : {TlsVersion::Tls12, TlsVersion::Tls13})
      ASSERT_EQ(truth.versions.versions.at(version).accepted, Answer::Yes) << version_name(version);
    for (const auto& [version, decided] : truth.versions.versions)
      EXPECT_TRUE(seen.versions.versions.contains(version)) << version_name(version);
    for (const auto& [version, decided] : seen.versions.versions) {
      const auto is = truth.versions.versions.at(version).accepted;
      EXPECT_TRUE(decided.accepted == is || decided.accepted == Answer::Unknown)
          << version_name(version) << ": " << decided.because;
    }
    for (const auto& [version, list] : seen.suites.versions)
      if (list.complete) {
        EXPECT_EQ(list.suites, truth.suites.versions.at(version).suites) << version_name(version);
      }
    for (const auto& [version, list] : seen.groups.versions)
      if (list.complete) {
        EXPECT_EQ(list.groups, truth.groups.versions.at(version).groups) << version_name(version);
      }
    for (const auto& [version, list] : seen.schemes.versions)
      if (list.complete) {
        EXPECT_EQ(list.schemes, truth.schemes.versions.at(version).schemes) << version_name(version);
      }
  }
};

TEST_F(HostileTls, AnswerOneByteAtATimeIsRead) {
  const lab::Server server(lab::byte_by_byte(nginx.port()));
  expect_the_same(look(server.port()));
}

TEST_F(HostileTls, BoxThatDropsHellosOverOneKibibyteHidesNothing) {
  const lab::Server server(
      lab::choose([](Bytes hello) { return hello.size() > 1024; }, lab::silent(), lab::relay(nginx.port())));
  expect_the_same(look(server.port(), 1000ms));
}

TEST_F(HostileTls, BoxThatDropsHellosOf256To511BytesHidesNothing) {
  const lab::Server server(lab::choose([](Bytes hello) { return hello.size() > 260 && hello.size() < 517; },
                                       lab::silent(), lab::relay(nginx.port())));
  expect_the_same(look(server.port(), 1000ms));
}

TEST_F(HostileTls, ServerThatClosesInsteadOfAlertingIsRead) {
  const lab::Server server(lab::swallows_alerts(nginx.port()));
  const Told seen = look(server.port());
  expect_the_same(seen);
  EXPECT_EQ(seen.versions.versions.at(TlsVersion::Tls11).because, "closed, thrice alike");
}

TEST_F(HostileTls, ServerOfOneConnectionAtATimeIsRead) {
  const lab::Server server(lab::one_at_a_time(lab::relay(nginx.port())));
  expect_the_same(look(server.port()));
}

TEST_F(HostileTls, ServerThatResetsAboveFiveConnectionsASecondHidesNothing) {
  const lab::Server server(lab::faster_than(5, lab::resets(), lab::relay(nginx.port())));
  const Told seen = look(server.port());
  expect_nothing_false(seen);
  EXPECT_EQ(seen.versions.versions.at(TlsVersion::Tls12).accepted, Answer::Yes);
  EXPECT_EQ(seen.versions.versions.at(TlsVersion::Tls13).accepted, Answer::Yes);
  EXPECT_LT(seen.took, 40s);
}

// Whoever answers one connection in its place: the server itself, a limiter, a box on the way.
TEST_F(HostileTls, OneStrayAlertHidesNoSuiteAndNoVersion) {
  constexpr std::uint8_t handshake_failure = 40, protocol_version = 70;
  for (const std::uint8_t description : {handshake_failure, protocol_version})
    for (int stray = 1; stray <= 40; ++stray) {
      const auto alert = lab::says({21, 3, 3, 0, 2, 2, description}), usual = lab::relay(nginx.port());
      const lab::Server server([=](const lab::Peer& peer) { (peer.number == stray ? alert : usual)(peer); });
      SCOPED_TRACE("connection " + std::to_string(stray) + ", alert " + std::to_string(description));
      expect_nothing_false(look(server.port()));
    }
}

// A server of old, without the version between: what it accepts below TLS 1.2 must not vanish either.
TEST_F(HostileTls, OneStrayAlertHidesNothingOld) {
  const lab::Nginx old(pki, {"TLSv1 TLSv1.2 TLSv1.3", "ALL:@SECLEVEL=0", ""});
  const Learned truth = learn(old.port());
  ASSERT_EQ(truth.versions.versions.at(TlsVersion::Tls10).accepted, Answer::Yes);
  for (const std::uint8_t description : {std::uint8_t{40}, std::uint8_t{70}})
    for (int stray = 1; stray <= 40; ++stray) {
      const auto alert = lab::says({21, 3, 3, 0, 2, 2, description}), usual = lab::relay(old.port());
      const lab::Server server([=](const lab::Peer& peer) { (peer.number == stray ? alert : usual)(peer); });
      SCOPED_TRACE("connection " + std::to_string(stray) + ", alert " + std::to_string(description));
      const Learned seen = learn(server.port());
      for (const auto& [version, list] : truth.suites.versions) {
        EXPECT_NE(seen.versions.versions.at(version).accepted, Answer::No) << version_name(version);
        const auto found = seen.suites.versions.find(version);
        if (found == seen.suites.versions.end() || !found->second.complete) continue;
        EXPECT_EQ(found->second.suites.size(), list.suites.size()) << version_name(version);
      }
    }
}

TEST_F(HostileTls, ServerThatAsksForACertificateIsRead) {
  const lab::Nginx asking(pki, {"TLSv1.2 TLSv1.3", "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM",
                                "ssl_verify_client on; ssl_client_certificate " + pki.bundle() + ";"});
  expect_the_same(look(asking.port()));
}

TEST_F(HostileTls, ServerThatReadsSixtyFourSuitesAloneIsRead) {
  // It refuses longer lists by an alert: the long list's refusal would prove nothing.
  const auto long_list = [](Bytes hello) {
    if (hello.size() < 80 || hello[0] != 22) return false;
    const std::size_t at = 44 + hello[43];
    return at + 2 < hello.size() && (hello[at] << 8 | hello[at + 1]) > 2 * 64;
  };
  const lab::Server server(lab::choose(long_list, lab::says({21, 3, 3, 0, 2, 2, 40}), lab::relay(nginx.port())));
  expect_the_same(look(server.port()));
}

// The server is found out by the one question whose answer is known.
TEST_F(HostileTls, TarpitIsGivenUpInTime) {
  for (const Buffer& bytes : {Buffer{22, 3, 3, 64, 0, 2}, Buffer{22, 3, 3, 0, 1, 0}}) {
    const lab::Server server(lab::trickles(bytes));
    const Told seen = look(server.port(), 500ms);
    EXPECT_LT(seen.took, 12s);
    for (const auto& [version, decided] : seen.versions.versions) EXPECT_EQ(decided.accepted, Answer::Unknown);
  }
}

TEST_F(HostileTls, TarpitForOldVersionsAloneCostsNoMoreThanItsBound) {
  const lab::Server server(lab::choose([](Bytes hello) { return hello.size() > 10 && hello[10] < 3; },
                                       lab::trickles({22, 3, 3, 64, 0, 2}), lab::relay(nginx.port())));
  const Told seen = look(server.port(), 500ms);
  expect_nothing_false(seen);
  EXPECT_LT(seen.took, 15s);
}

TEST_F(HostileTls, GarbageIsNoTls) {
  for (const Buffer& bytes : {Buffer(64, std::uint8_t{0xA5}), Buffer{0, 0, 0, 0}, Buffer{22, 9, 9, 9, 9}}) {
    const lab::Server server(lab::says(bytes));
    const Told seen = look(server.port());
    EXPECT_TRUE(seen.versions.versions.empty());
  }
}

// ServerHello (TLS 1.2), CertificateRequest where wished, a fatal alert.
Buffer broken_flight(bool asks_for_certificate, std::uint8_t alert) {
  Writer messages;
  messages.u8(2);
  messages.vec24([](Writer& body) {
    body.u16(0x0303);
    body.put(Buffer(32, std::uint8_t{7}));
    body.u8(0);
    body.u16(0xC02F);
    body.u8(0);
  });
  if (asks_for_certificate) {
    messages.u8(13);
    messages.vec24([](Writer& body) { body.put(Buffer{1, 1, 0, 2, 4, 1, 0, 0}); });
  }
  Writer out;
  out.put(Buffer{22, 3, 3});
  out.vec16([&](Writer& body) { body.put(messages.view()); });
  out.put(Buffer{21, 3, 3, 0, 2, 2, alert});
  return out.take();
}

TEST(BrokenFlight, KeepsTheServerHelloWhereAClientCertificateIsMissing) {
  struct Row {
    bool asks;
    std::uint8_t alert;
    bool stands;
  };
  for (const Row& row : {Row{true, 116, true}, Row{true, 40, true}, Row{false, 116, true}, Row{false, 42, true},
                         Row{false, 40, false}, Row{false, 70, false}, Row{false, 80, false}}) {
    const lab::Server server(lab::says(broken_flight(row.asks, row.alert)));
    Session session;
    Conversation conversation({{TargetKind::Endpoint, lab::consult_name, server.port()}, "127.0.0.1"}, session);
    Tally tally{0};
    const Heard heard = conversation.ask(old_offer(TlsVersion::Tls12, {SuiteId{0xC02F}}), tally);
    EXPECT_EQ(heard.reply.hello() != nullptr, row.stands) << int{row.alert} << ": " << heard.because;
    EXPECT_EQ(heard.reply.broke.has_value(), row.stands) << int{row.alert};
  }
}

}  // namespace
}  // namespace kenshin
