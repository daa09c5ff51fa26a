// Timestamps of a log of our own: made here as RFC 6962 says, in each of the three places.
#include "probes/certificate/timestamps.h"

#include <gtest/gtest.h>

#include "probes/certificate/chain.h"
#include "probes/certificate/read.h"
#include "tests/lab/pki.h"
#include "tests/lab/process.h"

namespace kenshin {
namespace {

const Instant now = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22};

Buffer digest(Bytes bytes) {
  Buffer out(SHA256_DIGEST_LENGTH);
  SHA256(bytes.data(), bytes.size(), out.data());
  return out;
}

Buffer public_key(const EVP_PKEY& key) {
  unsigned char* der = nullptr;
  const int length = i2d_PUBKEY(&key, &der);
  Buffer out(der, der + length);
  OPENSSL_free(der);
  return out;
}

// One log and what it signs.
struct Log {
  OwnedKey key = lab::made_key(lab::KeyKind::EcP256);
  Buffer id = digest(public_key(*key));

  CtLogs list() const {
    const std::string text =
        R"({"edition": "1", "as_of": "2026-11-22", "source": "a test", "mark": "policy", "logs": [{"log_id": ")" +
        hex(id) + R"(", "key": ")" + base64(public_key(*key)) +
        R"(", "description": "a log", "state": "usable", "from": null, "to": null}]})";
    auto read = load_ct_logs(text, "logs.json");
    EXPECT_TRUE(read) << (read ? "" : read.error().detail);
    return read ? *read : CtLogs{};
  }

  // RFC 6962 3.2, for an entry of that type.
  Buffer timestamp(std::uint16_t entry_type, Bytes issuer_key_hash, Bytes entry) const {
    const auto milliseconds = static_cast<std::uint64_t>(now.time_since_epoch().count()) * 1000 + 5;
    const auto time = [&](Writer& out) {
      out.u32(static_cast<std::uint32_t>(milliseconds >> 32));
      out.u32(static_cast<std::uint32_t>(milliseconds));
    };
    Writer part;
    part.u16(0);
    time(part);
    part.u16(entry_type);
    part.put(issuer_key_hash);
    part.vec24([&](Writer& body) { body.put(entry); });
    part.u16(0);
    const OwnedDigestContext context(EVP_MD_CTX_new());
    Buffer signature(256);
    std::size_t size = signature.size();
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get());
    EVP_DigestSign(context.get(), signature.data(), &size, part.view().data(), part.size());
    signature.resize(size);
    Writer out;
    out.u8(0);
    out.put(id);
    time(out);
    out.u16(0);
    out.u8(4);
    out.u8(3);
    out.vec16([&](Writer& body) { body.put(signature); });
    return out.take();
  }
};

Buffer list_of(const std::vector<Buffer>& timestamps) {
  Writer out;
  out.vec16([&](Writer& list) {
    for (const auto& one : timestamps) list.vec16([&](Writer& body) { body.put(one); });
  });
  return out.take();
}

// The same certificate with the list inside: RFC 6962 3.3.
lab::Identity with_embedded(const lab::Identity& plain, const lab::Identity& issuer, Bytes list) {
  lab::Identity out;
  out.certificate.reset(X509_dup(plain.certificate.get()));
  const OwnedOctets inner(ASN1_OCTET_STRING_new());
  ASN1_OCTET_STRING_set(inner.get(), list.data(), static_cast<int>(list.size()));
  unsigned char* der = nullptr;
  const int length = i2d_ASN1_OCTET_STRING(inner.get(), &der);
  const OwnedOctets value(ASN1_OCTET_STRING_new());
  ASN1_OCTET_STRING_set(value.get(), der, length);
  OPENSSL_free(der);
  const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
      X509_EXTENSION_create_by_NID(nullptr, NID_ct_precert_scts, 0, value.get()));
  X509_add_ext(out.certificate.get(), extension.get(), -1);
  X509_sign(out.certificate.get(), issuer.key.get(), EVP_sha256());
  return out;
}

class Timestamps : public testing::Test {
 protected:
  lab::Identity root_ = lab::issue(lab::authority_wish(now, "Root"), nullptr);
  lab::Identity leaf_ = lab::issue(lab::server_wish(now), &root_);
  Log log_;

  Buffer for_certificate() const { return log_.timestamp(0, {}, leaf_.der()); }
  lab::Identity embedded() const {
    unsigned char* der = nullptr;
    const int length = i2d_re_X509_tbs(leaf_.certificate.get(), &der);
    const Buffer tbs(der, der + length);
    OPENSSL_free(der);
    return with_embedded(leaf_, root_, list_of({log_.timestamp(1, digest(public_key(*root_.key)), tbs)}));
  }
};

TEST_F(Timestamps, OfTheHandshakeAreVerifiedAgainstTheLogsKey) {
  const Buffer list = list_of({for_certificate()});
  const auto seen = all_timestamps(*leaf_.certificate, nullptr, list, {}, log_.list());
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0], (SignedTimestamp{hex(log_.id), now, "handshake", Answer::Yes}));
  const auto other = lab::issue(lab::server_wish(now), &root_);
  EXPECT_EQ(all_timestamps(*other.certificate, nullptr, list, {}, log_.list())[0].verified, Answer::No);
}

TEST_F(Timestamps, EmbeddedAreVerifiedAgainstTheIssuerAndThePrecertificate) {
  const auto leaf = embedded();
  const auto seen = all_timestamps(*leaf.certificate, root_.certificate.get(), {}, {}, log_.list());
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0], (SignedTimestamp{hex(log_.id), now, "certificate", Answer::Yes}));
  EXPECT_EQ(all_timestamps(*leaf.certificate, nullptr, {}, {}, log_.list())[0].verified, Answer::Unknown);
  const auto stranger = lab::issue(lab::authority_wish(now, "Root"), nullptr);
  EXPECT_EQ(all_timestamps(*leaf.certificate, stranger.certificate.get(), {}, {}, log_.list())[0].verified, Answer::No);
}

TEST_F(Timestamps, OfALogInNoListAreUnknown) {
  const auto leaf = embedded();
  EXPECT_EQ(all_timestamps(*leaf.certificate, root_.certificate.get(), {}, {}, shipped_ct_logs())[0].verified,
            Answer::Unknown);
  lab::Folder folder;
  lab::write_file(folder.path("bundle.pem"), root_.pem());
  const auto chain = read_chain({{leaf.der()}, TlsVersion::Tls12, {}, list_of({for_certificate()})},
                                "consult.example.jp", folder.path("bundle.pem"), now);
  ASSERT_TRUE(chain) << chain.error().detail;
  ASSERT_EQ(chain->timestamps.size(), 2U);
  EXPECT_EQ(chain->timestamps[0].source, "certificate");
  EXPECT_EQ(chain->timestamps[1].source, "handshake");
}

TEST_F(Timestamps, OfAnotherVersionAreLeftOutAndBrokenListsRefused) {
  Buffer later = for_certificate();
  later[0] = 1;
  const auto read = parse_timestamps(list_of({later, for_certificate()}), "handshake");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->size(), 1U);
  Buffer shorter = for_certificate();
  shorter.pop_back();
  EXPECT_FALSE(parse_timestamps(list_of({shorter}), "handshake"));
  EXPECT_FALSE(parse_timestamps({}, "handshake"));
  Buffer list = list_of({for_certificate()});
  list.push_back(0);
  EXPECT_FALSE(parse_timestamps(list, "handshake"));
}

TEST_F(Timestamps, AListOfLogsIsStrict) {
  const auto with = [&](const std::string& id, const std::string& state, const std::string& as_of) {
    return load_ct_logs(R"({"edition": "1", "as_of": )" + as_of +
                            R"(, "source": "", "mark": "policy", "logs": [{"log_id": ")" + id + R"(", "key": ")" +
                            base64(public_key(*log_.key)) + R"(", "description": "", "state": ")" + state +
                            R"(", "from": "2026-01-01T00:00:00Z", "to": null}]})",
                        "logs.json");
  };
  EXPECT_TRUE(with(hex(log_.id), "usable", "\"2026-11-22\""));
  EXPECT_FALSE(with(std::string(64, '0'), "usable", "\"2026-11-22\""));
  EXPECT_FALSE(with(hex(log_.id), "perhaps", "\"2026-11-22\""));
  EXPECT_FALSE(with(hex(log_.id), "usable", "null"));
  EXPECT_TRUE(shipped_ct_logs().logs.empty());
}

}  // namespace
}  // namespace kenshin
