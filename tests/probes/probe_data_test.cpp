// The probes' data files as shipped and as somebody replaces them.
#include "probes/probe_data.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/lab/process.h"

namespace kenshin {
namespace {

// A folder for --data.
class ReplacedData : public testing::Test {
 protected:
  void put(const std::string& name, const std::string& text) {
    const std::string path = folder_.path(name);
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    lab::write_file(path, text);
  }
  Result<std::vector<ProbeDataFile>> read() const { return read_probe_data(DataFiles(folder_.path(""))); }

 private:
  lab::Folder folder_;
};

TEST(ProbeData, AsShippedSaysWhereItComesFrom) {
  const auto shipped = read_probe_data(DataFiles());
  ASSERT_TRUE(shipped) << shipped.error().detail;
  ASSERT_EQ(shipped->size(), 19U);  // ten of them lists of address ranges
  for (const ProbeDataFile& file : *shipped) {
    EXPECT_FALSE(file.name.empty() || file.edition.empty() || file.source.empty()) << file.name;
    EXPECT_EQ(file.as_of.has_value(), file.edition != "none") << file.name;
  }
}

TEST_F(ReplacedData, IsReadInPlaceOfWhatIsShipped) {
  put("probes/certificate/weak-keys.json",
      R"({"edition": "mine-1", "as_of": "2026-11-20", "source": "our list", "mark": "policy",
          "digests": ["0123456789abcdef0123"]})");
  const auto files = read();
  ASSERT_TRUE(files) << files.error().detail;
  EXPECT_EQ(files->at(2).edition, "mine-1");
  EXPECT_EQ(files->at(2).as_of, parse_day("2026-11-20"));
  EXPECT_EQ(files->at(0).edition, read_probe_data(DataFiles())->at(0).edition);
}

TEST_F(ReplacedData, ThatIsBrokenNamesItsFile) {
  for (const char* name :
       {"probes/certificate/roots.json", "probes/certificate/ct-logs.json", "probes/certificate/weak-keys.json",
        "probes/tls/dh_groups.json", "probes/domain/rdap-bootstrap.json", "probes/dns/trust-anchors.json",
        "probes/domain/takeover-fingerprints.json", "probes/domain/well-known-names.json", "probes/host/products.json",
        "probes/place/ranges/aws.ranges"}) {
    put(name, "{\n\"edition\": 7}");
    const auto files = read();
    ASSERT_FALSE(files) << name;
    EXPECT_EQ(files.error().kind, Error::Kind::Malformed);
    EXPECT_NE(files.error().detail.find(name), std::string::npos) << files.error().detail;
    put(name, std::string(*DataFiles().read(name)));
  }
}

TEST_F(ReplacedData, OfWeakKeysHasADateUnlessItIsEmpty) {
  put("probes/certificate/weak-keys.json",
      R"({"edition": "1", "as_of": null, "source": "", "mark": "policy", "digests": ["0123456789abcdef0123"]})");
  EXPECT_FALSE(read());
}

}  // namespace
}  // namespace kenshin
