// The shipped roots: every one can be read, and a file that is not right is refused.
#include "probes/certificate/programmes.h"

#include <gtest/gtest.h>

#include <set>

#include "probes/certificate/read.h"
#include "probes/certificate/trust.h"

namespace kenshin {
namespace {

TEST(ProgrammeRoots, ShippedAllStandForANameAndAKey) {
  const auto& programmes = shipped_programmes();
  std::set<std::string> fingerprints, ids;
  for (const auto& programme : programmes.programmes) ids.insert(programme.id);
  EXPECT_EQ(ids, (std::set<std::string>{"mozilla", "chrome", "apple", "microsoft"}));
  for (const auto& root : programmes.roots) {
    const OwnedX509 x509 = anchor_certificate(root);
    ASSERT_NE(x509, nullptr) << root.subject;
    EXPECT_EQ(name_text(X509_get_subject_name(x509.get())), root.subject);
    EXPECT_TRUE(fingerprints.insert(root.sha256).second) << root.subject;
    EXPECT_LT(root.not_before, root.not_after);
  }
  EXPECT_GT(programmes.roots.size(), 200U);
  for (const auto& edition : programmes.programmes) EXPECT_LE(programmes.as_of, edition.as_of);
}

TEST(ProgrammeRoots, AreFoundByFingerprint) {
  const auto& programmes = shipped_programmes();
  const auto& first = programmes.roots.front();
  EXPECT_EQ(programme_root(programmes, first.sha256), &first);
  EXPECT_EQ(programme_root(programmes, std::string(64, '0')), nullptr);
}

TEST(ProgrammeRoots, AreTheStoreWhereNoBundleIsNamed) {
  const auto anchors = trust_anchors("");
  ASSERT_TRUE(anchors) << anchors.error().detail;
  EXPECT_EQ((*anchors)->description.kind, StoreKind::Programmes);
  EXPECT_EQ((*anchors)->description.as_of, shipped_programmes().as_of);
  EXPECT_EQ((*anchors)->anchors.size(), shipped_programmes().roots.size());
}

std::string file(const std::string& roots) {
  return R"({"edition": "1", "as_of": "2026-01-01", "mark": "policy", "source": "a test",
             "programmes": [{"id": "mozilla", "as_of": "2026-01-01"}], "roots": [)" +
         roots + "]}";
}
std::string root(const std::string& sha256, const std::string& programmes) {
  return R"({"subject": "CN=A", "sha256": ")" + sha256 +
         R"(", "name": "", "key": "", "key_id": "", "serial": "01", "not_before": "2026-01-01T00:00:00Z",
            "not_after": "2027-01-01T00:00:00Z", "programmes": [)" +
         programmes + "]}";
}

TEST(ProgrammeRoots, ThatAreNotRightAreRefused) {
  const std::string sha256(64, 'a');
  EXPECT_TRUE(load_programmes(file(root(sha256, R"("mozilla")")), "roots.json"));
  for (const auto& wrong : {file(""), file(root("AA", R"("mozilla")")), file(root(sha256, "")),
                            file(root(sha256, R"("opera")")), std::string("{}"), std::string("[")}) {
    const auto read = load_programmes(wrong, "roots.json");
    ASSERT_FALSE(read) << wrong;
    EXPECT_EQ(read.error().detail.rfind("roots.json", 0), 0U) << read.error().detail;
  }
}

}  // namespace
}  // namespace kenshin
