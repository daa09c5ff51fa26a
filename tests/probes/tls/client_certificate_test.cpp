// Client certificates asked for and demanded, by servers people run.
#include "probes/tls/client_certificate.h"

#include <gtest/gtest.h>

#include "tests/lab/scripted.h"
#include "tests/lab/talk13.h"

namespace kenshin {
namespace {

TEST(ClientCertificate, IsNotAskedForByAPlainServer) {
  const lab::Nginx nginx(lab::ec_pki(), {"TLSv1.3", "", ""});
  const auto seen = lab::Talk13(nginx.port()).client_certificate();
  EXPECT_EQ(lab::told(seen.requested), "no: no certificate_request");
  EXPECT_EQ(lab::told(seen.required), "not applicable: not requested");
}

TEST(ClientCertificate, IsRequiredWhereTheServerAlertsWithoutOne) {
  const lab::OpensslServer server(lab::ec_pki(), {"-tls1_3", "-Verify", "1", "-CAfile", lab::ec_pki().bundle()});
  const auto seen = lab::Talk13(server.port()).client_certificate();
  EXPECT_EQ(lab::told(seen.requested), "yes: certificate_request");
  EXPECT_EQ(lab::told(seen.required), "yes: alert certificate_required");
  EXPECT_EQ(seen.authorities, std::vector<std::string>{"CN=Example Root,O=Example Clinic,C=JP"});
}

TEST(ClientCertificate, IsRequiredByNginxInHttp) {
  const lab::Nginx nginx(
      lab::ec_pki(), {"TLSv1.3", "", "ssl_verify_client on; ssl_client_certificate " + lab::ec_pki().bundle() + ";"});
  const auto seen = lab::Talk13(nginx.port()).client_certificate();
  EXPECT_EQ(lab::told(seen.requested), "yes: certificate_request");
  EXPECT_EQ(lab::told(seen.required), "yes: http 400, No required SSL certificate was sent");
}

TEST(ClientCertificate, IsWelcomeButNotRequired) {
  const lab::Nginx nginx(
      lab::ec_pki(),
      {"TLSv1.3", "", "ssl_verify_client optional; ssl_client_certificate " + lab::ec_pki().bundle() + ";"});
  const auto seen = lab::Talk13(nginx.port()).client_certificate();
  EXPECT_EQ(lab::told(seen.requested), "yes: certificate_request");
  EXPECT_EQ(lab::told(seen.required), "no: http 204 without a certificate");
}

// What is known of a server that speaks TLS 1.2 with this suite alone.
void speaks12(lab::Talk13& talk) {
  const HelloOffer offer = old_offer(TlsVersion::Tls12, {SuiteId{0xC02B}});
  talk.learned.versions.versions[TlsVersion::Tls13] = {Answer::No, "alert protocol_version"};
  talk.learned.versions.versions[TlsVersion::Tls12] = {Answer::Yes, "server_hello"};
  talk.learned.suites.versions[TlsVersion::Tls12].suites = offer.suites;
  talk.learned.offers[TlsVersion::Tls12] = offer;
  talk.learned.replies[TlsVersion::Tls12] = talk.exchange(offer);
}

TEST(ClientCertificate, IsReadFromTheFlightBeforeTls13) {
  const lab::OpensslServer server(lab::ec_pki(), {"-tls1_2", "-Verify", "1", "-CAfile", lab::ec_pki().bundle()});
  lab::Talk13 talk(server.port());
  talk.learned.versions.versions[TlsVersion::Tls13] = {Answer::No, "alert protocol_version"};
  EXPECT_EQ(lab::told(talk.client_certificate().requested), "unknown: no handshake to look at");
  speaks12(talk);
  const auto seen = talk.client_certificate();
  EXPECT_EQ(lab::told(seen.requested), "yes: certificate_request");
  EXPECT_EQ(lab::told(seen.required), "yes: alert handshake_failure");
  EXPECT_EQ(seen.authorities, std::vector<std::string>{"CN=Example Root,O=Example Clinic,C=JP"});
  talk.learned.replies[TlsVersion::Tls12].flight.clear();
  EXPECT_EQ(talk.client_certificate().requested.accepted, Answer::Unknown);
}

TEST(ClientCertificate, IsRequiredOrWelcomeInHttpBeforeTls13) {
  for (const bool required : {true, false}) {
    const lab::Nginx nginx(lab::ec_pki(), {"TLSv1.2", "",
                                           std::string("ssl_verify_client ") + (required ? "on" : "optional") +
                                               "; ssl_client_certificate " + lab::ec_pki().bundle() + ";"});
    lab::Talk13 talk(nginx.port());
    speaks12(talk);
    EXPECT_EQ(lab::told(talk.client_certificate().required),
              required ? "yes: http 400, No required SSL certificate was sent" : "no: http 204 without a certificate");
  }
}

TEST(ClientCertificate, IsNotAskedForByAPlainServerBeforeTls13) {
  const lab::Nginx nginx(lab::ec_pki(), {"TLSv1.2", "", ""});
  lab::Talk13 talk(nginx.port());
  speaks12(talk);
  EXPECT_EQ(lab::told(talk.client_certificate().requested), "no: no certificate_request");
}

}  // namespace
}  // namespace kenshin
