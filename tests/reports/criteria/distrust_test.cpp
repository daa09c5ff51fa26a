// Authorities that programmes stopped trusting: whom a row is about, and which of their certificates.
#include "reports/criteria/distrust.h"

#include <gtest/gtest.h>

#include "probes/base/data_files.h"
#include "probes/certificate/programmes.h"

namespace kenshin {
namespace {

const Instant limit = *parse_instant("2024-11-11T23:59:59Z");
const Anchor entrust{"CN=Some Root,O=Entrust\\, Inc.,C=US", std::string(64, 'a')};

DistrustRow row(DistrustRule rule) {
  DistrustRow out;
  out.authority = "Entrust";
  out.programmes = {"chrome"};
  out.roots = {entrust.sha256};
  out.rule = rule;
  out.date = limit;
  out.mark = "confirmed";
  return out;
}

CertificateChain issued(Instant not_before, std::vector<Instant> stamped = {}) {
  CertificateChain out;
  out.certificates.resize(2);
  out.certificates[0].not_before = not_before;
  out.certificates[1].subject = "CN=Sub,O=DigiCert Inc,C=US";
  for (const Instant at : stamped) out.timestamps.push_back({"", at, "certificate", Answer::Unknown});
  return out;
}

const std::chrono::hours hour{1};

TEST(Distrust, ByTimestampCountsTheEarliestAndIsUnknownWithoutOne) {
  const auto by_stamp = row(DistrustRule::SctAfter);
  EXPECT_EQ(is_distrusted(by_stamp, issued(limit, {limit + hour, limit}), entrust), Answer::No);
  EXPECT_EQ(is_distrusted(by_stamp, issued(limit, {limit + hour}), entrust), Answer::Yes);
  EXPECT_EQ(is_distrusted(by_stamp, issued(limit + hour), entrust), Answer::Unknown);
}

TEST(Distrust, ATimestampNoLogSignedDoesNotCount) {
  auto chain = issued(limit, {limit - hour, limit + hour});
  chain.timestamps[0].verified = Answer::No;
  EXPECT_EQ(is_distrusted(row(DistrustRule::SctAfter), chain, entrust), Answer::Yes);
}

TEST(Distrust, ByDateOfIssueCountsNotBefore) {
  EXPECT_EQ(is_distrusted(row(DistrustRule::NotBeforeAfter), issued(limit), entrust), Answer::No);
  EXPECT_EQ(is_distrusted(row(DistrustRule::NotBeforeAfter), issued(limit + hour), entrust), Answer::Yes);
  EXPECT_EQ(is_distrusted(row(DistrustRule::NotBeforeBefore), issued(limit - hour), entrust), Answer::Yes);
  EXPECT_EQ(is_distrusted(row(DistrustRule::NotBeforeBefore), issued(limit), entrust), Answer::No);
  EXPECT_EQ(is_distrusted(row(DistrustRule::All), issued(limit - hour), entrust), Answer::Yes);
}

TEST(Distrust, OfAnotherRootDoesNotApply) {
  const Anchor other{entrust.subject, std::string(64, 'b')};
  EXPECT_EQ(is_distrusted(row(DistrustRule::All), issued(limit), other), Answer::NotApplicable);
  EXPECT_EQ(is_distrusted(row(DistrustRule::All), CertificateChain{}, entrust), Answer::NotApplicable);
}

TEST(Distrust, OrganisationsMatchTheirOwnAttributeAlone) {
  auto by_name = row(DistrustRule::All);
  by_name.roots.clear();
  by_name.organisations = {"Entrust, Inc."};
  EXPECT_TRUE(is_about(by_name, entrust));
  EXPECT_FALSE(is_about(by_name, {"CN=Entrust\\, Inc.,O=Somebody,C=US", ""}));
  EXPECT_FALSE(is_about(by_name, {"O=Not Entrust\\, Inc.", ""}));
  by_name.except = {"DigiCert"};
  EXPECT_EQ(is_distrusted(by_name, issued(limit), entrust), Answer::No);
}

TEST(Distrust, ShippedRowsAreReadAndTheirRootsAreKnown) {
  const auto text = DataFiles().read("reports/criteria/distrust.json");
  ASSERT_TRUE(text);
  const auto read = load_distrust(*text, "distrust.json");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_GT(read->rows.size(), 10U);
  for (const auto& one : read->rows)
    for (const auto& root : one.roots)
      EXPECT_NE(programme_root(shipped_programmes(), root), nullptr) << one.authority << " " << root;
}

TEST(Distrust, ARowThatIsNotRightIsRefused) {
  const auto with = [](const std::string& who, const std::string& rule, const std::string& date) {
    return load_distrust(R"({"edition": "1", "as_of": "2026-01-01", "source": "", "rows": [{"authority": "A",
        "programmes": ["chrome"], )" +
                             who + R"(, "rule": ")" + rule + R"(", "date": )" + date +
                             R"(, "for_cause": true, "source": "", "mark": "policy"}]})",
                         "distrust.json");
  };
  const std::string someone = R"("organisations": ["A"])", date = R"("2026-01-01T00:00:00Z")";
  EXPECT_TRUE(with(someone, "all", "null"));
  EXPECT_TRUE(with(someone, "sct_after", date));
  EXPECT_FALSE(with(someone, "sct_after", "null"));
  EXPECT_FALSE(with(someone, "perhaps", date));
  EXPECT_FALSE(with(R"("organisations": [])", "all", "null"));
  EXPECT_FALSE(with(R"("organisations": [""])", "all", "null"));
  EXPECT_FALSE(with(R"("roots": ["AA"])", "all", "null"));
}

}  // namespace
}  // namespace kenshin
