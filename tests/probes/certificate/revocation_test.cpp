// What responders and lists say, and when nobody may believe them; asked from responders people run.
#include "probes/certificate/revocation.h"

#include <gtest/gtest.h>

#include <sstream>

#include "probes/certificate/chain.h"
#include "probes/certificate/revocation_answers.h"
#include "tests/lab/peers.h"
#include "tests/lab/revocation.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Instant now = std::chrono::floor<days>(lab::real_now());
const lab::OcspWish fresh{now - 1h, now + days(3), std::nullopt, false};

class Revocation : public testing::Test {
 protected:
  RevocationAnswer ocsp(const lab::OcspWish& wish, const lab::Identity& signer) const {
    return read_ocsp(lab::ocsp_response(leaf_, root_, signer, wish), *leaf_.certificate, *root_.certificate, now);
  }
  RevocationAnswer crl(const lab::CrlWish& wish, const lab::Identity& of) const {
    return read_crl(lab::revocation_list(root_, wish), *of.certificate, *root_.certificate, now);
  }
  lab::Identity with(std::vector<std::pair<std::string, std::string>> more) const {
    auto wish = lab::server_wish(now);
    wish.more = std::move(more);
    return lab::issue(wish, &root_);
  }

  lab::Identity root_ = lab::issue(lab::authority_wish(now, "Root"), nullptr);
  lab::Identity leaf_ = lab::issue(lab::server_wish(now), &root_);
};

TEST_F(Revocation, TheIssuersOwnAnswerCounts) {
  const auto good = ocsp(fresh, root_);
  EXPECT_EQ(good.standing, Standing::Good);
  EXPECT_EQ(good.because, "good");
  EXPECT_EQ(good.this_update, fresh.this_update);
  EXPECT_EQ(good.next_update, fresh.next_update);
  auto wish = fresh;
  wish.revoked_at = now - days(2);
  const auto revoked = ocsp(wish, root_);
  EXPECT_EQ(revoked.standing, Standing::Revoked);
  EXPECT_EQ(revoked.because, "revoked, keyCompromise");
  EXPECT_EQ(revoked.revoked_at, wish.revoked_at);
  wish.unknown = true;
  EXPECT_EQ(ocsp(wish, root_).because, "unknown to the responder");
}

TEST_F(Revocation, ADelegateCountsOnlyWithItsPurposeFromTheSameIssuer) {
  auto wish = lab::server_wish(now, {});
  wish.extended_key_usage = "OCSPSigning";
  EXPECT_EQ(ocsp(fresh, lab::issue(wish, &root_)).standing, Standing::Good);
  const auto stranger = lab::issue(lab::authority_wish(now, "Root"), nullptr);
  EXPECT_EQ(ocsp(fresh, lab::issue(wish, &stranger)).because, "signature");
  EXPECT_EQ(ocsp(fresh, stranger).because, "signature");
  wish.extended_key_usage = "serverAuth";
  EXPECT_EQ(ocsp(fresh, lab::issue(wish, &root_)).because, "signature");
  wish.extended_key_usage = "OCSPSigning";
  wish.not_after = now - days(1);
  EXPECT_EQ(ocsp(fresh, lab::issue(wish, &root_)).because, "signature");
}

TEST_F(Revocation, AnAnswerOfAnotherTimeOrAnotherCertificateSaysNothing) {
  auto wish = fresh;
  wish.next_update = now - 1min;
  EXPECT_EQ(ocsp(wish, root_).because, "expired");
  wish = fresh;
  wish.this_update = now + 1h;
  EXPECT_EQ(ocsp(wish, root_).because, "not yet valid");
  wish = fresh;
  wish.next_update.reset();
  EXPECT_EQ(ocsp(wish, root_).standing, Standing::Good);
  wish.this_update = now - days(11);
  EXPECT_EQ(ocsp(wish, root_).because, "expired");
  const auto other = lab::issue(lab::server_wish(now), &root_);
  const auto about_other = lab::ocsp_response(other, root_, root_, fresh);
  EXPECT_EQ(read_ocsp(about_other, *leaf_.certificate, *root_.certificate, now).because, "other certificate");
  const Buffer try_later{0x30, 0x03, 0x0A, 0x01, 0x03};
  EXPECT_EQ(read_ocsp(try_later, *leaf_.certificate, *root_.certificate, now).because, "responder says trylater");
  EXPECT_EQ(read_ocsp({}, *leaf_.certificate, *root_.certificate, now).because, "malformed");
}

TEST_F(Revocation, AListOfTheIssuerSaysWhoWasRevoked) {
  lab::CrlWish wish{now - 1h, now + days(3), {&leaf_}, {}};
  const auto revoked = crl(wish, leaf_);
  EXPECT_EQ(revoked.standing, Standing::Revoked);
  EXPECT_EQ(revoked.because, "revoked, keyCompromise");
  EXPECT_EQ(revoked.revoked_at, wish.this_update);
  wish.revoked.clear();
  EXPECT_EQ(crl(wish, leaf_).standing, Standing::Good);
  EXPECT_EQ(crl(wish, leaf_).next_update, wish.next_update);
}

TEST_F(Revocation, AListThatIsOldForgedOrForOthersSaysNothing) {
  const lab::CrlWish whole{now - 1h, now + days(3), {}, {}};
  auto wish = whole;
  wish.next_update = now - 1min;
  EXPECT_EQ(crl(wish, leaf_).because, "expired");
  wish.next_update.reset();
  EXPECT_EQ(crl(wish, leaf_).because, "no nextUpdate");
  wish = whole;
  wish.more = {{"issuingDistributionPoint", "critical,onlyCA:TRUE"}};
  EXPECT_EQ(crl(wish, leaf_).because, "scope");
  wish.more = {{"issuingDistributionPoint", "critical,onlyuser:TRUE"}};
  EXPECT_EQ(crl(wish, leaf_).standing, Standing::Good);
  wish.more = {{"issuingDistributionPoint", "critical,fullname:URI:http://crl.example.jp/2.crl"}};
  EXPECT_EQ(crl(wish, leaf_).because, "scope");
  EXPECT_EQ(crl(wish, with({{"crlDistributionPoints", "URI:http://crl.example.jp/2.crl"}})).standing, Standing::Good);
  const auto namesake = lab::issue(lab::authority_wish(now, "Root"), nullptr);
  EXPECT_EQ(read_crl(lab::revocation_list(namesake, whole), *leaf_.certificate, *root_.certificate, now).because,
            "signature");
  const auto other = lab::issue(lab::authority_wish(now, "Other"), nullptr);
  EXPECT_EQ(read_crl(lab::revocation_list(other, whole), *leaf_.certificate, *root_.certificate, now).because,
            "other issuer");
  EXPECT_EQ(read_crl(Buffer{0x30, 0x00}, *leaf_.certificate, *root_.certificate, now).because, "malformed");
}

Session session() {
  Session out;
  out.timeout = 3000ms;
  return out;
}

std::string at(const lab::Server& server, const std::string& path) {
  return "http://127.0.0.1:" + std::to_string(server.port()) + path;
}

TEST_F(Revocation, ListsAndRespondersAreAskedOverHttpAndEachUrlOnce) {
  const lab::Server lists(lab::says(lab::http_answer(lab::revocation_list(root_, {now - 1h, now + days(3), {}, {}}))));
  const lab::Server silent(lab::closes());
  const auto leaf = with({{"crlDistributionPoints", "URI:" + at(lists, "/root.crl")},
                          {"authorityInfoAccess", "OCSP;URI:" + at(silent, "/")}});
  const std::vector<Questioned> one{{leaf.certificate.get(), root_.certificate.get(), {}}};
  for (int i = 0; i < 2; ++i) {
    const auto seen = ask_revocation(one, true, session(), now);
    ASSERT_EQ(seen.certificates.size(), 1U);
    ASSERT_TRUE(seen.certificates[0].crl && seen.certificates[0].ocsp);
    EXPECT_EQ(seen.certificates[0].crl->standing, Standing::Good) << seen.certificates[0].crl->because;
    EXPECT_EQ(seen.certificates[0].crl->url, at(lists, "/root.crl"));
    EXPECT_EQ(seen.certificates[0].ocsp->standing, Standing::Unknown);
    EXPECT_EQ(seen.certificates[0].ocsp->because, "closed");
    EXPECT_FALSE(seen.certificates[0].staple);
  }
  EXPECT_EQ(lists.connections(), 1);
}

TEST_F(Revocation, AddressesOfThisNetworkAreAskedOnlyForTargetsInIt) {
  const lab::Server lists(lab::closes());
  const auto leaf = with({{"crlDistributionPoints", "URI:" + at(lists, "/private.crl")}});
  const auto seen = ask_revocation({{leaf.certificate.get(), root_.certificate.get(), {}}}, false, session(), now);
  EXPECT_EQ(seen.certificates[0].crl->because, "denied");
  EXPECT_EQ(lists.connections(), 0);
}

TEST_F(Revocation, NeitherHttpsNorAnUnknownIssuerIsAsked) {
  const auto leaf = with({{"crlDistributionPoints", "URI:https://127.0.0.1/a.crl,URI:ldap://127.0.0.1/"}});
  const auto seen = ask_revocation({{leaf.certificate.get(), root_.certificate.get(), {}}}, true, session(), now);
  EXPECT_EQ(seen.certificates[0].crl->because, "no http URL");
  const auto orphan = ask_revocation({{leaf.certificate.get(), nullptr, {}}}, true, session(), now);
  EXPECT_EQ(orphan.certificates[0].crl->because, "issuer not known");
}

TEST_F(Revocation, AListTooLargeIsNotReadToItsEnd) {
  const lab::Server lists(lab::says(lab::http_answer(Buffer(largest_crl + 1, 0x30))));
  const auto leaf = with({{"crlDistributionPoints", "URI:" + at(lists, "/large.crl")}});
  const auto seen = ask_revocation({{leaf.certificate.get(), root_.certificate.get(), {}}}, true, session(), now);
  EXPECT_EQ(seen.certificates[0].crl->because, "too large");
}

Buffer text_answer(const std::string& text) { return {text.begin(), text.end()}; }

TEST_F(Revocation, WhateverAResponderDoesTheListBesideItIsReadAndTimeIsBounded) {
  std::string circle = "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n";
  std::string file = "HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\n\r\n";
  std::string https = "HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\nContent-Length: 0\r\n\r\n";
  std::string endless = "HTTP/1.1 200 OK\r\n\r\n" + std::string(largest_ocsp + 1, 'x');
  const std::vector<std::pair<lab::Behaviour, std::string>> cases = {
      {lab::silent(), "timeout"},
      {lab::trickles(text_answer("HTTP/1.1 200 OK\r\n\r\n0")), "timeout"},
      {lab::says(text_answer("\x16\x03\x01 this is no HTTP")), "malformed"},
      {lab::says(text_answer(std::string(200000, 'A'))), "malformed"},
      {lab::says(text_answer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnone")), "malformed"},
      {lab::says(text_answer("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")), "status 500"},
      {lab::says(text_answer(endless)), "too large"},
      {lab::says(text_answer(circle)), "malformed"},
      {lab::says(text_answer(file)), "denied"},
      {lab::says(text_answer(https)), "denied"},
      {lab::resets(), "reset"},
  };
  const lab::Server lists(lab::says(lab::http_answer(lab::revocation_list(root_, {now - 1h, now + days(3), {}, {}}))));
  for (const auto& [behaviour, because] : cases) {
    const lab::Server responder(behaviour);
    const auto leaf = with({{"crlDistributionPoints", "URI:" + at(lists, "/beside.crl")},
                            {"authorityInfoAccess", "OCSP;URI:" + at(responder, "/")}});
    Session impatient = session();
    impatient.timeout = 500ms;
    const auto began = std::chrono::steady_clock::now();
    const auto seen =
        ask_revocation({{leaf.certificate.get(), root_.certificate.get(), {}}}, true, impatient, now).certificates[0];
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s) << because;
    ASSERT_TRUE(seen.ocsp && seen.crl);
    EXPECT_EQ(seen.ocsp->standing, Standing::Unknown);
    EXPECT_EQ(seen.ocsp->because, because);
    EXPECT_EQ(seen.crl->standing, Standing::Good);
    EXPECT_LE(responder.connections(), 4) << "a circle is left after three redirects";
  }
}

std::string serial_of(const lab::Identity& identity) {
  const OwnedBignum number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(identity.certificate.get()), nullptr));
  return OwnedText(BN_bn2hex(number.get())).get();
}

// OpenSSL's responder, as anybody can run it.
TEST_F(Revocation, OpensslsResponderIsUnderstood) {
  lab::Folder folder;
  const std::uint16_t port = lab::free_port();
  const std::vector<std::pair<std::string, std::string>> url{
      {"authorityInfoAccess", "OCSP;URI:http://127.0.0.1:" + std::to_string(port) + "/"}};
  const auto good = with(url), revoked = with(url), unlisted = with(url);
  std::ostringstream index;
  index << "V\t351122000000Z\t\t" << serial_of(good) << "\tunknown\t/CN=good\n"
        << "R\t351122000000Z\t251122000000Z,keyCompromise\t" << serial_of(revoked) << "\tunknown\t/CN=revoked\n";
  lab::write_file(folder.path("index.txt"), index.str());
  lab::write_file(folder.path("ca.pem"), root_.pem());
  lab::write_file(folder.path("ca.key"), root_.key_pem());
  lab::Process responder({"openssl", "ocsp", "-port", std::to_string(port), "-index", folder.path("index.txt"), "-CA",
                          folder.path("ca.pem"), "-rsigner", folder.path("ca.pem"), "-rkey", folder.path("ca.key"),
                          "-ndays", "2", "-ignore_err"});
  responder.wait_for_listener(port);
  const auto standing = [&](const lab::Identity& leaf) {
    const auto seen =
        ask_revocation({{leaf.certificate.get(), root_.certificate.get(), {}}}, true, session(), lab::real_now());
    return *seen.certificates[0].ocsp;
  };
  EXPECT_EQ(standing(good).standing, Standing::Good) << standing(good).because;
  EXPECT_EQ(standing(revoked).because, "revoked, keyCompromise");
  EXPECT_EQ(standing(unlisted).because, "unknown to the responder");
}

// nginx gives the response of ssl_stapling_file to who asks for it, in either version.
TEST_F(Revocation, WhatNginxStaplesIsRead) {
  for (const char* version : {"TLSv1.2", "TLSv1.3"}) {
    lab::Folder folder;
    const auto served = lab::issue(lab::server_wish(now, {std::string("DNS:") + lab::consult_name}), &root_);
    const Buffer response = lab::ocsp_response(served, root_, root_, fresh);
    lab::write_file(folder.path("staple.der"), std::string(text_of(response)));
    lab::write_file(folder.path("chain.pem"), served.pem());
    lab::write_file(folder.path("key.pem"), served.key_pem());
    lab::write_file(folder.path("bundle.pem"), root_.pem());
    const lab::Nginx nginx(folder.path("chain.pem"), folder.path("key.pem"),
                           {version, "", "ssl_stapling on; ssl_stapling_file " + folder.path("staple.der") + ";"});
    // A worker that staples nothing yet.
    const lab::Nginx fresh_worker(folder.path("chain.pem"), folder.path("key.pem"), {version, "", ""});
    const lab::Server late(lab::first(2, lab::relay(fresh_worker.port()), lab::relay(nginx.port())));
    Session asking = session();
    asking.now = lab::real_now;
    asking.trust_bundle = folder.path("bundle.pem");
    for (const auto port : {nginx.port(), late.port()}) {
      const auto seen = observe_certificate({{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"}, asking);
      const auto* fact = fact_of<CertificateRevocation>(seen.back());
      ASSERT_NE(fact, nullptr);
      ASSERT_EQ(fact->certificates.size(), 1U);
      ASSERT_TRUE(fact->certificates[0].staple) << version;
      EXPECT_EQ(fact->certificates[0].staple->because, "good") << version;
      EXPECT_FALSE(fact->certificates[0].ocsp);
      EXPECT_FALSE(fact->certificates[0].crl);
    }
  }
}

}  // namespace
}  // namespace kenshin
