// Records of TLS 1.0 to 1.2: what one side seals the other opens, and nothing else.
#include "probes/tls/record12.h"

#include <gtest/gtest.h>

#include "probes/tls/code_points.h"

namespace kenshin {
namespace {

constexpr std::uint8_t application_data = 23;

Record record_in(Bytes whole) {
  RecordReader reader;
  reader.push(whole);
  return **reader.next();
}

struct BothEnds {
  Protection12 sender, receiver;
};

BothEnds ends(const Suite12& suite, TlsVersion version, bool encrypt_then_mac) {
  const KeyBlock keys = key_block(suite, version, Buffer(48, std::uint8_t{1}),
                                  {Buffer(32, std::uint8_t{2}), Buffer(32, std::uint8_t{3})});
  return {{suite, version, keys.client, encrypt_then_mac}, {suite, version, keys.client, encrypt_then_mac}};
}

Suite12 suite_called(const char* name) { return *suite12(*suite_named(name)); }

TEST(Record12, OpensWhatWasSealedOfEverySize) {
  for (const char* name :
       {"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA256", "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        "TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"})
    for (const TlsVersion version : {TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12})
      for (const bool encrypt_then_mac : {false, true}) {
        const Suite12 suite = suite_called(name);
        if (!fits(suite, version)) continue;
        BothEnds both = ends(suite, version, encrypt_then_mac);
        for (std::size_t size = 0; size < 70; ++size) {
          const Buffer content(size, static_cast<std::uint8_t>(size));
          const auto opened = both.receiver.open(record_in(both.sender.seal(application_data, content)));
          ASSERT_TRUE(opened) << name << " " << version_name(version) << " " << size;
          EXPECT_EQ(*opened, content);
        }
      }
}

TEST(Record12, RefusesARecordWithOneBitChanged) {
  for (const char* name : {"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_GCM_SHA256",
                           "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"})
    for (const bool encrypt_then_mac : {false, true}) {
      const Suite12 suite = suite_called(name);
      const Buffer content{'h', 'e', 'l', 'l', 'o'};
      const Buffer whole = ends(suite, TlsVersion::Tls12, encrypt_then_mac).sender.seal(application_data, content);
      for (std::size_t at = 5; at < whole.size(); ++at) {
        Buffer changed = whole;
        changed[at] ^= 1;
        EXPECT_FALSE(ends(suite, TlsVersion::Tls12, encrypt_then_mac).receiver.open(record_in(changed)))
            << name << " " << at;
      }
      for (std::size_t left = 5; left < whole.size(); ++left) {
        Record shorter = record_in(whole);
        shorter.fragment.resize(left - 5);
        EXPECT_FALSE(ends(suite, TlsVersion::Tls12, encrypt_then_mac).receiver.open(shorter)) << name << " " << left;
      }
    }
}

TEST(Record12, RefusesARecordThatComesTwice) {
  BothEnds both = ends(suite_called("TLS_RSA_WITH_AES_128_GCM_SHA256"), TlsVersion::Tls12, false);
  const Record record = record_in(both.sender.seal(application_data, Buffer{'x'}));
  EXPECT_TRUE(both.receiver.open(record));
  EXPECT_FALSE(both.receiver.open(record));
}

TEST(Record12, SealsBlocksAsTheyStand) {
  BothEnds both = ends(suite_called("TLS_RSA_WITH_AES_128_CBC_SHA"), TlsVersion::Tls10, false);
  const Buffer blocks(64, std::uint8_t{0xFF});
  const auto opened = both.receiver.open_blocks(record_in(both.sender.seal_blocks(application_data, blocks)));
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, blocks);
}

TEST(Suite12, IsReadFromItsName) {
  const Suite12 cbc = suite_called("TLS_DHE_RSA_WITH_AES_256_CBC_SHA256");
  EXPECT_EQ(cbc.agreement, KeyAgreement::Dhe);
  EXPECT_EQ(cbc.cipher, "AES-256-CBC");
  EXPECT_EQ(cbc.mac, "SHA256");
  EXPECT_EQ(cbc.mac_size, 32U);
  EXPECT_FALSE(fits(cbc, TlsVersion::Tls11));
  const Suite12 gcm = suite_called("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
  EXPECT_EQ(gcm.kind, CipherKind::Aead);
  EXPECT_EQ(gcm.mac, "");
  EXPECT_EQ(gcm.hash, "SHA384");
  const Suite12 old = suite_called("TLS_RSA_WITH_3DES_EDE_CBC_SHA");
  EXPECT_EQ(old.hash, "SHA256");
  EXPECT_TRUE(fits(old, TlsVersion::Tls10) && fits(old, TlsVersion::Tls12));
  EXPECT_FALSE(fits(old, TlsVersion::Ssl3) || fits(old, TlsVersion::Tls13));
}

TEST(Suite12, IsNothingWhereNoHandshakeCanBeFinished) {
  for (const char* name :
       {"TLS_AES_128_GCM_SHA256", "TLS_RSA_EXPORT_WITH_RC4_40_MD5", "TLS_PSK_WITH_AES_128_CBC_SHA",
        "TLS_DHE_PSK_WITH_AES_128_CBC_SHA", "TLS_ECDH_RSA_WITH_AES_128_CBC_SHA", "TLS_DH_RSA_WITH_AES_128_CBC_SHA",
        "TLS_RSA_WITH_NULL_SHA", "TLS_RSA_WITH_AES_128_CCM_8", "TLS_SRP_SHA_WITH_AES_128_CBC_SHA"})
    EXPECT_EQ(suite12(*suite_named(name)).has_value(), false) << name;
  EXPECT_FALSE(suite12(static_cast<SuiteId>(0x1234)));
}

}  // namespace
}  // namespace kenshin
