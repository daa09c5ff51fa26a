// --data, from the folder to what is observed and reported.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "probes/base/json_fields.h"
#include "probes/certificate/keys.h"
#include "probes/certificate/shared_keys.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

constexpr const char* weak_keys = "probes/certificate/weak-keys.json";

// A folder for --data with a list of weak keys in it.
class Data : public testing::Test {
 protected:
  void put(const std::string& text) {
    const std::filesystem::path path = folder_.path(weak_keys);
    std::filesystem::create_directories(path.parent_path());
    lab::write_file(path.string(), text);
  }
  lab::Ran kenshin(const std::string& words) const {
    return lab::run(
        {"sh", "-c",
         "NO_COLOR=1 " BINARY_DIR "/kenshin --lang en --data '" + folder_.path("") + "' " + words + " 2>&1"});
  }
  std::string path(const std::string& name) const { return folder_.path(name); }

 private:
  const lab::Folder folder_;
};

std::string first_digest(const std::string& pem_file) {
  const Owned<BIO, BIO_free_all> in(BIO_new_file(pem_file.c_str(), "r"));
  const OwnedX509 leaf(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
  const Buffer bytes = rsa_modulus(*X509_get0_pubkey(leaf.get()));
  const OwnedBignum modulus(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  return weak_key_digest(modulus.get());
}

std::string text_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_F(Data, ReachesTheProbesAndTheReport) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.3", "", ""});
  put(R"({"edition": "mine-1", "as_of": "2026-11-20", "source": "a list of our own", "mark": "policy", "digests": [")" +
      first_digest(pki.chain()) + "\"]}");
  lab::write_file(path("doors.toml"), "[sources]\nwhois = \"127.0.0.1:1\"\nresolver = \"127.0.0.1:1\"\n");
  const auto scan =
      kenshin("scan " + std::string(lab::consult_name) + "@127.0.0.1:" + std::to_string(nginx.port()) +
              " --trust-bundle " + pki.bundle() + " --config " + path("doors.toml") + " --out " + path("out"));
  EXPECT_NE(text_of(path("out/facts.jsonl")).find("\"key_problems\":[\"debian_weak\"]"), std::string::npos)
      << scan.output;
  const std::string result = text_of(path("out/result.json"));
  for (const char* part : {"weak keys", "mine-1", "2026-11-20", "a list of our own", "key-broken"})
    EXPECT_NE(result.find(part), std::string::npos) << part;
}

TEST_F(Data, EachFileAVerdictMayRestOnIsInTheReportEmptyOnesToo) {
  const lab::Server closing(lab::closes());
  kenshin("scan 127.0.0.1:" + std::to_string(closing.port()) + " --out " + path("out"));
  const auto result = parse_json(text_of(path("out/result.json")), "result.json");
  ASSERT_TRUE(result) << result.error().detail;
  std::map<std::string, Json> files;
  for (const Json& file : (*result)["data"]) files[file["name"].get<std::string>()] = file;
  for (const char* name :
       {"cipher suite lists", "root programmes", "distrusted authorities", "end of support", "certificate logs",
        "weak keys", "known Diffie-Hellman groups", "RDAP servers", "DNS root keys", "takeover fingerprints",
        "well-known names", "public suffixes", "cloud regions", "CAA names of authorities", "address ranges"})
    EXPECT_TRUE(files.contains(name)) << name;
  for (const auto& [name, file] : files) {
    const bool empty = name == "certificate logs" || name == "weak keys" || name == "address ranges";
    EXPECT_EQ(file["empty"].get<bool>(), empty) << name;
    EXPECT_EQ(file["as_of"].is_null(), empty) << name;
  }
}

TEST_F(Data, ThatIsBrokenEndsTheProgramWithFileAndRemedy) {
  put("{\"edition\": 7}");
  const auto said = kenshin("explain");
  EXPECT_EQ(said.status, 65);
  EXPECT_NE(said.output.find(weak_keys), std::string::npos) << said.output;
  EXPECT_NE(said.output.find("take it out of"), std::string::npos) << said.output;
}

TEST_F(Data, ThatCannotBeReadIsNoReasonForTheEmbeddedOne) {
  std::filesystem::create_directories(path(weak_keys));  // a folder in the file's place
  const auto said = kenshin("explain");
  EXPECT_EQ(said.status, 65);
  EXPECT_NE(said.output.find(weak_keys), std::string::npos) << said.output;
}

}  // namespace
}  // namespace kenshin
