// Handshakes of TLS 1.0 to 1.2 driven by hand, finished with servers people run.
#include "probes/tls/handshake12.h"

#include <gtest/gtest.h>

#include "probes/base/crypto.h"
#include "probes/tls/code_points.h"
#include "probes/tls/extensions.h"
#include "probes/tls/key_agreement.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

const std::vector<std::string> old_server{"-cipher", "ALL:COMPLEMENTOFALL:@SECLEVEL=0", "-serverpref"};

Seen12 finish(std::uint16_t port, HelloOffer offer, const Session12* resume = nullptr) {
  Session session;
  session.timeout = std::chrono::milliseconds(3000);
  Conversation conversation({{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"}, session);
  Tally tally{0};
  auto connection = connect12(conversation, tally);
  if (!connection) return {};
  return handshake12(*connection, conversation.named(std::move(offer)), resume);
}

std::vector<SuiteId> named(std::initializer_list<const char*> names) {
  std::vector<SuiteId> out;
  for (const char* name : names) out.push_back(*suite_named(name));
  return out;
}

TEST(Handshake12, FinishesEverySuiteOpensslHasAndWeKnow) {
  const lab::Pki rsa, ec(lab::KeyKind::EcP256);
  const lab::OpensslServer with_rsa(rsa, old_server), with_ec(ec, old_server);
  for (const TlsVersion version : {TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12}) {
    int finished = 0;
    for (const SuiteId id : lab::openssl_suites(version)) {
      const auto suite = suite12(id);
      if (!suite || !fits(*suite, version) || suite_name(id).find("_DSS_") != std::string::npos) continue;
      const bool ecdsa = suite_name(id).find("_ECDSA_") != std::string::npos;
      const Seen12 seen = finish(ecdsa ? with_ec.port() : with_rsa.port(), old_offer(version, {id}));
      EXPECT_TRUE(seen.finished) << version_name(version) << " " << suite_name(id) << ": " << ending(seen) << " "
                                 << (seen.ended.error() ? seen.ended.error()->detail : "");
      EXPECT_EQ(seen.session.version, version);
      EXPECT_TRUE(seen.session.extended_master_secret);
      finished += seen.finished ? 1 : 0;
    }
    EXPECT_GE(finished, version == TlsVersion::Tls12 ? 30 : 10) << version_name(version);
  }
}

TEST(Handshake12, FinishesWithEveryCurveItOffers) {
  const lab::Pki pki;
  const lab::OpensslServer server(
      pki, {"-cipher", "ALL:@SECLEVEL=0", "-groups",
            "X25519:X448:P-256:P-384:P-521:brainpoolP256r1:brainpoolP384r1:brainpoolP512r1:secp256k1"});
  int curves = 0;
  HelloOffer offer = old_offer(TlsVersion::Tls12, named({"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}));
  const auto groups = offer.groups;
  for (const GroupId group : groups) {
    if (!can_agree_on(group)) continue;
    offer.groups = {group};
    const Seen12 seen = finish(server.port(), offer);
    EXPECT_TRUE(seen.finished) << group_name(group) << ": " << ending(seen);
    ++curves;
  }
  EXPECT_EQ(curves, 9);
}

TEST(Handshake12, FinishesWithEncryptThenMacAndWithoutExtendedMasterSecret) {
  const lab::Pki pki;
  const lab::OpensslServer server(pki, old_server);
  for (const TlsVersion version : {TlsVersion::Tls10, TlsVersion::Tls12})
    for (const char* name : {"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_DHE_RSA_WITH_AES_256_CBC_SHA"}) {
      HelloOffer offer = old_offer(version, named({name}));
      offer.more = {encrypt_then_mac()};
      offer.extended_master_secret = false;
      const Seen12 seen = finish(server.port(), offer);
      EXPECT_TRUE(seen.finished) << name << ": " << ending(seen);
      ASSERT_NE(seen.reply.hello(), nullptr);
      EXPECT_TRUE(seen.reply.hello()->extensions.contains(extension_type::encrypt_then_mac));
      EXPECT_FALSE(seen.session.extended_master_secret);
    }
}

TEST(Handshake12, AnswersARequestForACertificateWithAnEmptyOne) {
  const lab::Pki pki;
  const lab::OpensslServer asks(pki, {"-verify", "1"}), demands(pki, {"-Verify", "1"});
  const HelloOffer offer = old_offer(TlsVersion::Tls12, named({"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}));
  const Seen12 asked = finish(asks.port(), offer);
  EXPECT_TRUE(asked.finished) << ending(asked);
  EXPECT_NE(asked.reply.message(13), nullptr);
  const Seen12 demanded = finish(demands.port(), offer);
  EXPECT_FALSE(demanded.finished);
  EXPECT_EQ(ending(demanded), "alert handshake_failure");
  EXPECT_NE(demanded.reply.hello(), nullptr);
}

TEST(Handshake12, ResumesByIdAndByTicket) {
  const lab::Pki pki;
  const lab::OpensslServer server(pki, {"-tls1_2"});
  HelloOffer offer = old_offer(TlsVersion::Tls12, named({"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"}));
  const Seen12 first = finish(server.port(), offer);
  ASSERT_TRUE(first.finished) << ending(first);
  HelloOffer again = offer;
  again.session_id = first.session.id;
  const Seen12 by_id = finish(server.port(), again, &first.session);
  EXPECT_TRUE(by_id.finished && by_id.resumed) << ending(by_id);

  offer.more = {session_ticket({})};
  const Seen12 ticketed = finish(server.port(), offer);
  ASSERT_TRUE(ticketed.finished && ticketed.ticket_came) << ending(ticketed);
  again = offer;
  again.more = {session_ticket(ticketed.session.ticket)};
  const Seen12 by_ticket = finish(server.port(), again, &ticketed.session);
  EXPECT_TRUE(by_ticket.finished && by_ticket.resumed) << ending(by_ticket);
}

// RFC 7919 5.1: 1 < dh_Ys < p - 1. A zero would leave no premaster secret at all.
TEST(Handshake12, AgreesOnNoPublicValueOutOfRange) {
  ServerKeyExchange sent;
  sent.kind = KeyExchangeKind::Dhe;
  sent.prime = *from_hex("e7");  // 231 is odd, and long enough to be looked at
  sent.generator = {2};
  for (const char* value : {"00", "01", "e6", "e7", "e8", "01ce"}) {
    sent.public_value = *from_hex(value);
    const auto agreed = agree_by_dhe(sent, random_bytes);
    ASSERT_FALSE(agreed) << value;
    EXPECT_EQ(agreed.error().kind, Error::Kind::Malformed) << value;
  }
  sent.public_value = {7};
  EXPECT_TRUE(agree_by_dhe(sent, random_bytes));
}

TEST(Handshake12, TellsWhyItDidNotFinish) {
  const auto offer = old_offer(TlsVersion::Tls12, named({"TLS_RSA_WITH_AES_128_CBC_SHA"}));
  const lab::Server closing(lab::closes()), http(lab::speaks_http());
  EXPECT_EQ(ending(finish(closing.port(), offer)), "closed");
  EXPECT_EQ(ending(finish(http.port(), offer)), "not_tls");
  const lab::Pki pki;
  const lab::OpensslServer other(pki, {"-cipher", "ECDHE-RSA-AES128-GCM-SHA256"});
  const Seen12 refused = finish(other.port(), offer);
  EXPECT_EQ(ending(refused), "alert handshake_failure");
  EXPECT_EQ(ending(refused.reply), "alert handshake_failure");
}

}  // namespace
}  // namespace kenshin
