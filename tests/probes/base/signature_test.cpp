// Detached signatures against those of the openssl command, both ways.
#include "probes/base/signature.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/lab/process.h"

namespace kenshin {
namespace {

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Keys and signatures made by `openssl`.
struct Signer {
  lab::Folder folder;
  explicit Signer(const std::string& how) {
    shell("openssl genpkey " + how + " -out key.pem 2>/dev/null && openssl pkey -in key.pem -pubout -out public.pem");
  }
  void shell(const std::string& command) const {
    const auto ran = lab::run({"sh", "-c", "cd " + folder.path("") + " && " + command});
    ASSERT_EQ(ran.status, 0) << ran.output;
  }
  std::string content(const std::string& name) const { return content_of(folder.path(name)); }
};
const std::string p256 = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256",
                  rsa = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";

TEST(DetachedSignature, IsReadByOpenssl) {
  for (const auto& how : {p256, rsa}) {
    const Signer signer(how);
    const auto signature = sign_detached("facts of a PC\n", signer.content("key.pem"));
    ASSERT_TRUE(signature) << signature.error().detail;
    lab::write_file(signer.folder.path("facts"), "facts of a PC\n");
    lab::write_file(signer.folder.path("facts.sig"), *signature);
    signer.shell("openssl dgst -sha256 -verify public.pem -signature facts.sig facts");
  }
}

TEST(DetachedSignature, OfOpensslIsGoodForTheExactBytesAlone) {
  const Signer signer(p256), other(p256);
  lab::write_file(signer.folder.path("facts"), "facts of a PC\n");
  signer.shell("openssl dgst -sha256 -sign key.pem -out facts.sig facts");
  const auto signature = signer.content("facts.sig"), key = signer.content("public.pem");
  const auto good = verify_detached("facts of a PC\n", signature, key);
  ASSERT_TRUE(good) << good.error().detail;
  EXPECT_EQ(good->size(), 64U);
  EXPECT_EQ(verify_detached("facts of a PC", signature, key).error().kind, Error::Kind::Denied);
  EXPECT_EQ(verify_detached("facts of a PC\n", "", key).error().kind, Error::Kind::Denied);
  EXPECT_EQ(verify_detached("facts of a PC\n", signature, other.content("public.pem")).error().kind,
            Error::Kind::Denied);
}

TEST(DetachedSignature, RefusesWeakAndForeignKeys) {
  for (const auto* how : {"-algorithm RSA -pkeyopt rsa_keygen_bits:1024", "-algorithm ED25519",
                          "-algorithm EC -pkeyopt ec_paramgen_curve:P-384",
                          "-algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes128 -pass pass:x"}) {
    const lab::Folder folder;
    const auto made = lab::run(
        {"sh", "-c", "openssl genpkey " + std::string(how) + " -out " + folder.path("key.pem") + " 2>/dev/null"});
    ASSERT_EQ(made.status, 0) << how;
    EXPECT_EQ(sign_detached("x", content_of(folder.path("key.pem"))).error().kind, Error::Kind::Malformed) << how;
  }
  EXPECT_EQ(verify_detached("x", "y", "no key").error().kind, Error::Kind::Malformed);
  EXPECT_EQ(sign_detached("x", "").error().kind, Error::Kind::Malformed);
}

}  // namespace
}  // namespace kenshin
