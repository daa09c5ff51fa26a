// Evidence of a handshake: it holds, and nothing that was altered does.
#include "probes/tls/transcript.h"

#include <gtest/gtest.h>

#include "tests/lab/scripted.h"
#include "tests/lab/talk13.h"

namespace kenshin {
namespace {

class Transcript : public testing::Test {
 protected:
  void SetUp() override {
    seen_ = lab::Talk13(server_.port()).shake();
    const auto made = transcript_of(seen_);
    ASSERT_TRUE(made) << made.error().detail;
    transcript_ = *made;
    leaf_ = seen_.certificates.front().der;
  }
  std::string checked() const {
    const auto done = check_transcript(transcript_, leaf_);
    return done ? "holds" : done.error().detail;
  }

  const lab::OpensslServer server_{lab::ec_pki(),
                                   {"-tls1_3", "-Verify", "1", "-groups", "P-384"}};  // a retry, a request
  Seen13 seen_;
  TlsTranscript transcript_;
  Buffer leaf_;
};

TEST_F(Transcript, HoldsForWhoeverHasIt) {
  EXPECT_TRUE(seen_.retried_for && seen_.certificate_requested);
  EXPECT_EQ(checked(), "holds");
  EXPECT_EQ(transcript_.random.size(), 64U);
}

TEST_F(Transcript, OfAnotherRandomIsRefused) {
  transcript_.random[5] = transcript_.random[5] == 'a' ? 'b' : 'a';
  EXPECT_EQ(checked(), "another random");
}

TEST_F(Transcript, OfAnotherCertificateIsRefused) {
  leaf_ = seen_.certificates.at(1).der;
  EXPECT_EQ(checked(), "another certificate");
}

TEST_F(Transcript, OfAnotherSchemeOrSuiteIsRefused) {
  const TlsTranscript original = transcript_;
  transcript_.scheme = SchemeId{0x0804};
  EXPECT_EQ(checked(), "another scheme");
  transcript_ = original;
  transcript_.suite = SuiteId{0x1303};
  EXPECT_EQ(checked(), "another suite");
}

TEST_F(Transcript, WithAnyBitTurnedIsRefused) {
  const Buffer original = transcript_.messages;
  for (std::size_t at = 0; at < original.size(); at += 7) {
    transcript_.messages = original;
    transcript_.messages[at] ^= 0x10;
    EXPECT_NE(checked(), "holds") << at;
  }
  transcript_.messages = original;
  transcript_.messages.push_back(0);
  EXPECT_NE(checked(), "holds");
}

TEST(ObservedTranscript, SaysWhyThereIsNone) {
  const lab::Server resetting(lab::resets());
  lab::Talk13 talk(resetting.port());
  EXPECT_EQ(talk.transcript().error().kind, Error::Kind::Reset);
  EXPECT_EQ(talk.tally, 3);
  talk.learned.versions.versions[TlsVersion::Tls13] = {Answer::No, "alert protocol_version"};
  EXPECT_EQ(talk.transcript().error().kind, Error::Kind::Absent);
}

TEST(ObservedTranscript, ComesFromOneConnection) {
  const lab::Nginx nginx(lab::ec_pki(), {"TLSv1.3", "", ""});
  lab::Talk13 talk(nginx.port());
  const auto made = talk.transcript();
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(talk.tally, 1);
}

TEST(TranscriptOfAResumption, IsAbsent) { EXPECT_EQ(transcript_of(Seen13{}).error().kind, Error::Kind::Absent); }

}  // namespace
}  // namespace kenshin
