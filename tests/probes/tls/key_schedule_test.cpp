// The key schedule and the evidence against the handshakes of RFC 8448 3 and 4, whose values were made by others.
#include <gtest/gtest.h>

#include "probes/tls/encrypted_messages.h"
#include "probes/tls/hello13.h"
#include "probes/tls/key_schedule.h"
#include "probes/tls/protection.h"
#include "probes/tls/transcript.h"

namespace kenshin {
namespace {

// RFC 8448 3, Simple 1-RTT Handshake: the messages.
constexpr const char* client_hello =
    "010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece7000006130113031302010000"
    "910000000b0009000006736572766572ff01000100000a00140012001d001700180019010001010102010301040023000000"
    "3300260024001d002099381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c002b0003020304000d"
    "0020001e040305030603020308040805080604010501060102010402050206020202002d00020101001c00024001";
constexpr const char* server_hello =
    "020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e2692800130100002e00330024001d"
    "0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f002b00020304";
constexpr const char* extensions = "080000240022000a00140012001d00170018001901000101010201030104001c0002400100000000";
constexpr const char* certificate =
    "0b0001b9000001b50001b0308201ac30820115a003020102020102300d06092a864886f70d01010b0500300e310c300a0603"
    "5504031303727361301e170d3136303733303031323335395a170d3236303733303031323335395a300e310c300a06035504"
    "03130372736130819f300d06092a864886f70d010101050003818d0030818902818100b4bb498f8279303d980836399b36c6"
    "988c0c68de55e1bdb826d3901a2461eafd2de49a91d015abbc9a95137ace6c1af19eaa6af98c7ced43120998e187a80ee0cc"
    "b0524b1b018c3e0b63264d449a6d38e22a5fda430846748030530ef0461c8ca9d9efbfae8ea6d1d03e2bd193eff0ab9a8002"
    "c47428a6d35a8d88d79f7f1e3f0203010001a31a301830090603551d1304023000300b0603551d0f0404030205a0300d0609"
    "2a864886f70d01010b05000381810085aad2a0e5b9276b908c65f73a7267170618a54c5f8a7b337d2df7a594365417f2eae8"
    "f8a58c8f8172f9319cf36b7fd6c55b80f21a03015156726096fd335e5e67f2dbf102702e608ccae6bec1fc63a42a99be5c3e"
    "b7107c3c54e9b9eb2bd5203b1c3b84e0a8b2f759409ba3eac9d91d402dcc0cc8f8961229ac9187b42b4de10000";
constexpr const char* verify =
    "0f000084080400805a747c5d88fa9bd2e55ab085a61015b7211f824cd484145ab3ff52f1fda8477b0b7abc90db78e2d33a5c"
    "141a078653fa6bef780c5ea248eeaaa785c4f394cab6d30bbe8d4859ee511f602957b15411ac027671459e46445c9ea58c18"
    "1e818e95b8c3fb0bf3278409d3be152a3da5043e063dda65cdf5aea20d53dfacd42f74f3";
constexpr const char* server_finished = "140000209b9b141d906337fbd2cbdce71df4deda4ab42c309572cb7fffee5454b78f0718";
constexpr const char* client_finished = "14000020a8ec436d677634ae525ac1fcebe11a039ec17694fac6e98527b642f2edd5ce61";
// RFC 8448 4, Resumed 0-RTT Handshake: the ClientHello up to its binders.
constexpr const char* resuming_hello =
    "010001fc03031bc3ceb6bbe39cff938355b5a50adb6db21b7a6af649d7b4bc419d7876487d95000006130113031302010001"
    "cd0000000b0009000006736572766572ff01000100000a00140012001d001700180019010001010102010301040033002600"
    "24001d0020e4ffb68ac05f8d96c99da26698346c6be16482badddafe051a66b4f18d668f0b002a0000002b0003020304000d"
    "0020001e040305030603020308040805080604010501060102010402050206020202002d00020101001c0002400100150057"
    "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
    "00000000000000000000000000000000000000000000000000000000000000000000000000002900dd00b800b22c035d8293"
    "59ee5ff7af4ec900000000262a6494dc486d2c8a34cb33fa90bf1b0070ad3c498883c9367c09a2be785abc55cd226097a3a9"
    "82117283f82a03a143efd3ff5dd36d64e861be7fd61d2827db279cce145077d454a3664d4e6da4d29ee03725a6a4dafcd0fc"
    "67d2aea70529513e3da2677fa5906c5b3f7d8f92f228bda40dda721470f9fbf297b5aea617646fac5c03272e970727c621a7"
    "9141ef5f7de6505e5bfbc388e93343694093934ae4d357fad6aacb";

Buffer bytes(const std::string& text) { return *from_hex(text); }
Buffer hash_of_messages(const std::string& text) { return transcript_hash(EVP_sha256(), bytes(text)); }

const std::string hellos = std::string(client_hello) + server_hello;
const std::string up_to_verify = hellos + extensions + certificate + verify;

KeySchedule simple_handshake() {
  KeySchedule out(EVP_sha256(), {});
  out.advance(bytes("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d"));
  return out;
}

TEST(KeySchedule, DerivesTheHandshakeSecretsOfRfc8448) {
  const KeySchedule keys = simple_handshake();
  EXPECT_EQ(hex(keys.derive("c hs traffic", hash_of_messages(hellos))),
            "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21");
  EXPECT_EQ(hex(keys.derive("s hs traffic", hash_of_messages(hellos))),
            "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38");
}

TEST(KeySchedule, DerivesTrafficKeysOfRfc8448) {
  const Buffer secret = bytes("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38");
  EXPECT_EQ(hex(hkdf_expand_label(EVP_sha256(), secret, "key", {}, 16)), "3fce516009c21727d0f2e4e86ee403bc");
  EXPECT_EQ(hex(hkdf_expand_label(EVP_sha256(), secret, "iv", {}, 12)), "5d313eb2671276ee13000b30");
}

TEST(KeySchedule, CalculatesBothFinishedOfRfc8448) {
  const KeySchedule keys = simple_handshake();
  const Buffer server = keys.derive("s hs traffic", hash_of_messages(hellos));
  const Buffer client = keys.derive("c hs traffic", hash_of_messages(hellos));
  const auto finished = [](const Buffer& secret, const std::string& messages) {
    return "14000020" + hex(finished_value(EVP_sha256(), secret, hash_of_messages(messages)));
  };
  EXPECT_EQ(finished(server, up_to_verify), server_finished);
  EXPECT_EQ(finished(client, up_to_verify + server_finished), client_finished);
}

TEST(KeySchedule, DerivesTheApplicationSecretsOfRfc8448) {
  KeySchedule keys = simple_handshake();
  keys.advance({});
  EXPECT_EQ(hex(keys.derive("c ap traffic", hash_of_messages(up_to_verify + server_finished))),
            "9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5");
  EXPECT_EQ(hex(keys.derive("s ap traffic", hash_of_messages(up_to_verify + server_finished))),
            "a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643");
  const Buffer resumption =
      keys.derive("res master", hash_of_messages(up_to_verify + server_finished + client_finished));
  EXPECT_EQ(hex(resumption), "7df235f2031d2a051287d02b0241b0bfdaf86cc856231f2d5aba46c434ec196c");
  EXPECT_EQ(hex(hkdf_expand_label(EVP_sha256(), resumption, "resumption", Buffer{0, 0}, 32)),
            "4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3");
}

TEST(KeySchedule, CalculatesTheBinderOfRfc8448) {
  const KeySchedule early(EVP_sha256(), bytes("4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3"));
  const Buffer key = early.derive("res binder", hash_of(EVP_sha256(), {}));
  const std::string binder = hex(finished_value(EVP_sha256(), key, hash_of_messages(resuming_hello)));
  EXPECT_EQ(binder, "3add4fb2d8fdf822a0ca3cf7678ef5e88dae990141c5924d57bb6fa31b9e5f9d");
  EXPECT_EQ(hex(early.derive("c e traffic", hash_of_messages(resuming_hello + ("002120" + binder)))),
            "3fbbe6a60deb66c30a32795aba0eff7eaa10105586e7be5c09678d63b6caab62");
}

TEST(KeySchedule, PutsTheHashOfTheFirstHelloInItsPlaceAfterARetry) {
  // The random that makes a ServerHello a retry (RFC 8446 4.1.3), suite 0x1301, group x25519.
  const std::string retry =
      "020000340303cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c00130100000c"
      "00330002001d002b00020304";
  const std::string first = hex(hash_of(EVP_sha256(), bytes(client_hello)));
  EXPECT_EQ(hash_of_messages(client_hello + retry), hash_of(EVP_sha256(), bytes("fe000020" + first + retry)));
  EXPECT_EQ(hash_of_messages(hellos), hash_of(EVP_sha256(), bytes(hellos)));
}

TEST(Protection, OpensWhatItSealsAndNothingElse) {
  for (std::uint32_t id = 0x1301; id <= 0x1305; ++id) {
    const Suite13 suite = *suite13(SuiteId{id});
    const Buffer secret(static_cast<std::size_t>(EVP_MD_get_size(suite.hash)), 5);
    Protection sending(suite, secret), receiving(suite, secret), turned(suite, secret);
    for (const std::size_t length : {0U, 1U, 16384U}) {
      const Buffer content(length, 7);
      const Buffer sealed = sending.seal(22, content);
      EXPECT_EQ(sealed.size(), 5 + length + 1 + suite.tag);
      Record record{sealed[0], 0x0303, {sealed.begin() + 5, sealed.end()}};
      const auto opened = receiving.open(record);
      ASSERT_TRUE(opened) << id;
      EXPECT_EQ(opened->type, 22);
      EXPECT_EQ(opened->fragment, content);
      record.fragment.front() ^= 1;
      EXPECT_FALSE(turned.open(record));
    }
  }
  EXPECT_FALSE(suite13(SuiteId{0x00C6}));
}

TEST(Protection, RefusesARecordOutOfTurnOrOfPaddingAlone) {
  const Suite13 suite = *suite13(SuiteId{0x1301});
  Protection sending(suite, Buffer(32, 5)), late(suite, Buffer(32, 5)), receiving(suite, Buffer(32, 5));
  const auto record_of = [](const Buffer& sealed) {
    return Record{sealed[0], 0x0303, {sealed.begin() + 5, sealed.end()}};
  };
  const Buffer first = sending.seal(0, Buffer(20));  // nothing but zeros
  const Buffer second = sending.seal(23, Buffer{1});
  EXPECT_FALSE(late.open(record_of(second)));
  EXPECT_EQ(receiving.open(record_of(first)).error().detail, "a record without content");
  EXPECT_TRUE(receiving.open(record_of(second)));
  EXPECT_FALSE(receiving.open({23, 0x0303, {}}));
}

TEST(TranscriptOfRfc8448, Holds) {
  TlsTranscript transcript;
  transcript.suite = SuiteId{0x1301};
  transcript.scheme = SchemeId{0x0804};
  transcript.random = std::string(client_hello).substr(12, 64);
  transcript.messages = bytes(up_to_verify);
  const Buffer message = bytes(certificate);
  const auto sent = parse_certificate13(Bytes(message).subspan(4));
  ASSERT_TRUE(sent);
  const Buffer leaf = sent->front().der;
  transcript.certificate = hex(hash_of(EVP_sha256(), leaf));
  const auto checked = check_transcript(transcript, leaf);
  EXPECT_TRUE(checked) << checked.error().detail;
}

}  // namespace
}  // namespace kenshin
