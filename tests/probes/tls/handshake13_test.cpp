// The handshake of our own against servers people run: nginx, `openssl s_server` and gnutls-serv.
#include <gtest/gtest.h>

#include <algorithm>

#include "probes/tls/code_points.h"
#include "probes/tls/handshake13.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"
#include "tests/lab/talk13.h"

namespace kenshin {
namespace {

constexpr GroupId x25519{0x001D}, secp256r1{0x0017}, secp384r1{0x0018};
constexpr SuiteId aes_128_gcm{0x1301}, aes_256_gcm{0x1302};

Wish13 wish_for(std::vector<GroupId> groups, std::vector<GroupId> shares) {
  Wish13 out;
  out.offer = tls13_offer({aes_128_gcm, aes_256_gcm, SuiteId{0x1303}}, std::move(groups), KeyShares::Empty);
  out.shares = std::move(shares);
  return out;
}

Seen13 shake(std::uint16_t port, const Wish13& wish) {
  Session session;
  session.now = lab::real_now;
  Conversation conversation({{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"}, session);
  Tally tally{0};
  return handshake13(conversation, wish, tally);
}

std::string how(const Seen13& seen) {
  std::string out = ending(seen.reply);
  if (seen.alert) out += ", then alert " + alert_name(seen.alert->description);
  if (seen.end) out += ", then " + std::string(error_name(seen.end->kind)) + ": " + seen.end->detail;
  return out;
}

// What Debian's OpenSSL enables, least favoured last.
const lab::Pki& rsa() {
  static const lab::Pki pki;
  return pki;
}
const lab::Pki& ecdsa() {
  static const lab::Pki pki(lab::KeyKind::EcP256);
  return pki;
}

TEST(Handshake13, IsFinishedWithNginx) {
  const lab::Nginx nginx(ecdsa(), {"TLSv1.2 TLSv1.3", "", ""});
  Wish13 wish = wish_for({x25519, secp256r1}, {x25519});
  wish.finish = true;
  const Seen13 seen = shake(nginx.port(), wish);
  ASSERT_NE(seen.reply.hello(), nullptr) << how(seen);
  EXPECT_TRUE(seen.finished) << how(seen);
  EXPECT_FALSE(seen.retried_for);
  EXPECT_EQ(seen.scheme, SchemeId{0x0403}) << how(seen);
  EXPECT_EQ(seen.certificates.size(), 2U);
  EXPECT_EQ(seen.tickets.size(), 2U);
  EXPECT_FALSE(seen.certificate_requested);
  EXPECT_FALSE(seen.alert);
  EXPECT_FALSE(seen.end);
  EXPECT_NE(seen.reply.message(11), nullptr);
  EXPECT_FALSE(seen.transcript.empty());
}

TEST(Handshake13, SpeaksEverySuiteOfItsOwn) {
  const lab::OpensslServer server(
      ecdsa(), {"-tls1_3", "-ciphersuites",
                "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_CCM_SHA256:"
                "TLS_AES_128_CCM_8_SHA256"});
  for (std::uint32_t suite = 0x1301; suite <= 0x1305; ++suite) {
    Wish13 wish = wish_for({x25519}, {x25519});
    wish.offer.suites = {SuiteId{suite}};
    wish.finish = true;
    const Seen13 seen = shake(server.port(), wish);
    EXPECT_TRUE(seen.finished && seen.tickets.size() == 2) << suite_name(SuiteId{suite}) << ": " << how(seen);
    ASSERT_NE(seen.reply.hello(), nullptr) << how(seen);
    EXPECT_EQ(seen.reply.hello()->suite, SuiteId{suite});
  }
}

TEST(Handshake13, SharesEveryGroupTheServerHas) {
  const lab::OpensslServer server(
      ecdsa(),
      {"-tls1_3", "-groups", "X25519:P-256:X448:P-521:P-384:ffdhe2048:ffdhe3072:ffdhe4096:ffdhe6144:ffdhe8192"});
  for (const GroupId group : {GroupId{0x001D}, GroupId{0x001E}, GroupId{0x0017}, GroupId{0x0018}, GroupId{0x0019},
                              GroupId{0x0100}, GroupId{0x0101}, GroupId{0x0102}, GroupId{0x0103}, GroupId{0x0104}}) {
    EXPECT_TRUE(can_share(group));
    const Seen13 seen = shake(server.port(), wish_for({group}, {group}));
    EXPECT_TRUE(seen.finished) << group_name(group) << ": " << how(seen);
    EXPECT_FALSE(seen.retried_for);
  }
  EXPECT_FALSE(can_share(GroupId{0x11EC}));
}

TEST(Handshake13, FollowsARetryOnTheSameConnection) {
  const lab::OpensslServer server(ecdsa(), {"-tls1_3", "-groups", "P-384"});
  for (const std::vector<GroupId>& shares : {std::vector<GroupId>{x25519}, std::vector<GroupId>{}}) {
    Wish13 wish = wish_for({x25519, secp384r1}, shares);
    wish.finish = true;
    const Seen13 seen = shake(server.port(), wish);
    EXPECT_TRUE(seen.finished) << how(seen);
    EXPECT_EQ(seen.retried_for, secp384r1);
    ASSERT_NE(seen.reply.hello(), nullptr) << how(seen);
    EXPECT_EQ(seen.reply.hello()->group, secp384r1);
    EXPECT_FALSE(seen.reply.hello()->retry);
    EXPECT_EQ(seen.tickets.size(), 2U);
  }
}

TEST(Handshake13, LearnsTheGroupsOfAServerThatLikesAnotherMore) {
  const lab::OpensslServer server(ecdsa(), {"-tls1_3", "-groups", "X25519:P-256:P-384"});
  const Seen13 seen = shake(server.port(), wish_for({x25519, secp256r1, secp384r1}, {secp384r1}));
  EXPECT_TRUE(seen.decrypted);
  EXPECT_EQ(seen.groups, (std::vector<GroupId>{x25519, secp256r1, secp384r1})) << how(seen);
}

TEST(Handshake13, ProvesASchemeByItsSignature) {
  const lab::OpensslServer server(rsa(), {"-tls1_3"});
  for (const SchemeId scheme : {SchemeId{0x0804}, SchemeId{0x0805}, SchemeId{0x0806}}) {
    Wish13 wish = wish_for({x25519}, {x25519});
    wish.offer.schemes = {scheme};
    const Seen13 seen = shake(server.port(), wish);
    EXPECT_EQ(seen.scheme, scheme) << how(seen);
  }
  Wish13 wish = wish_for({x25519}, {x25519});
  wish.offer.schemes = {SchemeId{0x0403}};
  const Seen13 refused = shake(server.port(), wish);
  EXPECT_FALSE(refused.scheme);
  ASSERT_TRUE(refused.reply.alert() != nullptr || refused.alert) << how(refused);
}

Seen13 resumed(std::uint16_t port, const SessionTicket& ticket, bool dhe, bool ke, bool early_data) {
  Wish13 wish = wish_for({x25519}, {x25519});
  wish.offer.suites = {ticket.suite};
  wish.resume = &ticket;
  wish.dhe = dhe;
  wish.ke = ke;
  wish.early_data = early_data;
  wish.finish = true;
  return shake(port, wish);
}

std::vector<SessionTicket> tickets_of(std::uint16_t port) {
  Wish13 wish = wish_for({x25519}, {x25519});
  wish.ke = true;
  wish.finish = true;
  const Seen13 seen = shake(port, wish);
  EXPECT_EQ(seen.tickets.size(), 2U) << how(seen);
  return seen.tickets;
}

TEST(Handshake13, ResumesWithAndWithoutAKeyExchange) {
  const lab::OpensslServer server(ecdsa(), {"-tls1_3", "-allow_no_dhe_kex"});
  const auto tickets = tickets_of(server.port());
  ASSERT_EQ(tickets.size(), 2U);
  const Seen13 dhe = resumed(server.port(), tickets[0], true, false, false);
  EXPECT_TRUE(dhe.resumed && dhe.finished) << how(dhe);
  ASSERT_NE(dhe.reply.hello(), nullptr);
  EXPECT_TRUE(dhe.reply.hello()->group);
  EXPECT_TRUE(dhe.certificates.empty());
  EXPECT_FALSE(dhe.tickets.empty());
  const Seen13 ke = resumed(server.port(), tickets[1], false, true, false);
  EXPECT_TRUE(ke.resumed && ke.finished) << how(ke);
  ASSERT_NE(ke.reply.hello(), nullptr);
  EXPECT_FALSE(ke.reply.hello()->group);
}

TEST(Handshake13, IsNotResumedWithoutAKeyExchangeWhereThatIsOff) {
  const lab::OpensslServer server(ecdsa(), {"-tls1_3"});
  const auto tickets = tickets_of(server.port());
  ASSERT_FALSE(tickets.empty());
  const Seen13 seen = resumed(server.port(), tickets[0], false, true, false);
  EXPECT_FALSE(seen.resumed);
  EXPECT_TRUE(seen.finished) << how(seen);
}

TEST(Handshake13, ResumesAcrossARetry) {
  const lab::OpensslServer server(ecdsa(), {"-tls1_3", "-groups", "P-384"});
  Wish13 wish = wish_for({x25519, secp384r1}, {secp384r1});
  wish.finish = true;
  const Seen13 first = shake(server.port(), wish);
  ASSERT_FALSE(first.tickets.empty()) << how(first);
  wish.resume = &first.tickets[0];
  wish.offer.suites = {first.tickets[0].suite};
  wish.shares = {x25519};
  const Seen13 second = shake(server.port(), wish);
  EXPECT_TRUE(second.retried_for && second.resumed && second.finished) << how(second);
}

TEST(Handshake13, SeesEarlyDataAccepted) {
  const lab::Nginx server(ecdsa(), {"TLSv1.3", "", "ssl_early_data on;"});
  const auto tickets = tickets_of(server.port());
  ASSERT_FALSE(tickets.empty());
  EXPECT_EQ(tickets[0].max_early_data, 16384U);
  const Seen13 seen = resumed(server.port(), tickets[0], true, false, true);
  EXPECT_TRUE(seen.resumed && seen.early_data_accepted && seen.finished) << how(seen);
  EXPECT_FALSE(seen.tickets.empty());
}

TEST(Handshake13, IsToldThatACertificateIsRequired) {
  const lab::OpensslServer server(ecdsa(), {"-tls1_3", "-Verify", "1", "-CAfile", ecdsa().bundle()});
  Wish13 wish = wish_for({x25519}, {x25519});
  wish.finish = true;
  const Seen13 seen = shake(server.port(), wish);
  EXPECT_TRUE(seen.certificate_requested && seen.finished) << how(seen);
  ASSERT_TRUE(seen.alert) << how(seen);
  EXPECT_EQ(alert_name(seen.alert->description), "certificate_required");
  EXPECT_EQ(seen.authorities.size(), 1U);
}

TEST(Handshake13, IsAnsweredWhenItAsks) {
  const lab::Nginx nginx(ecdsa(), {"TLSv1.3", "", ""});
  Wish13 wish = wish_for({x25519}, {x25519});
  wish.finish = true;
  const std::string_view text = "HEAD / HTTP/1.1\r\nHost: consult.example.jp\r\nConnection: close\r\n\r\n";
  wish.request = {text.begin(), text.end()};
  const Seen13 seen = shake(nginx.port(), wish);
  EXPECT_TRUE(text_of(seen.answer).starts_with("HTTP/1.1 204")) << how(seen) << text_of(seen.answer);
}

TEST(Handshake13, IsFinishedWithGnutls) {
  const lab::GnutlsServer server(ecdsa(), "NORMAL:-VERS-ALL:+VERS-TLS1.3:+AES-128-CCM-8");
  for (const GroupId group : {x25519, GroupId{0x001E}, secp256r1, secp384r1, GroupId{0x0019}, GroupId{0x0100}}) {
    Wish13 wish = wish_for({group}, {});  // by a retry
    wish.finish = true;
    const Seen13 seen = shake(server.port(), wish);
    EXPECT_TRUE(seen.finished && !seen.tickets.empty()) << group_name(group) << ": " << how(seen);
    EXPECT_EQ(seen.retried_for, group);
  }
  for (std::uint32_t suite = 0x1301; suite <= 0x1305; ++suite) {
    Wish13 wish = wish_for({x25519}, {x25519});
    wish.offer.suites = {SuiteId{suite}};
    EXPECT_TRUE(shake(server.port(), wish).finished) << suite_name(SuiteId{suite});
  }
}

TEST(Handshake13, HearsARefusal) {
  const lab::Nginx nginx(ecdsa(), {"TLSv1.2", "ECDHE-ECDSA-AES128-GCM-SHA256", ""});
  const Seen13 seen = shake(nginx.port(), wish_for({x25519}, {x25519}));
  ASSERT_NE(seen.reply.alert(), nullptr) << how(seen);
  EXPECT_EQ(seen.reply.alert()->description, protocol_version);
}

TEST(Handshake13, SaysHowTheConnectionFailed) {
  const lab::Server closing(lab::closes());
  const Seen13 seen = shake(closing.port(), wish_for({x25519}, {x25519}));
  ASSERT_NE(seen.reply.error(), nullptr);
  EXPECT_EQ(seen.reply.error()->kind, Error::Kind::Closed);
}

}  // namespace
}  // namespace kenshin
