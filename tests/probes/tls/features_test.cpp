// Extensions and tolerance, against servers people run and scripted ones; what follows from them and from the lists.
#include "probes/tls/features.h"

#include <gtest/gtest.h>

#include "probes/tls/code_points.h"
#include "probes/tls/enumeration.h"
#include "probes/tls/extensions.h"
#include "probes/tls/weaknesses.h"
#include "tests/lab/peers.h"
#include "tests/lab/vulnerable.h"

namespace kenshin {
namespace {

struct Looked {
  Learned learned;
  TlsExtensions extensions;
  TlsWeaknesses weaknesses;
  int connections = 0;  // for extensions alone
};

Looked look(std::uint16_t port) {
  Session session;
  session.now = lab::real_now;
  const Asked asked{{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"};
  Conversation conversation(asked, session);
  Tallies tallies;
  Looked out;
  auto opening = open_conversation(conversation, tallies.versions);
  EXPECT_TRUE(opening);
  out.learned = learned_from(conversation, enumerate(conversation, std::move(*opening), tallies));
  Tally features{0}, weaknesses{0};
  out.extensions = observe_extensions(conversation, out.learned, features);
  out.connections = features;
  out.weaknesses =
      observe_weaknesses({conversation, out.learned, seen_already(out.extensions),
                          seen_already(use_ticket(conversation, out.learned, weaknesses)), asked, session, weaknesses});
  return out;
}

void expect_features(const Looked& seen, const std::map<Feature, Answer>& expected) {
  EXPECT_EQ(seen.extensions.features.size(), 17U);
  for (const auto& [feature, said] : seen.extensions.features) {
    EXPECT_FALSE(said.because.empty()) << feature_name(feature);
    const auto at = expected.find(feature);
    if (at == expected.end()) continue;
    EXPECT_EQ(said.accepted, at->second) << feature_name(feature) << ": " << said.because;
  }
}

void expect_weaknesses(const Looked& seen, const std::map<Weakness, Answer>& expected) {
  for (const auto& [weakness, answer] : expected) {
    const auto& found = seen.weaknesses.weaknesses.at(weakness);
    EXPECT_EQ(found.vulnerable, answer) << weakness_name(weakness) << ": " << found.because;
  }
}

TEST(Features, OfNginxAreSeenInSixConnections) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.2 TLSv1.3", "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA", ""});
  const Looked seen = look(nginx.port());
  expect_features(seen, {{Feature::VersionTolerance, Answer::Yes},
                         {Feature::LargeHelloTolerance, Answer::Yes},
                         {Feature::UnknownExtensionTolerance, Answer::Yes},
                         {Feature::DowngradeSentinel, Answer::Yes},
                         {Feature::FallbackScsv, Answer::Yes},
                         {Feature::SecureRenegotiation, Answer::Yes},
                         {Feature::EncryptThenMac, Answer::Yes},
                         {Feature::ExtendedMasterSecret, Answer::Yes},
                         {Feature::ExtendedMasterSecretRequired, Answer::No},
                         {Feature::Heartbeat, Answer::No},
                         {Feature::OcspStapling, Answer::No},
                         {Feature::SignedTimestamps, Answer::No},
                         {Feature::Compression, Answer::No},
                         {Feature::MaxFragmentLength, Answer::Yes},
                         {Feature::Alpn, Answer::Yes}});
  EXPECT_LE(seen.connections, 6);
  expect_weaknesses(seen, {{Weakness::Heartbleed, Answer::NotApplicable},
                           {Weakness::CcsInjection, Answer::No},
                           {Weakness::Robot, Answer::NotApplicable},
                           {Weakness::InvalidCurve, Answer::No},
                           {Weakness::Poodle, Answer::No},
                           {Weakness::Freak, Answer::No},
                           {Weakness::Logjam, Answer::No},
                           {Weakness::Sweet32, Answer::No},
                           {Weakness::Rc4, Answer::No},
                           {Weakness::Beast, Answer::No},
                           {Weakness::Lucky13, Answer::Yes},
                           {Weakness::Crime, Answer::No},
                           {Weakness::Raccoon, Answer::No},
                           {Weakness::FallbackScsv, Answer::No},
                           {Weakness::Breach, Answer::Unknown}});
}

TEST(Features, OfAServerWithOldSuitesRaiseNoFalseAlarm) {
  const lab::Pki pki;
  const lab::OpensslServer server(pki, {"-cipher", "ALL:@SECLEVEL=0", "-tls1_2", "-status", "-alpn", "http/1.1"});
  const Looked seen = look(server.port());
  expect_features(seen, {{Feature::DowngradeSentinel, Answer::NotApplicable},
                         {Feature::FallbackScsv, Answer::NotApplicable},
                         {Feature::EncryptThenMac, Answer::Yes},
                         {Feature::Alpn, Answer::Yes},
                         {Feature::AlpnStrict, Answer::Yes}});
  EXPECT_EQ(seen.extensions.alpn, std::vector<std::string>{"http/1.1"});
  expect_weaknesses(seen, {{Weakness::Heartbleed, Answer::NotApplicable},
                           {Weakness::CcsInjection, Answer::No},
                           {Weakness::Robot, Answer::No},
                           {Weakness::InvalidCurve, Answer::No},
                           {Weakness::DheAt, Answer::Yes},
                           {Weakness::Freak, Answer::No}});
}

TEST(Features, OfTls13AloneLeaveTheOldOnesOut) {
  const lab::Pki pki;
  const lab::OpensslServer server(pki, {"-tls1_3"});
  const Looked seen = look(server.port());
  expect_features(seen, {{Feature::SecureRenegotiation, Answer::NotApplicable},
                         {Feature::Compression, Answer::NotApplicable},
                         {Feature::FallbackScsv, Answer::NotApplicable},
                         {Feature::DowngradeSentinel, Answer::NotApplicable},
                         {Feature::VersionTolerance, Answer::Yes}});
  expect_weaknesses(seen, {{Weakness::Robot, Answer::NotApplicable}, {Weakness::Crime, Answer::NotApplicable}});
}

TEST(Features, AreReadFromEchoes) {
  lab::UnfinishedWish wish;
  wish.compression = 1;
  wish.echoes = {{extension_type::heartbeat, {1}},
                 {extension_type::alpn, {0, 3, 2, 'h', '2'}},
                 {extension_type::status_request, {}},
                 {extension_type::signed_certificate_timestamp, {0, 0}}};
  const lab::Server server(lab::unfinished_server(wish));
  Session session;
  session.now = lab::real_now;
  Conversation conversation({{TargetKind::Endpoint, lab::consult_name, server.port()}, "127.0.0.1"}, session);
  Learned learned;
  for (const TlsVersion version : {TlsVersion::Ssl3, TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls13})
    learned.versions.versions[version] = {Answer::No, "alert protocol_version"};
  learned.versions.versions[TlsVersion::Tls12] = {Answer::Yes, "server_hello"};
  learned.suites.versions[TlsVersion::Tls12] = {{wish.suite}, true, ChosenBy::Server, ""};
  Tally tally{0};
  Looked seen;
  seen.extensions = observe_extensions(conversation, learned, tally);
  expect_features(seen, {{Feature::Heartbeat, Answer::Yes},
                         {Feature::OcspStapling, Answer::Yes},
                         {Feature::SignedTimestamps, Answer::Yes},
                         {Feature::Alpn, Answer::Yes},
                         {Feature::Compression, Answer::Yes},
                         {Feature::SecureRenegotiation, Answer::No},
                         {Feature::EncryptThenMac, Answer::No},
                         {Feature::ExtendedMasterSecret, Answer::No},
                         {Feature::DowngradeSentinel, Answer::NotApplicable}});
  EXPECT_EQ(seen.extensions.alpn, std::vector<std::string>{"h2"});
}

}  // namespace
}  // namespace kenshin
