// The server's messages byte by byte: what each may hold, and that nothing shorter or longer passes.
#include <gtest/gtest.h>

#include <functional>

#include "probes/tls/code_points.h"
#include "probes/tls/encrypted_messages.h"
#include "probes/tls/server_messages.h"

namespace kenshin {
namespace {

Buffer bytes(std::string_view text) { return *from_hex(text); }

// Reads the whole, and neither a part of it nor more.
void expect_exact(const Buffer& whole, const std::function<bool(Bytes)>& reads) {
  EXPECT_TRUE(reads(whole));
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_FALSE(reads(Bytes(whole).first(length))) << length;
  Buffer more = whole;
  more.push_back(0);
  EXPECT_FALSE(reads(more));
}

TEST(ServerKeyExchange, NamesCurvePointAndScheme) {
  const Buffer whole = bytes("03001d040102030408040003aabbcc");
  const auto read = parse_server_key_exchange(whole, KeyExchangeKind::Ecdhe, TlsVersion::Tls12);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->group, GroupId{0x001D});
  EXPECT_EQ(read->public_value, bytes("01020304"));
  EXPECT_EQ(read->signed_part, bytes("03001d0401020304"));
  EXPECT_EQ(read->scheme, SchemeId{0x0804});
  EXPECT_EQ(read->signature, bytes("aabbcc"));
  EXPECT_FALSE(
      parse_server_key_exchange(bytes("03001d040102030408040003aabb"), KeyExchangeKind::Ecdhe, TlsVersion::Tls12));
}

TEST(ServerKeyExchange, HasNoSchemeBeforeTls12AndNoSignatureWhereAnonymous) {
  const auto old =
      parse_server_key_exchange(bytes("03001704010203040002aabb"), KeyExchangeKind::Ecdhe, TlsVersion::Tls11);
  ASSERT_TRUE(old);
  EXPECT_FALSE(old->scheme);
  EXPECT_EQ(old->signature, bytes("aabb"));
  const auto anonymous =
      parse_server_key_exchange(bytes("0300170401020304"), KeyExchangeKind::Ecdhe, TlsVersion::Tls12);
  ASSERT_TRUE(anonymous);
  EXPECT_TRUE(anonymous->signature.empty());
  EXPECT_FALSE(anonymous->scheme);
}

TEST(ServerKeyExchange, HoldsPrimeGeneratorAndValue) {
  const auto read =
      parse_server_key_exchange(bytes("0002fffd0001020002123404010002aabb"), KeyExchangeKind::Dhe, TlsVersion::Tls12);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->prime, bytes("fffd"));
  EXPECT_EQ(read->generator, bytes("02"));
  EXPECT_EQ(read->public_value, bytes("1234"));
  const auto rsa =
      parse_server_key_exchange(bytes("0002c5c500030100010002aabb"), KeyExchangeKind::RsaExport, TlsVersion::Tls10);
  ASSERT_TRUE(rsa);
  EXPECT_EQ(rsa->prime, bytes("c5c5"));
  EXPECT_EQ(rsa->generator, bytes("010001"));
  EXPECT_TRUE(rsa->public_value.empty());
}

TEST(ServerKeyExchange, IsNoExplicitCurveAndNothingEmpty) {
  EXPECT_FALSE(parse_server_key_exchange(bytes("01001d0401020304"), KeyExchangeKind::Ecdhe, TlsVersion::Tls12));
  EXPECT_FALSE(parse_server_key_exchange(bytes("03001d00"), KeyExchangeKind::Ecdhe, TlsVersion::Tls12));
  EXPECT_FALSE(parse_server_key_exchange(bytes("00000001020001"), KeyExchangeKind::Dhe, TlsVersion::Tls12));
}

TEST(ServerKeyExchange, IsOfTheKindTheSuiteSays) {
  const auto kind = [](std::string_view name) { return key_exchange_of(*suite_named(name)); };
  EXPECT_EQ(kind("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"), KeyExchangeKind::Ecdhe);
  EXPECT_EQ(kind("TLS_ECDH_anon_WITH_AES_128_CBC_SHA"), KeyExchangeKind::Ecdhe);
  EXPECT_EQ(kind("TLS_DHE_RSA_WITH_AES_128_CBC_SHA"), KeyExchangeKind::Dhe);
  EXPECT_EQ(kind("TLS_DHE_DSS_EXPORT_WITH_DES40_CBC_SHA"), KeyExchangeKind::Dhe);
  EXPECT_EQ(kind("TLS_DH_anon_WITH_RC4_128_MD5"), KeyExchangeKind::Dhe);
  EXPECT_EQ(kind("TLS_RSA_EXPORT_WITH_RC4_40_MD5"), KeyExchangeKind::RsaExport);
  for (const auto* none :
       {"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_DH_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDH_RSA_WITH_AES_128_CBC_SHA",
        "TLS_DHE_PSK_WITH_AES_128_CBC_SHA", "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA", "TLS_AES_128_GCM_SHA256"})
    EXPECT_FALSE(kind(none)) << none;
}

TEST(CertificateRequest, NamesSchemesAndAuthorities) {
  const Buffer tls12 = bytes("020140000404030804000600043002aabb");
  const auto read = parse_certificate_request(tls12, TlsVersion::Tls12);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->schemes, (std::vector<SchemeId>{SchemeId{0x0403}, SchemeId{0x0804}}));
  EXPECT_EQ(read->authorities, std::vector<Buffer>{bytes("3002aabb")});
  expect_exact(tls12, [](Bytes b) { return parse_certificate_request(b, TlsVersion::Tls12).has_value(); });
  const auto old = parse_certificate_request(bytes("020140000600043002aabb"), TlsVersion::Tls10);
  ASSERT_TRUE(old);
  EXPECT_TRUE(old->schemes.empty());
  EXPECT_EQ(old->authorities.size(), 1U);
}

TEST(CertificateRequest, OfTls13HasNoContext) {
  const Buffer tls13 = bytes("000014000d000400020403002f0008000600043002aabb");
  const auto read = parse_certificate_request(tls13, TlsVersion::Tls13);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->schemes, std::vector<SchemeId>{SchemeId{0x0403}});
  EXPECT_EQ(read->authorities, std::vector<Buffer>{bytes("3002aabb")});
  expect_exact(tls13, [](Bytes b) { return parse_certificate_request(b, TlsVersion::Tls13).has_value(); });
  EXPECT_FALSE(parse_certificate_request(bytes("01070000"), TlsVersion::Tls13));
}

TEST(CertificateStatus, HoldsOneOcspResponse) {
  const Buffer whole = bytes("0100000330010a");
  EXPECT_EQ(*parse_certificate_status(whole), bytes("30010a"));
  expect_exact(whole, [](Bytes b) { return parse_certificate_status(b).has_value(); });
  EXPECT_FALSE(parse_certificate_status(bytes("0200000330010a"))) << "another type";
  EXPECT_FALSE(parse_certificate_status(bytes("01000000"))) << "empty";
}

TEST(TimestampList, HoldsAtLeastOne) {
  const Buffer whole = bytes("00070001aa0002bbcc");
  EXPECT_EQ(*parse_timestamp_list(whole), (std::vector<Buffer>{bytes("aa"), bytes("bbcc")}));
  expect_exact(whole, [](Bytes b) { return parse_timestamp_list(b).has_value(); });
  EXPECT_FALSE(parse_timestamp_list(bytes("0000")));
  EXPECT_FALSE(parse_timestamp_list(bytes("00020000")));
}

TEST(NewSessionTicket, OfTls12MayBeEmpty) {
  const auto read = parse_new_session_ticket12(bytes("00001c200000"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->lifetime_hint, 7200U);
  EXPECT_TRUE(read->ticket.empty());
  expect_exact(bytes("00001c200002aabb"), [](Bytes b) { return parse_new_session_ticket12(b).has_value(); });
}

TEST(NewSessionTicket, OfTls13SaysHowMuchEarlyDataItTakes) {
  const Buffer whole = bytes("00001c20000000010100000201020008002a000400004000");
  const auto read = parse_new_session_ticket13(whole);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->nonce, bytes("00"));
  EXPECT_EQ(read->ticket, bytes("0102"));
  EXPECT_EQ(read->max_early_data, 16384U);
  expect_exact(whole, [](Bytes b) { return parse_new_session_ticket13(b).has_value(); });
  EXPECT_FALSE(parse_new_session_ticket13(bytes("00001c2000000001010000000000"))) << "an empty ticket";
  EXPECT_FALSE(parse_new_session_ticket13(bytes("00001c20000000010100000201020007002a0003000040"))) << "a short size";
}

TEST(EncryptedExtensions, AreNeverTwoOfAType) {
  const auto read = parse_encrypted_extensions(bytes("000800100000000a0000"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->size(), 2U);
  EXPECT_FALSE(parse_encrypted_extensions(bytes("00080010000000100000")));
}

TEST(Certificate13, HoldsEntriesWithTheirExtensions) {
  const Buffer whole = bytes("0000000d000002300000060005000201aa");
  const auto read = parse_certificate13(whole);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().der, bytes("3000"));
  EXPECT_EQ(read->front().extensions.at(5), bytes("01aa"));
  expect_exact(whole, [](Bytes b) { return parse_certificate13(b).has_value(); });
  EXPECT_FALSE(parse_certificate13(bytes("000000050000000000"))) << "an empty certificate";
  EXPECT_FALSE(parse_certificate13(bytes("0107000000"))) << "a context";
}

}  // namespace
}  // namespace kenshin
