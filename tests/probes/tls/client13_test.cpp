// The client's state machine against a server that follows RFC 8446 up to one lie.
#include <gtest/gtest.h>

#include "probes/tls/client13.h"
#include "tests/lab/peers.h"
#include "tests/lab/server13.h"

namespace kenshin {
namespace {

constexpr GroupId x25519{0x001D}, secp256r1{0x0017};
constexpr SchemeId ecdsa_secp256r1_sha256{0x0403};
constexpr std::uint8_t encrypted_extensions = 8, new_session_ticket = 4, key_update = 24;

SessionTicket ticket() {
  SessionTicket out;
  out.identity = {1, 2, 3};
  out.secret = Buffer(32, 9);
  out.suite = lab::suite_of_server13;
  out.received = std::chrono::steady_clock::now();
  return out;
}

// A client and a server, joined.
class Handshake {
 public:
  explicit Handshake(const Wish13& wish = wish_of()) : client(wish, Buffer(hello_randomness, 3)) {
    server.hear(client.hello());
  }
  static Wish13 wish_of() {
    Wish13 out;
    out.offer = tls13_offer({lab::suite_of_server13}, {x25519, secp256r1}, KeyShares::Empty);
    out.shares = {x25519};
    out.finish = true;
    return out;
  }

  Buffer give(Bytes record) { return client.take(lab::record_of(record)); }
  void to_extensions() {
    give(server.server_hello());
    give(server.message(encrypted_extensions, Buffer{0, 0}));
  }
  void to_verify() {
    to_extensions();
    give(server.certificate(identity().der()));
  }
  void to_end() {
    to_verify();
    give(server.verify(ecdsa_secp256r1_sha256, *identity().key, "SHA256"));
    give(server.finished());
  }
  const Seen13& seen() const { return client.seen(); }
  std::string end() const { return seen().end ? seen().end->detail : "none"; }
  std::string failure() const { return seen().reply.error() != nullptr ? seen().reply.error()->detail : "none"; }

  static const lab::Identity& identity() {
    static const lab::Identity made = lab::issue(lab::server_wish(lab::real_now()), nullptr);
    return made;
  }

  Client13 client;
  lab::Server13 server;
};

TEST(Client13, FinishesWithAServerThatDoesNotLie) {
  Handshake handshake;
  handshake.to_end();
  EXPECT_TRUE(handshake.client.idle());
  EXPECT_TRUE(handshake.seen().finished);
  EXPECT_EQ(handshake.seen().scheme, ecdsa_secp256r1_sha256);
  EXPECT_EQ(handshake.end(), "none");
}

TEST(Client13, RefusesAFinishedThatIsNotRight) {
  Handshake handshake;
  handshake.to_verify();
  handshake.give(handshake.server.verify(ecdsa_secp256r1_sha256, *Handshake::identity().key, "SHA256"));
  handshake.give(handshake.server.message(20, Buffer(32)));
  EXPECT_FALSE(handshake.seen().finished);
  EXPECT_EQ(handshake.seen().scheme, ecdsa_secp256r1_sha256) << "what came before holds";
  EXPECT_EQ(handshake.end(), "a Finished that is not right");
}

TEST(Client13, SetsNoSchemeForASignatureThatIsNotRight) {
  const lab::Identity other = lab::issue(lab::server_wish(lab::real_now()), nullptr);
  for (const bool right_key : {false, true}) {
    Handshake handshake;
    handshake.to_verify();
    EVP_PKEY& key = right_key ? *Handshake::identity().key : *other.key;
    // TLS 1.3 binds the scheme to its curve and hash.
    handshake.give(handshake.server.verify(right_key ? SchemeId{0x0503} : ecdsa_secp256r1_sha256, key,
                                           right_key ? "SHA384" : "SHA256"));
    EXPECT_FALSE(handshake.seen().scheme);
    EXPECT_TRUE(handshake.seen().transcript.empty());
    EXPECT_EQ(handshake.end(), "a CertificateVerify that could not be verified");
    handshake.give(handshake.server.finished());
    EXPECT_TRUE(handshake.seen().finished && handshake.client.over());
  }
}

TEST(Client13, RefusesWhatWasNotOffered) {
  Handshake suite;
  suite.give(suite.server.server_hello({}, {SuiteId{0x1302}, x25519, true, {}}));
  EXPECT_EQ(suite.end(), "a suite not offered");
  Handshake group;
  group.give(group.server.server_hello({}, {lab::suite_of_server13, secp256r1, true, {}}));
  EXPECT_EQ(group.end(), "a key share not offered");
  Handshake psk;
  psk.give(psk.server.server_hello(Buffer(32, 9)));
  EXPECT_EQ(psk.end(), "a pre-shared key not offered");
  Handshake none;
  none.give(none.server.server_hello({}, {lab::suite_of_server13, x25519, false, {}}));
  EXPECT_EQ(none.end(), "no key share");
  EXPECT_NE(none.seen().reply.hello(), nullptr);
}

TEST(Client13, RefusesAKeyShareThatIsNoneOfItsGroup) {
  for (const Buffer& value : {Buffer(31, 1), Buffer(32, 0)}) {
    Handshake handshake;
    handshake.give(handshake.server.server_hello({}, {lab::suite_of_server13, x25519, true, value}));
    EXPECT_EQ(handshake.end(), "a key share that is none of its group");
  }
}

TEST(Client13, RefusesWhatIsNotAuthentic) {
  Handshake handshake;
  handshake.give(handshake.server.server_hello());
  Buffer record = handshake.server.message(encrypted_extensions, Buffer{0, 0});
  record.back() ^= 1;
  handshake.give(record);
  EXPECT_EQ(handshake.end(), "a record that is not authentic");
  EXPECT_FALSE(handshake.seen().decrypted);
}

TEST(Client13, FollowsOneRetryAndNoSecond) {
  Handshake handshake;
  const Buffer second = handshake.give(handshake.server.retry(secp256r1));
  ASSERT_FALSE(second.empty());
  EXPECT_EQ(handshake.seen().retried_for, secp256r1);
  handshake.server.hear(second);
  handshake.give(handshake.server.retry(x25519));
  EXPECT_EQ(handshake.failure(), "a second HelloRetryRequest");
}

TEST(Client13, FinishesAfterARetry) {
  Handshake handshake;
  handshake.server.hear(handshake.give(handshake.server.retry(secp256r1)));
  handshake.give(handshake.server.server_hello({}, {lab::suite_of_server13, secp256r1, true, {}}));
  handshake.give(handshake.server.message(encrypted_extensions, Buffer{0, 0}));
  EXPECT_TRUE(handshake.seen().decrypted) << handshake.end();
}

TEST(Client13, RefusesARetryForWhatItSharedOrNeverListed) {
  for (const GroupId group : {x25519, GroupId{0x0018}}) {
    Handshake handshake;
    EXPECT_TRUE(handshake.give(handshake.server.retry(group)).empty());
    EXPECT_EQ(handshake.end(), "a retry for a group not listed, or shared already");
    ASSERT_NE(handshake.seen().reply.hello(), nullptr);
    EXPECT_TRUE(handshake.seen().reply.hello()->retry);
  }
}

TEST(Client13, NamesTheGroupOfARetryItCannotFollow) {
  Wish13 wish = Handshake::wish_of();
  wish.offer.groups = {GroupId{0x11EC}};
  wish.shares.clear();
  Handshake handshake(wish);
  handshake.give(handshake.server.retry(GroupId{0x11EC}));
  EXPECT_EQ(handshake.seen().retried_for, GroupId{0x11EC});
  ASSERT_TRUE(handshake.seen().end);
  EXPECT_EQ(handshake.seen().end->kind, Error::Kind::Unsupported);
}

TEST(Client13, ReadsMessagesSplitOverRecords) {
  Handshake handshake;
  handshake.give(handshake.server.server_hello());
  const Buffer message = lab::framed13(encrypted_extensions, Buffer{0, 0});
  for (const std::uint8_t byte : message) handshake.give(handshake.server.sealed(22, Bytes(&byte, 1)));
  EXPECT_TRUE(handshake.seen().decrypted);
}

TEST(Client13, TakesNoMoreInClearThanTheServerHello) {
  Handshake handshake;
  Buffer record = handshake.server.server_hello();
  const Buffer more = lab::framed13(encrypted_extensions, Buffer{0, 0});
  record.insert(record.end(), more.begin(), more.end());
  record[4] = static_cast<std::uint8_t>(record[4] + more.size());
  handshake.give(record);
  EXPECT_EQ(handshake.end(), "more in clear behind the ServerHello");
}

TEST(Client13, HearsAnAlertAtEveryStep) {
  const Buffer alert{2, 40};
  Handshake first;
  first.give(lab::clear_record(21, alert));
  ASSERT_NE(first.seen().reply.alert(), nullptr);
  Handshake clear;
  clear.give(clear.server.server_hello());
  clear.give(lab::clear_record(21, alert));
  EXPECT_EQ(clear.seen().alert, (Alert{2, 40}));
  Handshake sealed;
  sealed.to_extensions();
  sealed.give(sealed.server.sealed(21, alert));
  EXPECT_EQ(sealed.seen().alert, (Alert{2, 40}));
  Handshake late;
  late.to_end();
  late.give(late.server.sealed(21, Buffer{1, 0}));
  EXPECT_TRUE(late.client.over() && !late.seen().alert) << "close_notify ends a finished connection";
}

TEST(Client13, RefusesDataBeforeTheHandshakeIsFinished) {
  Handshake handshake;
  handshake.to_extensions();
  handshake.give(handshake.server.sealed(23, Buffer{1}));
  EXPECT_EQ(handshake.end(), "a record of a type that is out of place");
}

TEST(Client13, RefusesAServerWithoutACertificate) {
  Handshake handshake;
  handshake.to_extensions();
  handshake.give(handshake.server.certificate({}));
  EXPECT_EQ(handshake.end(), "a server without a certificate");
}

TEST(Client13, TakesTicketsAndNewKeysAfterwards) {
  Handshake handshake;
  handshake.to_end();
  const Buffer body{0, 0, 0, 60, 0, 0, 0, 1, 1, 0, 0, 2, 5, 5, 0, 0};
  handshake.give(handshake.server.message(new_session_ticket, body));
  handshake.give(handshake.server.message(key_update, Buffer{0}));
  handshake.server.update_keys();
  handshake.give(handshake.server.message(new_session_ticket, body));
  ASSERT_EQ(handshake.seen().tickets.size(), 2U) << handshake.end();
  EXPECT_EQ(handshake.seen().tickets[0].lifetime, 60U);
  EXPECT_EQ(handshake.seen().tickets[0].secret.size(), 32U);
}

TEST(Client13, KeepsSixteenTicketsAndSixteenKilobytes) {
  Handshake handshake;
  handshake.to_end();
  const Buffer body{0, 0, 0, 60, 0, 0, 0, 1, 1, 0, 0, 2, 5, 5, 0, 0};
  for (int i = 0; i < 40; ++i) handshake.give(handshake.server.message(new_session_ticket, body));
  EXPECT_EQ(handshake.seen().tickets.size(), 16U);
  for (int i = 0; i < 3; ++i) handshake.give(handshake.server.sealed(23, Buffer(10000, 'x')));
  EXPECT_EQ(handshake.seen().answer.size(), 16384U);
  EXPECT_TRUE(handshake.client.over());
}

TEST(Client13, AcceptsEarlyDataOnlyWhereItWasOffered) {
  const SessionTicket resumed = ticket();
  const Buffer accepted{0, 4, 0, 42, 0, 0};
  for (const bool offers : {true, false}) {
    Wish13 wish = Handshake::wish_of();
    wish.resume = &resumed;
    wish.early_data = offers;
    Handshake handshake(wish);
    handshake.give(handshake.server.server_hello(resumed.secret));
    handshake.give(handshake.server.message(encrypted_extensions, accepted));
    EXPECT_TRUE(handshake.seen().resumed);
    EXPECT_EQ(handshake.seen().early_data_accepted, offers);
    EXPECT_EQ(handshake.end(), offers ? "none" : "early data not offered");
  }
}

TEST(Client13, TakesNoKeyShareAwayFromAResumptionThatAskedForOne) {
  const SessionTicket resumed = ticket();
  for (const bool ke : {true, false}) {
    Wish13 wish = Handshake::wish_of();
    wish.resume = &resumed;
    wish.dhe = !ke;
    wish.ke = ke;
    Handshake handshake(wish);
    handshake.give(handshake.server.server_hello(resumed.secret, {lab::suite_of_server13, x25519, false, {}}));
    handshake.give(handshake.server.message(encrypted_extensions, Buffer{0, 0}));
    EXPECT_EQ(handshake.seen().decrypted, ke);
    EXPECT_EQ(handshake.end(), ke ? "none" : "no key share");
  }
}

}  // namespace
}  // namespace kenshin
