// Record data and messages, byte by byte after the RFCs' own drawings.
#include "probes/dns/records.h"

#include <gtest/gtest.h>

#include "probes/dns/message.h"
#include "probes/dns/trust_anchors.h"

namespace kenshin {
namespace {

Buffer bytes(const std::string& digits) { return *from_hex(digits); }
const std::string example = "076578616d706c65026a7000";  // example.jp.

TEST(DnsName, IsLowerCaseWithoutAFinalDotAndEscapesWhatIsNoHostName) {
  EXPECT_EQ(*parse_name(bytes(example)), "example.jp");
  EXPECT_EQ(*parse_name(bytes("03574157026a7000")), "waw.jp");
  EXPECT_EQ(*parse_name(bytes("00")), ".");
  EXPECT_EQ(*parse_name(bytes("03612e62026a7000")), "a\\046b.jp") << "a dot within a label";
  EXPECT_EQ(*parse_name(*dns_name_bytes("a\\046b.jp")), "a\\046b.jp");
}

TEST(DnsName, RefusesWhatIsCutTooLongOrCompressed) {
  for (const char* wrong : {"", "07", "03777777", "4061", "c00c", "0161"})
    EXPECT_FALSE(parse_name(bytes(wrong))) << wrong;
  std::string longest;
  for (int i = 0; i < 4; ++i) longest += "3f" + std::string(126, '6');
  EXPECT_FALSE(parse_name(bytes(longest + "00"))) << "257 bytes";
  EXPECT_FALSE(dns_name_bytes("a..jp"));
  EXPECT_FALSE(dns_name_bytes(std::string(64, 'a') + ".jp"));
  EXPECT_FALSE(dns_name_bytes("a\\256.jp"));
}

TEST(DnsRecords, AreReadWhole) {
  EXPECT_EQ(*parse_address(bytes("c0000201"), DnsType::A), "192.0.2.1");
  EXPECT_EQ(*parse_address(bytes("20010db8000000000000000000000001"), DnsType::Aaaa), "2001:db8::1");
  EXPECT_EQ(parse_mx(bytes("000a" + example))->host, "example.jp");
  EXPECT_EQ(parse_mx(bytes("000000"))->host, ".");
  EXPECT_EQ(*parse_txt(bytes("0461626364026566")), "abcdef");
  EXPECT_EQ(parse_srv(bytes("0001000201bb" + example))->port, 443);
  const auto caa =
      parse_caa(bytes("80"
                      "054953535545"
                      "63612e6578616d706c65"));
  ASSERT_TRUE(caa);
  EXPECT_TRUE(caa->critical);
  EXPECT_EQ(caa->tag, "issue");
  EXPECT_EQ(caa->value, "ca.example");
  EXPECT_EQ(parse_ds(bytes("4f660802" + std::string(64, 'a')))->key_tag, 20326);
  EXPECT_EQ(parse_dnskey(bytes("01010308aa"))->algorithm, 8);
  EXPECT_EQ(parse_tlsa(bytes("030101" + std::string(64, '0')))->usage, 3);
  const auto https =
      parse_https(bytes("0001"
                        "00"
                        "00010003026832"
                        "00030002"
                        "01bb"));
  ASSERT_TRUE(https);
  EXPECT_EQ(https->parameters, (std::vector<int>{1, 3}));
  const auto soa = parse_soa(bytes(example + example +
                                   "00000007"
                                   "00000384"
                                   "0000012c"
                                   "00015180"
                                   "0000012c"));
  ASSERT_TRUE(soa);
  EXPECT_EQ(soa->serial, 7U);
  const auto rrsig =
      parse_rrsig(bytes("0001"
                        "0d02"
                        "0000012c"
                        "69000000"
                        "68000000"
                        "1234" +
                        example + "ff"));
  ASSERT_TRUE(rrsig);
  EXPECT_EQ(rrsig->signer, "example.jp");
  EXPECT_GT(rrsig->expires, rrsig->begins);
}

TEST(DnsRecords, AreRefusedWhereBytesRunShortOrAreLeftOver) {
  EXPECT_FALSE(parse_address(bytes("c00002"), DnsType::A));
  EXPECT_FALSE(parse_address(bytes("c0000201"), DnsType::Aaaa));
  EXPECT_FALSE(parse_name(bytes(example + "00")));
  EXPECT_FALSE(parse_mx(bytes("000a")));
  EXPECT_FALSE(parse_txt({}));
  EXPECT_FALSE(parse_txt(bytes("0561")));
  EXPECT_FALSE(parse_srv(bytes("000100020003")));
  EXPECT_FALSE(parse_caa(bytes("0000"))) << "no tag";
  EXPECT_FALSE(parse_caa(bytes("00026120"))) << "a tag with a space";
  EXPECT_FALSE(parse_ds(bytes("4f660802aa"))) << "SHA-256 has 32 bytes";
  EXPECT_FALSE(parse_dnskey(bytes("01010208aa"))) << "the protocol is 3";
  EXPECT_FALSE(parse_tlsa(bytes("030101aa")));
  EXPECT_FALSE(
      parse_https(bytes("000100"
                        "00030002"
                        "01bb"
                        "00010003026832")))
      << "keys ascend";
  EXPECT_FALSE(parse_rrsig(bytes("00010d02")));
  EXPECT_FALSE(parse_soa(bytes(example + example + "00000007")));
}

const std::string question =
    "076578616d706c65026a7000"
    "0002"
    "0001";

TEST(DnsMessages, FollowCompressionBackwardsOnly) {
  const std::string head =
      "1234"
      "8400"
      "0001"
      "0001"
      "0000"
      "0000";
  const auto good = parse_dns_message(bytes(head + question +
                                            "c00c"
                                            "0002"
                                            "0001"
                                            "0000012c"
                                            "0005"
                                            "026e73c00c"));
  ASSERT_TRUE(good) << good.error().detail;
  EXPECT_TRUE(good->authoritative);
  ASSERT_EQ(good->answer.size(), 1U);
  EXPECT_EQ(*parse_name(good->answer[0].data), "ns.example.jp");
  EXPECT_TRUE(answers(*good, {"example.jp", DnsType::Ns}, 0x1234));
  EXPECT_FALSE(answers(*good, {"example.jp", DnsType::A}, 0x1234));
  EXPECT_FALSE(answers(*good, {"example.jp", DnsType::Ns}, 0x1235));
  for (const char* circle : {"c01c", "c01e", "c00a", "c0ff"})
    EXPECT_FALSE(parse_dns_message(bytes(head + question + circle +
                                         "0002"
                                         "0001"
                                         "0000012c"
                                         "0005"
                                         "026e73c00c")))
        << circle;
}

TEST(DnsMessages, AreRefusedWithALengthThatDoesNotFit) {
  const std::string head =
      "1234"
      "8400"
      "0001"
      "0001"
      "0000"
      "0000";
  for (const char* record : {"c00c"
                             "0002"
                             "0001"
                             "0000012c"
                             "0004"
                             "026e73c00c",
                             "c00c"
                             "0002"
                             "0001"
                             "0000012c"
                             "0006"
                             "026e73c00c",
                             "c00c"
                             "0002"
                             "0001"
                             "0000012c"
                             "0005"
                             "026e73c00cff",
                             ""})
    EXPECT_FALSE(parse_dns_message(bytes(head + question + record))) << record;
  EXPECT_FALSE(
      parse_dns_message(bytes("1234"
                              "8400"
                              "0002"
                              "0000"
                              "0000"
                              "0000" +
                              question + question)));
  EXPECT_TRUE(
      parse_dns_message(bytes("1234"
                              "8600"
                              "0001"
                              "0001"
                              "0000"
                              "0000" +
                              question)))
      << "truncated says so";
}

TEST(DnsMessages, AskWithoutRecursion) {
  const auto query = dns_query({"example.jp", DnsType::Ns}, 0x1234);
  ASSERT_TRUE(query);
  EXPECT_EQ(hex(*query),
            "1234"
            "0000"
            "0001"
            "0000"
            "0000"
            "0001" +
                question +
                "00"
                "0029"
                "04d0"
                "00000000"
                "0000");
  EXPECT_FALSE(parse_dns_message(*query)->is_answer);
}

TEST(DnsAnchors, AsShippedAreTheRootsKeys) {
  const auto shipped = read_dns_anchors(DataFiles{});
  ASSERT_TRUE(shipped) << shipped.error().detail;
  ASSERT_EQ(shipped->anchors.size(), 2U);
  EXPECT_EQ(shipped->anchors[0].key_tag, 20326);
  EXPECT_EQ(shipped->anchors[1].key_tag, 38696);
  EXPECT_TRUE(anchor_line(shipped->anchors[0]).starts_with(". IN DS 20326 8 2 e06d44b8"));
}

TEST(DnsAnchors, AreNeverNone) {
  const auto refused = [](const std::string& anchors) {
    return !load_dns_anchors(
        R"({"edition": "1", "as_of": "2026-01-01", "source": "s", "mark": "policy", "anchors": [)" + anchors + "]}",
        "a.json");
  };
  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused(R"({"key_tag": 1, "algorithm": 8, "digest_type": 2, "digest": "aabb"})"));
  EXPECT_TRUE(
      refused(R"({"key_tag": 1, "algorithm": 8, "digest_type": 1, "digest": ")" + std::string(40, 'a') + "\"}"));
}

}  // namespace
}  // namespace kenshin
