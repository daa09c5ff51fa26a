// CBC records that are wrong in one way each, and servers that tell them apart.
#include "probes/tls/padding_oracle.h"

#include <gtest/gtest.h>

#include "probes/net/side_by_side.h"
#include "probes/tls/code_points.h"
#include "tests/lab/learned12.h"
#include "tests/lab/peers.h"
#include "tests/lab/tls12_server.h"

namespace kenshin {
namespace {

struct BothOfCbc {
  Vulnerability poodle, oracle;
  std::size_t trials = 0;
};

BothOfCbc look(std::uint16_t port) {
  Session session;
  Conversation conversation(lab::asked12(port), session);
  Tally tally{0};
  const auto seen = observe_padding(conversation, lab::learn12(conversation), tally);
  return {tls_poodle(seen), padding_oracle(seen), seen.trials.size()};
}

// One version and one suite, so that ten rounds stay short.
lab::Behaviour checking(lab::OnPadding on, TlsVersion version = TlsVersion::Tls12) {
  lab::Tls12Wish wish;
  wish.padding = on;
  wish.lowest = wish.highest = version;
  wish.suites = {*suite_named("TLS_RSA_WITH_AES_128_CBC_SHA")};
  return lab::tls12_server(wish);
}

void expect_ten_times(std::uint16_t port, Answer poodle, Answer oracle) {
  const std::vector<std::function<void()>> looks(10, [&] {
    const BothOfCbc seen = look(port);
    EXPECT_EQ(seen.poodle.vulnerable, poodle) << seen.poodle.because;
    EXPECT_EQ(seen.oracle.vulnerable, oracle) << seen.oracle.because;
  });
  side_by_side(looks);
}

TEST(PaddingOracle, PoodleIsFoundTenTimesInTen) {
  for (const TlsVersion version : {TlsVersion::Tls10, TlsVersion::Tls12}) {
    const lab::Server server(checking(lab::OnPadding::Taken, version));
    expect_ten_times(server.port(), Answer::Yes, Answer::No);
  }
}

class PaddingOracles : public testing::TestWithParam<lab::OnPadding> {};
TEST_P(PaddingOracles, AreFoundTenTimesInTen) {
  const lab::Server server(checking(GetParam()));
  expect_ten_times(server.port(), Answer::No, Answer::Yes);
}
INSTANTIATE_TEST_SUITE_P(Every, PaddingOracles,
                         testing::Values(lab::OnPadding::OwnAlert, lab::OnPadding::Overflow, lab::OnPadding::Close,
                                         lab::OnPadding::LeftOpen, lab::OnPadding::EmptyMac));

TEST(PaddingOracle, IsAbsentTenTimesInTen) {
  for (const auto on : {lab::OnPadding::Right, lab::OnPadding::CloseEverything}) {
    const lab::Server server(checking(on));
    expect_ten_times(server.port(), Answer::No, Answer::No);
  }
}

TEST(PaddingOracle, ServersWithMoodsAreUnknown) {
  const lab::Server server(checking(lab::OnPadding::Unsteady));
  const BothOfCbc seen = look(server.port());
  EXPECT_EQ(seen.oracle.vulnerable, Answer::Unknown) << seen.oracle.because;
  EXPECT_EQ(seen.poodle.vulnerable, Answer::Unknown) << seen.poodle.because;
}

TEST(PaddingOracle, AtMostTwoSuitesInTwoVersionsAreTried) {
  const lab::Server server(lab::tls12_server({}));
  const BothOfCbc seen = look(server.port());
  EXPECT_EQ(seen.trials, 4U);
  EXPECT_EQ(seen.oracle.vulnerable, Answer::No) << seen.oracle.because;
}

TEST(PaddingOracle, IsNotApplicableWithoutCbcAndUnknownWithoutAList) {
  lab::Tls12Wish wish;
  wish.suites = {*suite_named("TLS_RSA_WITH_AES_128_GCM_SHA256")};
  const lab::Server server(lab::tls12_server(wish));
  Session session;
  Conversation conversation(lab::asked12(server.port()), session);
  Tally tally{0};
  Learned learned = lab::learn12(conversation);
  EXPECT_EQ(padding_oracle(observe_padding(conversation, learned, tally)),
            (Vulnerability{Answer::NotApplicable, "no CBC suite"}));
  learned.suites.versions[TlsVersion::Tls12].complete = false;
  EXPECT_EQ(tls_poodle(observe_padding(conversation, learned, tally)).vulnerable, Answer::Unknown);
  EXPECT_EQ(tally, 0);
}

TEST(PaddingOracle, RaisesNoFalseAlarm) {
  const lab::Pki pki;
  const lab::OpensslServer openssl(pki, {"-cipher", "ALL:@SECLEVEL=0"});
  const lab::Nginx nginx(pki, {"TLSv1 TLSv1.1 TLSv1.2", "ALL:@SECLEVEL=0", ""});
  const lab::GnutlsServer gnutls(pki, "NORMAL:-VERS-TLS1.3:+VERS-TLS1.0:+VERS-TLS1.1");
  for (const auto port : {openssl.port(), nginx.port(), gnutls.port()}) {
    const BothOfCbc seen = look(port);
    EXPECT_GE(seen.trials, 2U);
    EXPECT_EQ(seen.poodle.vulnerable, Answer::No) << seen.poodle.because;
    EXPECT_EQ(seen.oracle.vulnerable, Answer::No) << seen.oracle.because;
  }
}

}  // namespace
}  // namespace kenshin
