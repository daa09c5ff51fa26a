// SSL 2.0's own hello and answer, by the bytes of draft-hickman-netscape-ssl-00 2.5 and 2.6.
#include <gtest/gtest.h>

#include "probes/net/budget.h"
#include "probes/tls/code_points.h"
#include "probes/tls/sslv2.h"
#include "probes/tls/tls.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

Buffer bytes(std::string_view text) { return *from_hex(text); }

// type, session id hit, certificate type, version, three lengths; certificate, kinds, connection id.
const std::string server_hello =
    "04"
    "00"
    "01"
    "0002"
    "0002"
    "0006"
    "0010"
    "aabb"
    "020080"
    "010080" +
    std::string(32, '7');

TEST(Sslv2Hello, OffersEveryKindBehindATwoByteHeader) {
  EXPECT_EQ(hex(sslv2_client_hello(Buffer(sslv2_challenge, std::uint8_t{1}))),
            "8031"
            "01"
            "0002"
            "0018"
            "0000"
            "0010"
            "010080"
            "020080"
            "030080"
            "040080"
            "050080"
            "060040"
            "0700c0"
            "080080" +
                hex(Buffer(16, std::uint8_t{1})));
}

TEST(Sslv2Hello, ReadsTheKindsOfTheServer) {
  const auto hello = parse_sslv2_server_hello(bytes(server_hello));
  ASSERT_TRUE(hello) << hello.error().detail;
  EXPECT_EQ(hello->version, TlsVersion::Ssl2);
  EXPECT_EQ(hello->certificate, bytes("aabb"));
  EXPECT_EQ(hello->kinds, (std::vector<SuiteId>{SuiteId{0x010080}, SuiteId{0x020080}}));
}

TEST(Sslv2Hello, RejectsWhatDoesNotAddUp) {
  const Buffer whole = bytes(server_hello);
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_FALSE(parse_sslv2_server_hello(Bytes(whole).first(length))) << length;
  EXPECT_FALSE(parse_sslv2_server_hello(bytes(server_hello + "00")));
  EXPECT_FALSE(
      parse_sslv2_server_hello(bytes("0400010002"
                                     "0000"
                                     "0004"
                                     "0000"
                                     "01008002")));  // a third of a kind
}

TEST(Sslv2Record, IsCutOutWithAndWithoutPadding) {
  const Buffer plain = bytes(
                   "8003"
                   "000001"),
               padded = bytes(
                   "0005"
                   "02"
                   "000001"
                   "0000");
  EXPECT_EQ(**first_sslv2_message(plain), bytes("000001"));
  EXPECT_EQ(**first_sslv2_message(padded), bytes("000001"));
  for (std::size_t length = 0; length < plain.size(); ++length)
    EXPECT_FALSE(*first_sslv2_message(Bytes(plain).first(length))) << length;
  EXPECT_EQ(first_sslv2_message(bytes_of("HTTP/1.1 400")).error().kind, Error::Kind::NotTls);
  EXPECT_EQ(first_sslv2_message(bytes("8000000000")).error().kind, Error::Kind::NotTls);
}

// A server of today that answers an SSL 2.0 hello, as it stands, in its own way.
struct SeenOfOld {
  Decided decided;
  SuiteList list;
};
SeenOfOld beside_nginx(const Buffer& answer) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.2 TLSv1.3", "", ""});
  const lab::Server server(lab::choose([](Bytes hello) { return hello.size() > 2 && (hello[0] & 0x80) != 0; },
                                       lab::says(answer), lab::relay(nginx.port())));
  Session session = lab::session_with(pki);
  const auto seen = observe_tls({{TargetKind::Endpoint, lab::consult_name, server.port()}, "127.0.0.1"}, session);
  SeenOfOld out;
  if (const auto* versions = fact_of<TlsVersions>(seen[0])) out.decided = versions->versions.at(TlsVersion::Ssl2);
  if (const auto* suites = fact_of<TlsSuites>(seen[1]);
      suites != nullptr && suites->versions.contains(TlsVersion::Ssl2))
    out.list = suites->versions.at(TlsVersion::Ssl2);
  return out;
}

TEST(Sslv2, IsSpokenWithTheKindsTheServerNames) {
  const auto seen = beside_nginx(bytes("8023" + server_hello));
  EXPECT_EQ(seen.decided.accepted, Answer::Yes);
  EXPECT_EQ(seen.decided.because, "server_hello");
  EXPECT_TRUE(seen.list.complete);
  ASSERT_EQ(seen.list.suites.size(), 2U);
  EXPECT_EQ(suite_name(seen.list.suites.front()), "SSL_CK_RC4_128_WITH_MD5");
}

TEST(Sslv2, IsSpokenByAServerWithoutKinds) {
  for (const std::string& answer : {std::string("800b"
                                                "0400010002"
                                                "0000"
                                                "0000"
                                                "0000"),
                                    std::string("8003"
                                                "000001")}) {
    const auto seen = beside_nginx(bytes(answer));
    EXPECT_EQ(seen.decided.accepted, Answer::Yes) << answer;
    EXPECT_TRUE(seen.list.suites.empty());
  }
}

TEST(Sslv2, IsNotSpokenByAServerThatAlertsOrAlwaysCloses) {
  const auto alerted = beside_nginx(bytes("15030100020246"));
  EXPECT_EQ(alerted.decided.accepted, Answer::No);
  EXPECT_EQ(alerted.decided.because, "alert protocol_version");
  const auto closed = beside_nginx({});
  EXPECT_EQ(closed.decided.accepted, Answer::No);
  EXPECT_EQ(closed.decided.because, "closed, thrice alike");
}

TEST(Sslv2, IsUnknownWhereTheAnswerIsOfAnotherKind) {
  for (const Buffer& answer : {bytes("8003"
                                     "000002"),
                               Buffer{'H', 'T', 'T', 'P', '/', '1', '.', '0', ' '}}) {
    const auto seen = beside_nginx(answer);
    EXPECT_EQ(seen.decided.accepted, Answer::Unknown) << hex(answer);
    EXPECT_FALSE(seen.list.complete);
  }
}

}  // namespace
}  // namespace kenshin
