// Resumption and early data of TLS 1.3, with servers people run.
#include "probes/tls/sessions13.h"

#include <gtest/gtest.h>

#include "probes/tls/client_identity.h"
#include "tests/lab/scripted.h"
#include "tests/lab/talk13.h"

namespace kenshin {
namespace {

TEST(Sessions13, AreResumedByNginxWithAKeyExchangeOnly) {
  const lab::Nginx nginx(lab::ec_pki(), {"TLSv1.2 TLSv1.3", "", "ssl_session_timeout 2h;"});
  lab::Talk13 talk(nginx.port());
  const TlsSessions seen = talk.sessions();
  EXPECT_EQ(lab::told(seen.psk_dhe_ke), "yes: resumed");
  EXPECT_EQ(lab::told(seen.psk_ke), "no: not resumed");
  EXPECT_EQ(lab::told(seen.early_data), "no: not announced");
  EXPECT_EQ(seen.ticket_lifetime_seconds, 7200);
  EXPECT_EQ(seen.max_early_data.value_or(0), 0U);
  EXPECT_EQ(talk.tally, 3);
}

TEST(Sessions13, ShowEarlyDataOfNginx) {
  const lab::Nginx nginx(lab::ec_pki(), {"TLSv1.3", "", "ssl_early_data on;"});
  const TlsSessions seen = lab::Talk13(nginx.port()).sessions();
  EXPECT_EQ(lab::told(seen.psk_dhe_ke), "yes: resumed");
  EXPECT_EQ(lab::told(seen.early_data), "yes: encrypted_extensions");
  EXPECT_EQ(seen.max_early_data, 16384U);
}

TEST(Sessions13, AreResumedWithoutAKeyExchangeWhereTheServerAllowsIt) {
  const lab::OpensslServer server(lab::ec_pki(), {"-tls1_3", "-allow_no_dhe_kex"});
  const TlsSessions seen = lab::Talk13(server.port()).sessions();
  EXPECT_EQ(lab::told(seen.psk_dhe_ke), "yes: resumed");
  EXPECT_EQ(lab::told(seen.psk_ke), "yes: resumed");
}

TEST(Sessions13, AreResumedByGnutlsAsItSays) {
  const lab::GnutlsServer server(lab::ec_pki(), "NORMAL:-VERS-ALL:+VERS-TLS1.3:+PSK:+DHE-PSK:+ECDHE-PSK");
  const TlsSessions seen = lab::Talk13(server.port()).sessions();
  EXPECT_EQ(lab::told(seen.psk_dhe_ke), "yes: resumed");
  EXPECT_EQ(lab::told(seen.psk_ke), "yes: resumed");
  EXPECT_EQ(lab::told(seen.early_data), "no: not announced");
}

TEST(Sessions13, AreNoneWhereAServerThatAnsweredGaveNoTicket) {
  const lab::OpensslServer server(lab::ec_pki(), {"-tls1_3", "-num_tickets", "0"});
  const TlsSessions seen = lab::Talk13(server.port()).sessions();
  EXPECT_EQ(lab::told(seen.psk_dhe_ke), "no: no ticket");
  EXPECT_EQ(lab::told(seen.psk_ke), "no: no ticket");
  EXPECT_EQ(lab::told(seen.early_data), "no: no ticket");
  EXPECT_FALSE(seen.ticket_lifetime_seconds);
}

TEST(Sessions13, AreUnknownBehindAClientCertificate) {
  const lab::OpensslServer server(lab::ec_pki(), {"-tls1_3", "-Verify", "1"});
  const TlsSessions seen = lab::Talk13(server.port()).sessions();
  EXPECT_EQ(lab::told(seen.psk_dhe_ke), "unknown: alert certificate_required");
}

TEST(Sessions13, AreUnknownWhereNobodyAnswers) {
  const lab::Server server(lab::resets());
  const TlsSessions seen = lab::Talk13(server.port()).sessions();
  EXPECT_EQ(seen.psk_ke.accepted, Answer::Unknown);
  EXPECT_EQ(seen.early_data.accepted, Answer::Unknown);
}

TEST(Sessions13, DoNotExistBeforeTls13) {
  const lab::Server server(lab::resets());
  lab::Talk13 talk(server.port());
  talk.learned.versions.versions[TlsVersion::Tls13] = {Answer::No, "alert protocol_version"};
  EXPECT_EQ(lab::told(talk.sessions().psk_dhe_ke), "not applicable: no TLSv1.3");
  EXPECT_EQ(talk.tally, 0);
}

TEST(Sessions13, AreSeenBehindAWallByWhoeverHasACertificate) {
  for (const lab::KeyKind kind : {lab::KeyKind::EcP256, lab::KeyKind::Rsa2048}) {
    const lab::Pki own(kind);
    const lab::OpensslServer server(lab::ec_pki(),
                                    {"-tls1_3", "-Verify", "3", "-verify_return_error", "-CAfile", own.bundle()});
    const auto identity = read_client_identity(own.chain(), own.key());
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->chain.size(), 2U);
    lab::Talk13 talk(server.port());
    talk.learned.identity = &*identity;
    EXPECT_EQ(lab::told(talk.sessions().psk_dhe_ke), "yes: resumed");
    const auto asked = talk.client_certificate();
    EXPECT_EQ(lab::told(asked.required), "yes: alert certificate_required") << "asked without one";
  }
}

TEST(ClientIdentity, IsNoneOfFilesThatDoNotBelongTogether) {
  const lab::Pki one(lab::KeyKind::EcP256), other(lab::KeyKind::EcP256);
  EXPECT_EQ(read_client_identity(one.chain(), other.key()).error().kind, Error::Kind::Malformed);
  EXPECT_EQ(read_client_identity(one.key(), one.key()).error().kind, Error::Kind::Malformed);
  EXPECT_EQ(read_client_identity(one.chain(), one.chain()).error().kind, Error::Kind::Malformed);
  EXPECT_EQ(read_client_identity(one.chain() + ".none", one.key()).error().kind, Error::Kind::Absent);
}

}  // namespace
}  // namespace kenshin
