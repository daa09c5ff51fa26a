// The wire format of hellos, records, alerts and certificate messages.
#include <gtest/gtest.h>

#include "probes/certificate/message.h"
#include "probes/tls/alert.h"
#include "probes/tls/client_hello.h"
#include "probes/tls/code_points.h"
#include "probes/tls/flight.h"
#include "probes/tls/server_hello.h"
#include "probes/tls/suites.h"

namespace kenshin {
namespace {

Buffer bytes(std::string_view text) { return *from_hex(text); }

const std::string retry_random = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
const std::string some_random = std::string(64, '5');

TEST(ServerHello, ReadsTls12WithoutExtensions) {
  const auto hello = parse_server_hello(bytes("0303" + some_random + "00" + "c02f" + "00"));
  ASSERT_TRUE(hello);
  EXPECT_EQ(hello->version, TlsVersion::Tls12);
  EXPECT_FALSE(hello->retry);
  EXPECT_EQ(suite_name(hello->suite), "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
}

TEST(ServerHello, ReadsTheRetryThatNamesAGroup) {
  const auto hello = parse_server_hello(
      bytes("0303" + retry_random + "00" + "1302" + "00" + "000c" + "002b00020304" + "003300020017"));
  ASSERT_TRUE(hello);
  EXPECT_EQ(hello->version, TlsVersion::Tls13);
  EXPECT_TRUE(hello->retry);
  EXPECT_EQ(hello->group, group_named("secp256r1"));
}

TEST(ServerHello, RejectsBytesAfterExtensions) {
  EXPECT_FALSE(parse_server_hello(bytes("0303" + some_random + "00" + "c02f" + "00" + "0000" + "00")));
}

TEST(ServerHello, RejectsEveryTruncation) {
  const Buffer whole = bytes("0303" + retry_random + "00" + "1302" + "00" + "000c" + "002b00020304" + "003300020017");
  // 38 bytes would be a whole ServerHello of TLS 1.2 without extensions, but a retry has some.
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_FALSE(parse_server_hello(Bytes(whole).first(length))) << length;
}

TEST(ServerHello, RejectsAnExtensionThatStandsTwice) {
  EXPECT_FALSE(parse_server_hello(
      bytes("0303" + some_random + "00" + "1302" + "00" + "000c" + "002b00020304" + "002b00020304")));
}

TEST(ServerHello, RejectsASessionIdOver32Bytes) {
  EXPECT_FALSE(parse_server_hello(bytes("0303" + some_random + "21" + std::string(66, '0') + "c02f" + "00")));
}

TEST(Flight, JoinsMessagesThatAreSplitOverRecordsAndSegments) {
  // A ServerHelloDone-like message of type 14 with two bytes, one byte of it per record, one byte per push.
  Buffer all;
  for (const std::uint8_t byte : bytes("0e000002aabb"))
    for (const std::uint8_t b : std::initializer_list<std::uint8_t>{22, 3, 3, 0, 1, byte}) all.push_back(b);
  FlightReader flight;
  std::optional<FlightEvent> event;
  for (const std::uint8_t byte : all) {
    EXPECT_FALSE(event);
    flight.push({&byte, 1});
    event = flight.next();
  }
  ASSERT_TRUE(event);
  const auto* message = std::get_if<HandshakeMessage>(&*event);
  ASSERT_NE(message, nullptr);
  EXPECT_EQ(message->type, 14);
  EXPECT_EQ(message->body, bytes("aabb"));
}

TEST(Flight, CutsTwoMessagesOutOfOneRecord) {
  FlightReader flight;
  flight.push(
      bytes("1603030009"
            "0b00000177"
            "0e000000"));
  EXPECT_EQ(std::get<HandshakeMessage>(*flight.next()).type, 11);
  EXPECT_EQ(std::get<HandshakeMessage>(*flight.next()).type, 14);
  EXPECT_FALSE(flight.next());
}

Error::Kind failure(std::string_view text) {
  FlightReader flight;
  flight.push(bytes_of(text));
  const auto event = flight.next();
  const auto* error = event ? std::get_if<Error>(&*event) : nullptr;
  return error != nullptr ? error->kind : Error::Kind::NotAsked;
}

TEST(Flight, KnowsWhatIsNoTls) {
  EXPECT_EQ(failure("HTTP/1.1 400 Bad Request\r\n"), Error::Kind::NotTls);
  EXPECT_EQ(failure("SSH-2.0-OpenSSH_9.2\r\n"), Error::Kind::NotTls);
  EXPECT_EQ(failure(std::string_view("\x80\x2e\x04\x00\x01", 5)), Error::Kind::NotTls);
}

TEST(Flight, RejectsARecordThatIsTooLong) { EXPECT_EQ(failure("\x16\x03\x03\xff\xff"), Error::Kind::Malformed); }

TEST(Flight, RejectsAMessageThatIsTooLong) {
  EXPECT_EQ(failure(std::string_view("\x16\x03\x03\x00\x04\x0b\x7f\xff\xff", 9)), Error::Kind::Malformed);
}

TEST(Flight, RejectsAnAlertInsideAMessage) {
  EXPECT_EQ(failure(std::string_view("\x16\x03\x03\x00\x01\x02\x15\x03\x03\x00\x02\x02\x28", 13)),
            Error::Kind::Malformed);
}

TEST(Alert, KnowsWhichRefuse) {
  EXPECT_TRUE(is_refusal({2, 40}));
  EXPECT_TRUE(is_refusal({2, protocol_version}));
  EXPECT_FALSE(is_refusal({2, 80}));
  EXPECT_FALSE(is_refusal({1, 0}));
  EXPECT_FALSE(is_refusal({1, 90}));
  EXPECT_TRUE(is_remark({1, unrecognized_name}));
  EXPECT_FALSE(parse_alert(bytes("0228ff")));
  EXPECT_FALSE(parse_alert(bytes("0328")));
}

TEST(CertificateMessage, ReadsTheListAsSent) {
  const auto list =
      parse_certificate_message(bytes("000009"
                                      "000002aabb"
                                      "000001cc"));
  ASSERT_TRUE(list);
  EXPECT_EQ(*list, (std::vector<Buffer>{bytes("aabb"), bytes("cc")}));
  EXPECT_EQ(parse_certificate_message(bytes("000000"))->size(), 0U);
}

TEST(CertificateMessage, RejectsWhatDoesNotAddUp) {
  EXPECT_FALSE(
      parse_certificate_message(bytes("000009"
                                      "000002aabb"
                                      "000002cc")));
  EXPECT_FALSE(
      parse_certificate_message(bytes("000005"
                                      "000002aabb"
                                      "00")));
  EXPECT_FALSE(
      parse_certificate_message(bytes("000003"
                                      "000000")));
  EXPECT_FALSE(parse_certificate_message({}));
}

TEST(CertificateMessage, SaysThatMoreCertificatesAreOurLimit) {
  const auto list_of = [](std::size_t count) {
    Writer out;
    out.vec24([&](Writer& list) {
      for (std::size_t i = 0; i < count; ++i) list.vec24([](Writer& one) { one.u8(0xCC); });
    });
    return out.take();
  };
  EXPECT_TRUE(parse_certificate_message(list_of(64)));
  const auto more = parse_certificate_message(list_of(65));
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().kind, Error::Kind::Unsupported);
  EXPECT_EQ(more.error().detail, "more than 64 certificates");
}

// Every hello the probe sends, at every length a name may have.
TEST(ClientHello, KeepsOutOfTheLengthsThatSomeServersCannotTake) {
  const Buffer randomness(hello_randomness, std::uint8_t{1});
  std::vector<HelloOffer> offers{
      modern_offer(), tls13_offer(tls13_suites(), {all_groups().begin(), all_groups().end()}, KeyShares::Empty)};
  for (const TlsVersion version : {TlsVersion::Ssl3, TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12})
    for (const auto& share : suite_shares()) offers.push_back(old_offer(version, share));
  for (HelloOffer& offer : offers)
    for (std::size_t length = 0; length <= 253; ++length) {
      offer.sni = std::string(length, 'a');
      const std::size_t size = client_hello_record(offer, randomness).size() - 5;
      ASSERT_LT(size, 1024U);
      ASSERT_FALSE(size >= 256 && size < 512) << size;
    }
}

TEST(ClientHello, ForSsl3HasNoExtensions) {
  const Buffer randomness(hello_randomness, std::uint8_t{1});
  HelloOffer offer = old_offer(TlsVersion::Ssl3, {static_cast<SuiteId>(0x0005)});
  offer.sni = "consult.example.jp";
  EXPECT_EQ(hex(client_hello_record(offer, randomness)),
            "160300002f"
            "0100002b"
            "0300" +
                hex(Buffer(32, std::uint8_t{1})) +
                "00"
                "0004000500ff"
                "0100");
}

TEST(SuiteShares, HoldEverySuiteOnceAndNeverMoreThanSixtyFour) {
  std::set<SuiteId> seen;
  for (const auto& share : suite_shares()) {
    EXPECT_LE(share.size(), 64U);
    for (const SuiteId suite : share) EXPECT_TRUE(seen.insert(suite).second) << suite_name(suite);
  }
  for (const SuiteId suite : tls13_suites()) seen.insert(suite);
  EXPECT_EQ(seen.size(), all_suites().size());
}

}  // namespace
}  // namespace kenshin
